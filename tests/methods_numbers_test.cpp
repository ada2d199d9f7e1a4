// The numbers of every method are those of the network, computed again by plain loops.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "tests/methods_study.h"
#include "viz/method.h"

using namespace viz;
using nn::Index;
using nn::Real;

namespace {

// One value of the network by hand: loops over the parameters, layer by layer.
std::vector<std::vector<double>> by_hand(const Study& study, std::vector<double> x) {
  std::vector<std::vector<double>> layers = {x};
  int dense = 0;
  for (const nn::Layer& layer : study.model.layers) {
    std::vector<double>& a = layers.back();
    if (const auto* d = std::get_if<nn::Dense>(&layer)) {
      const std::string name = "dense" + std::to_string(++dense);
      const nn::ConstView W = study.parameters[study.parameters.find(name + ".weight")],
                          b = study.parameters[study.parameters.find(name + ".bias")];
      std::vector<double> z;
      for (Index i = 0; i < d->units; i++) {
        double sum = b(i, 0);
        for (std::size_t j = 0; j < a.size(); j++) sum += double(W(i, Index(j))) * a[j];
        z.push_back(sum);
      }
      layers.push_back(z);
    } else if (const auto* f = std::get_if<nn::Activate>(&layer)) {
      for (double& v : a)
        v = f->sigma == nn::Function::tanh ? std::tanh(v) : f->sigma == nn::Function::relu ? std::max(0.0, v) : 1 / (1 + std::exp(-v));
    } else if (std::holds_alternative<nn::Softmax>(layer)) {
      double sum = 0;
      for (double& v : a) sum += v = std::exp(v);
      for (double& v : a) v /= sum;
    }
  }
  return layers;
}

const std::vector<Real>& reals(const nn::Tensor& tensor) { return std::get<std::vector<Real>>(tensor.numbers); }

Numbers run(const std::string& name, const Study& study, const Arguments& given = {}) {
  return method(name).compute(study, arguments(method(name), given));
}

}  // namespace

TEST_CASE("the boundary is the network's output at the middles of the cells") {
  for (const char* name : {"ring", "ring with features", "thirds", "surface"}) {
    const MadeStudy& made = named(name);
    const Study study = made.study();
    const Numbers numbers = run("boundary", study, {{"resolution", 24}});
    const nn::Tensor& output = numbers["output"];
    const std::size_t outputs = std::size_t(output.shape[2]);
    REQUIRE(output.shape == std::vector<Index>{24, 24, Index(outputs)});
    for (const int i : {0, 7, 23})
      for (const int j : {0, 11, 23}) {
        nn::Matrix raw(1, 2, {Real(-6 + (j + 0.5) / 2), Real(6 - (i + 0.5) / 2)});
        const nn::Matrix x = study.inputs_of(raw);
        const auto y = by_hand(study, {x.data(), x.data() + x.columns()}).back();
        for (std::size_t k = 0; k < outputs; k++)
          CHECK(double(reals(output)[(std::size_t(i) * 24 + std::size_t(j)) * outputs + k]) == Approx(y[k]).margin(1e-4));
      }
  }
}

TEST_CASE("discretized, an output is one of the two classes, or of ten values") {
  const Numbers classes = run("boundary", named("ring").study(), {{"discretize", 1}}),
                steps = run("boundary", named("surface").study(), {{"discretize", 1}});
  for (const Real y : reals(classes["output"])) CHECK(std::abs(y) == 1);
  const std::set<Real> values(reals(steps["output"]).begin(), reals(steps["output"]).end());
  CHECK(values.size() > 2);
  CHECK(values.size() <= 10);
}

TEST_CASE("the plane grows around data outside of it, and no farther than data inside") {
  MadeStudy made = make_study({"far", "dense 2, tanh, dense 1, tanh", made_points(30, 2, 2)});
  CHECK(reals(run("boundary", made.study())["plane"]) == std::vector<Real>{-6, 6, -6, 6});
  made.set.inputs(3, 1) = 50;
  const std::vector<Real> plane = reals(run("boundary", made.study())["plane"]);
  CHECK(plane[0] == -6);
  CHECK(plane[1] == 6);
  CHECK(plane[3] > 50);
}

