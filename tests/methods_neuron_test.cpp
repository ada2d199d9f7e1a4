// The numbers of one neuron add up, and are those of the network and of backpropagation, computed again by plain loops.
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/methods_study.h"
#include "viz/method.h"

using namespace viz;
using nn::Index;
using nn::Real;

namespace {

const std::vector<Real>& reals(const nn::Tensor& tensor) { return std::get<std::vector<Real>>(tensor.numbers); }

Numbers neuron(const Study& study, int layer, int unit) {
  const Method& m = method("neuron");
  return m.compute(study, arguments(m, {{"layer", layer}, {"unit", unit}}));
}

struct Sums {
  double b, z, a, delta, C;
};
Sums sums(const Numbers& numbers) {
  const auto& s = reals(numbers["sums"]);
  return {s[0], s[1], s[2], s[3], s[4]};
}

double target_of(const MadeStudy& made, Index example) {
  const int label = made.set.labels[std::size_t(example)];
  return label ? 1 : -1;
}

bool has_text(const Scene& scene, const std::string& part) {
  for (const Mark& mark : scene.marks)
    if (const auto* text = std::get_if<Text>(&mark); text && text->string.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("what is shown of a neuron adds up to its z") {
  for (const char* name : {"ring", "thirds", "ten classes", "pictures", "surface"}) {
    const Study study = named(name).study();
    for (const int layer : {1, 2}) {
      const Numbers numbers = neuron(study, layer, 1);
      const auto& terms = reals(numbers["terms"]);
      const auto& shown = std::get<std::vector<std::int64_t>>(numbers["shown"].numbers);
      double z = sums(numbers).b + reals(numbers["rest"])[0];
      for (const std::int64_t k : shown) z += double(terms[std::size_t(k) * 4]) * double(terms[std::size_t(k) * 4 + 1]);
      INFO(name << ", layer " << layer);
      CHECK(z == Approx(sums(numbers).z).margin(1e-5));
      CHECK(shown.size() == (numbers["terms"].shape[0] > 8 ? 7 : std::size_t(numbers["terms"].shape[0])));
    }
  }
}

TEST_CASE("of many inputs the strongest are shown, the others as one sum") {
  const Numbers numbers = neuron(named("pictures").study(), 1, 3);
  const auto& terms = reals(numbers["terms"]);
  const auto& shown = std::get<std::vector<std::int64_t>>(numbers["shown"].numbers);
  double weakest = INFINITY, rest = 0;
  for (const std::int64_t k : shown) weakest = std::min(weakest, std::abs(double(terms[std::size_t(k) * 4 + 2])));
  for (std::int64_t k = 0; k < 64; k++) {
    if (std::find(shown.begin(), shown.end(), k) != shown.end()) continue;
    CHECK(std::abs(double(terms[std::size_t(k) * 4 + 2])) <= weakest);
    rest += double(terms[std::size_t(k) * 4 + 2]);
  }
  CHECK(rest == Approx(reals(numbers["rest"])[0]).margin(1e-5));
  CHECK(has_text(method("neuron").layout(numbers, {0, 0, 900, 600}, {}), "… and 57 more"));
}

TEST_CASE("delta and the gradients of a neuron follow (3.4)") {
  const MadeStudy& made = named("ring");  // 2 inputs, tanh 4, tanh 2, tanh 1, quadratic loss
  const Study study = made.study();
  const Numbers last = neuron(study, 3, 1);
  const double y = target_of(made, study.example), a = sums(last).a;
  CHECK(sums(last).C == Approx((y - a) * (y - a) / 2).margin(1e-6));
  CHECK(sums(last).delta == Approx((a - y) * (1 - a * a)).margin(1e-6));  // grad_a C (.) sigma'(z)
  for (int j = 1; j <= 2; j++) {
    const Numbers hidden = neuron(study, 2, j);
    const double w = reals(last["terms"])[std::size_t(j - 1) * 4 + 1], own = sums(hidden).a;
    CHECK(own == Approx(std::tanh(sums(hidden).z)).margin(1e-5));
    CHECK(sums(hidden).delta == Approx(w * sums(last).delta * (1 - own * own)).margin(1e-6));
    for (std::size_t k = 0; k < 4; k++) {
      const auto& terms = reals(hidden["terms"]);
      CHECK(double(terms[4 * k + 3]) == Approx(double(terms[4 * k]) * sums(hidden).delta).margin(1e-6));
    }
  }
}

TEST_CASE("with softmax and cross-entropy delta is what was said less what is right") {
  const MadeStudy& made = named("thirds");
  Study study = made.study();
  study.loss = nn::Loss::cross_entropy;
  const int label = made.set.labels[std::size_t(study.example)];
  double sum = 0;
  for (int k = 0; k < 3; k++) {
    const Numbers numbers = neuron(study, 2, k + 1);
    sum += sums(numbers).a;
    CHECK(sums(numbers).delta == Approx(sums(numbers).a - (k == label)).margin(1e-5));
    if (k == label) CHECK(sums(numbers).C == Approx(-std::log(sums(numbers).a)).margin(1e-5));
    // The curve of softmax, with the other neurons as they are, passes through the neuron's own point.
    const nn::ConstView curve{reals(numbers["curve"]).data(), 65, 2, 2};
    for (Index i = 1; i < 65; i++) {
      CHECK(curve(i, 1) >= curve(i - 1, 1));
      if (curve(i - 1, 0) > sums(numbers).z || curve(i, 0) < sums(numbers).z) continue;
      CHECK(curve(i - 1, 1) <= sums(numbers).a + 1e-5);
      CHECK(curve(i, 1) >= sums(numbers).a - 1e-5);
    }
  }
  CHECK(sum == Approx(1).margin(1e-5));
}

TEST_CASE("the picture of a neuron has its numbers in words, and the links of the network") {
  MadeStudy made = make_study({"links", "dense 3, tanh, dense 1, tanh", made_points(30, 2, 2)});
  made.trainer->set_weight("dense1.weight", 2, 0, Real(0.42));
  made.trainer->set_weight("dense1.weight", 2, 1, Real(-4));
  const Numbers numbers = neuron(made.study(), 1, 3);
  const Scene scene = method("neuron").layout(numbers, {0, 0, 900, 600}, {});
  for (const char* id : {"link:dense1:3:1", "link:dense1:3:2", "node:x:1", "node:dense1:3", "bias:dense1:3", "function"})
    CHECK(find(scene, id));
  CHECK(has_text(scene, "0.42"));
  CHECK(has_text(scene, "−4.00"));
  CHECK(has_text(scene, "(3.1)"));
  CHECK(has_text(scene, "(3.4)"));
  CHECK(has_text(scene, "Neuron 3 of layer 1"));
}

TEST_CASE("a neuron that there is not is refused in a sentence") {
  const Study study = named("ring").study();
  CHECK_THROWS_WITH(neuron(study, 4, 1), "neuron: layer 4 was asked for, but the network has 3");
  CHECK_THROWS_WITH(neuron(study, 2, 3), "neuron: unit 3 was asked for, but layer 2 has 2");
}
