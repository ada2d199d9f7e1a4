// The numbers that 'arithmetic' writes out are those of the network.
#include <cmath>
#include <set>

#include "tests/every_layer.h"
#include "viz/link.h"

using namespace test;

namespace {

double value_of(const Backward& net, const Stage& stage, Unit unit) {
  return double(net[stage.node]((unit.channel * stage.shape.height + unit.row) * stage.shape.width + unit.column, 0));
}

}  // namespace

TEST_CASE("what arithmetic adds up is the network's value, at any place, whatever the layer", "[arithmetic]") {
  std::set<Made> seen;
  each_unit([&](const Study& study, const Backward& net, const std::vector<Stage>& all, std::size_t k, Unit unit) {
    const Numbers numbers = compute("arithmetic", study, place(k, unit));
    const std::vector<nn::Real>&terms = reals(numbers, "terms"), &places = reals(numbers, "places"), &result = reals(numbers, "result");
    const double value = value_of(net, all[k], unit);
    REQUIRE(result[1] == nn::Real(value));
    const auto made = Made(whole(numbers, "how")[7]);
    seen.insert(made);
    double sum = double(result[0]), largest = -INFINITY, exponentials = 0;
    for (std::size_t i = 0; i < terms.size(); i += 3) {
      const bool inside = places[i / 3 * 4 + 3] != 0;
      REQUIRE(terms[i + 2] == Approx(terms[i] * terms[i + 1]));
      if (!inside) CHECK(terms[i] == 0);
      sum += double(terms[i + 2]), exponentials += std::exp(double(terms[i]));
      if (inside) largest = std::max(largest, double(terms[i]));
    }
    const auto c = [&](int i) { return double(reals(numbers, "constants")[std::size_t(i)]); };
    if (made == Made::sum || made == Made::mean) CHECK(std::abs(sum - value) < 1e-4);
    if (made == Made::largest) CHECK(largest == value);
    if (made == Made::softmax) CHECK(std::abs(std::exp(double(terms[std::size_t(3 * unit.channel)])) / exponentials - value) < 1e-4);
    if (made == Made::batch_norm) CHECK(std::abs(c(2) * (double(terms[0]) - c(0)) / std::sqrt(c(1) + 1e-5) + c(3) - value) < 1e-4);
    if (made == Made::layer_norm) {
      const Index own = (unit.channel * all[k].shape.height + unit.row) * all[k].shape.width + unit.column;
      CHECK(std::abs(c(2) * (double(terms[std::size_t(3 * own)]) - c(0)) / std::sqrt(c(1) + 1e-5) + c(3) - value) < 1e-4);
    }
    if (made == Made::response_norm) {
      double squares = 0, x = 0;
      for (std::size_t i = 0; i < terms.size(); i += 3) {
        squares += double(terms[i]) * double(terms[i]);
        if (Index(places[i / 3 * 4]) == unit.channel) x = double(terms[i]);
      }
      CHECK(std::abs(x * std::pow(c(0) + c(1) * squares, -c(2)) - value) < 1e-4);
    }
  });
  CHECK(seen.size() == 8);
}

TEST_CASE("the winner of a pooling is its switch", "[arithmetic]") {
  int pools = 0;
  each_unit([&](const Study& study, const Backward& net, const std::vector<Stage>& all, std::size_t k, Unit unit) {
    const Origin o = origin(study.model, study.parameters, all, k, unit, net[all[k - 1].node]);
    if (o.made != Made::largest) return;
    const Stage before = all[k - 1];
    const nn::ConstView switches = net[net.program().find(all[k].name + ".switches")];
    const Index row = (unit.channel * all[k].shape.height + unit.row) * all[k].shape.width + unit.column;
    const Slot& winner = o.slots[std::size_t(o.winner())];
    CHECK((winner.channel * before.shape.height + winner.row) * before.shape.width + winner.column == Index(switches(row, 0)));
    pools++;
  });
  CHECK(pools == 50);
}

TEST_CASE("playing slides the window over all places in turn, and hovering either map moves it there", "[arithmetic]") {
  const Study study = named("convolutions").study();
  const Method& m = method("arithmetic");
  Arguments options = arguments(m, {{"stage", 4}, {"row", 1}, {"column", 1}});
  std::vector<std::pair<int, int>> visited;
  for (int i = 0; i < 5; i++) {
    const Scene scene = m.layout(m.compute(study, options), {0, 0, 700, 500}, Style{});
    visited.emplace_back(int(options["row"]), int(options["column"]));
    const auto next = keyed(scene, "next");
    REQUIRE(next);
    for (const auto& [name, value] : *next) options[name] = value;
  }
  CHECK(visited == std::vector<std::pair<int, int>>{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {1, 1}});  // conv2 makes 2 x 2 of 4 x 4

  const Scene scene = m.layout(m.compute(study, options), {0, 0, 900, 600}, Style{});
  std::map<std::string, int> targets;
  for (const Mark& mark : scene.marks)
    if (const auto* rect = std::get_if<Rect>(&mark); rect && hovered(rect->id)) targets[rect->id]++;
  // 16 pixels of the input choose among 4 places, beside one of the output each.
  CHECK(targets.size() == 4);
  int all = 0;
  for (const auto& [id, count] : targets) all += count;
  CHECK(all == 20);
}