TEST_CASE("what a neuron says to an example is its value by hand") {
  const Study study = named("ten classes").study();
  const Real* x = study.set.inputs.view().row(study.example);
  const auto layers = by_hand(study, {x, x + 5});
  std::vector<double> expected;
  for (const auto& layer : layers) expected.insert(expected.end(), layer.begin(), layer.end());
  for (const char* name : {"hidden", "network"}) {
    const std::vector<Real> all = reals(run(name, study)["neurons"]);
    REQUIRE(all.size() == expected.size());
    for (std::size_t i = 0; i < all.size(); i++) CHECK(double(all[i]) == Approx(expected[i]).margin(1e-5));
  }
}

TEST_CASE("colours span a neuron, its layer or all layers") {
  const Study study = named("ring").study();
  const Numbers own = run("hidden", study, {{"range", 0}}), layer = run("hidden", study, {{"range", 1}}),
                all = run("hidden", study, {{"range", 2}});
  const auto greatest = [&](std::size_t first, std::size_t count) {
    Real most = 0;
    for (std::size_t i = first * 1600; i < (first + count) * 1600; i++) most = std::max(most, std::abs(reals(own["neurons"])[i]));
    return most;
  };
  for (std::size_t i = 2; i < 6; i++) {  // after the two inputs, four neurons of the first layer
    CHECK(reals(own["ranges"])[i] == greatest(i, 1));
    CHECK(reals(layer["ranges"])[i] == greatest(2, 4));
    CHECK(reals(all["ranges"])[i] == greatest(2, 7));
  }
}

TEST_CASE("links of the network show the weights in width, colour and words") {
  MadeStudy made = make_study({"links", "dense 3, tanh, dense 1, tanh", made_points(30, 2, 2)});
  made.trainer->set_weight("dense1.weight", 2, 0, Real(0.42));
  made.trainer->set_weight("dense1.weight", 2, 1, Real(-4));
  const Scene scene = method("network").layout(run("network", made.study()), {0, 0, 800, 500}, {});
  const auto* weak = std::get_if<Path>(find(scene, "link:dense1:3:1"));
  const auto* strong = std::get_if<Path>(find(scene, "link:dense1:3:2"));
  REQUIRE(weak);
  REQUIRE(strong);
  CHECK(weak->tip == "weight from x1 to neuron 3 of layer 1: 0.42");
  CHECK(strong->tip == "weight from x2 to neuron 3 of layer 1: −4");
  CHECK(strong->line_width > 3 * weak->line_width);
  CHECK(with_alpha(strong->stroke, 1) == color_at(Scale::orange_blue, -1));
  CHECK(with_alpha(weak->stroke, 1) == color_at(Scale::orange_blue, 0.42f));
  for (const char* id : {"node:x:1", "node:dense1:3", "bias:dense1:1", "node:dense2:1", "bias:dense2:1", "link:dense2:1:3"})
    CHECK(find(scene, id));
  CHECK(find(scene, "node:dense1:4") == nullptr);
}

TEST_CASE("a wide layer is thinned, and says how many neurons are not shown") {
  const Scene scene = method("network").layout(run("network", named("ten classes").study()), {0, 0, 800, 500}, {});
  int nodes = 0;
  bool said = false;
  for (int i = 1; i <= 40; i++) nodes += find(scene, "node:dense1:" + std::to_string(i)) != nullptr;
  for (const Mark& mark : scene.marks)
    if (const auto* text = std::get_if<Text>(&mark))
      said = said || text->string.find("+" + std::to_string(40 - nodes)) != std::string::npos;
  CHECK(nodes >= 8);
  CHECK(nodes < 40);
  CHECK(said);
}

TEST_CASE("the confusion matrix counts, row by true class") {
  for (const char* name : {"ring", "thirds", "pictures", "ring with features"})
    for (const int part : {0, 1}) {
      const Study study = named(name).study();
      const auto& rows = part ? study.split.train : study.split.test;
      std::vector<std::int64_t> expected(study.set.class_names.size() * study.set.class_names.size());
      for (const int row : rows) {
        const nn::Matrix x = study.inputs_of(
            nn::Matrix(nn::ConstView{study.set.inputs.view().row(row), 1, study.set.inputs.columns(), study.set.inputs.columns()}));
        const auto y = by_hand(study, {x.data(), x.data() + x.columns()}).back();
        const double threshold = std::string(name) == "ring with features" ? 0.5 : 0;
        const auto said = y.size() == 1 ? std::ptrdiff_t(y[0] > threshold) : std::max_element(y.begin(), y.end()) - y.begin();
        expected[std::size_t(study.set.labels[std::size_t(row)]) * study.set.class_names.size() + std::size_t(said)]++;
      }
      CHECK(std::get<std::vector<std::int64_t>>(run("confusion", study, {{"part", part}})["confusion"].numbers) == expected);
    }
}

TEST_CASE("weights are the layer's, as pictures where the input is one") {
  const Study study = named("pictures").study();
  const Numbers first = run("weights", study), second = run("weights", study, {{"layer", 2}});
  CHECK(first["weights"].shape == std::vector<Index>{30, 1, 8, 8});
  CHECK(second["weights"].shape == std::vector<Index>{8, 30});
  for (const Numbers* numbers : {&first, &second}) {
    const nn::ConstView W = study.parameters[study.parameters.find(numbers == &first ? "dense1.weight" : "dense2.weight")];
    CHECK(reals((*numbers)["weights"]) == std::vector<Real>(W.data, W.data + W.rows * W.columns));
  }
  CHECK_THROWS_WITH(run("weights", study, {{"layer", 3}}), "weights: layer 3 was asked for, but the network has 2");
}

TEST_CASE("of several seeds the loss is the median, in a band from least to greatest") {
  const Study study = named("several seeds").study();
  const Numbers numbers = run("loss", study);
  const auto doubles = [&](const char* name) { return std::get<std::vector<double>>(numbers[name].numbers); };
  std::vector<double> values = {study.history[3].test_loss};
  for (const auto& other : study.runs) values.push_back(other[3].test_loss);
  std::sort(values.begin(), values.end());
  REQUIRE(values.size() == 5);
  CHECK(doubles("history")[3 * 5 + 2] == values[2]);
  CHECK(doubles("low")[3 * 5 + 2] == values[0]);
  CHECK(doubles("high")[3 * 5 + 2] == values[4]);
  CHECK(numbers["history"].shape == std::vector<Index>{10, 5});  // the longest run: 9 epochs, and the line before the first
  const Scene scene = method("loss").layout(numbers, {0, 0, 900, 600}, {});
  CHECK(std::any_of(scene.marks.begin(), scene.marks.end(), [](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string.find("N = 5 seeds") != std::string::npos;
  }));
}

TEST_CASE("one run's loss is its history, number for number") {
  const Study study = named("ring").study();
  const auto all = std::get<std::vector<double>>(run("loss", study)["history"].numbers);
  REQUIRE(all.size() == study.history.size() * 5);
  for (std::size_t i = 0; i < study.history.size(); i++) {
    CHECK(all[i * 5] == double(study.history[i].epoch));
    CHECK(all[i * 5 + 1] == study.history[i].train_loss);
    CHECK(all[i * 5 + 4] == study.history[i].test_accuracy);
  }
}

TEST_CASE("a method says what a study lacks, and what would do") {
  CHECK_THROWS_WITH(run("boundary", named("pictures").study()),
                    "boundary: the data have 64 inputs and a plane has two; try 'hidden', 'weights' or 'confusion'");
  CHECK_THROWS_WITH(run("confusion", named("surface").study()), Catch::Contains("the data have values and no classes"));
  CHECK_THROWS_WITH(run("confusion", named("no test examples").study()), Catch::Contains("part 1 shows the train examples"));
  CHECK_NOTHROW(run("confusion", named("no test examples").study(), {{"part", 1}}));
}
