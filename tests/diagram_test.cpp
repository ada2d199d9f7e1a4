// The links that 'diagram' draws are those of the network.
#include <cmath>
#include <set>

#include "tests/every_layer.h"

using namespace test;

// The units that a small change of is felt by the unit, found by sending a signal back: every one of them has a link, and no other.
TEST_CASE("links come exactly from the units in the window, and the receptive field holds all pixels that matter", "[diagram]") {
  int kinds = 0;
  each_unit([&](const Study& study, const Backward& net, const std::vector<Stage>& all, std::size_t k, Unit unit) {
    Arguments single = place(k, unit);
    single["units"] = 1;
    const Numbers numbers = compute("diagram", study, single);
    const nn::Shape from = all[k - 1].shape, to = all[k].shape;
    const std::vector<nn::Real>& links = reals(numbers, "links");
    std::set<Index> linked;
    for (std::size_t i = 0; i < links.size(); i += 5) {
      const Index at = (Index(links[i]) * from.height + Index(links[i + 1])) * from.width + Index(links[i + 2]);
      CHECK(linked.insert(at).second | (all[k].name.starts_with("upsample")));
      CHECK(links[i + 4] == net[all[k - 1].node](at, 0));
    }
    const nn::Layer& layer = layer_of(study.model, k);
    const auto* conv = std::get_if<nn::Conv>(&layer);
    if (conv && !conv->transposed) {  // by hand: s i + d u - p
      std::set<Index> window;
      const auto& h = conv->how;
      const Index group = from.channels / h.groups, first = unit.channel / (to.channels / h.groups) * group;
      for (Index c = first; c < first + group; c++)
        for (Index y = 0; y < from.height; y++)
          for (Index x = 0; x < from.width; x++) {
            const Index u = y - unit.row * h.stride + h.padding, v = x - unit.column * h.stride + h.padding;
            const bool hit = u >= 0 && v >= 0 && u % h.dilation == 0 && v % h.dilation == 0 && u / h.dilation < h.kernel_height &&
                             v / h.dilation < h.kernel_width;
            if (hit) window.insert((c * from.height + y) * from.width + x);
          }
      CHECK(linked == window);
      kinds++;
    }
    // What the signal of the unit reaches: no more than the links and the field say, and of sums all of it.
    nn::Matrix seed(to.size(), 1);
    seed((unit.channel * to.height + unit.row) * to.width + unit.column, 0) = 1;
    const nn::Signals signals = net.from(all[k].node, seed);
    const nn::ConstView before = signals[all[k - 1].node], input = signals[net.network().x];
    for (Index i = 0; i < from.size(); i++)
      if (before.data && before(i, 0) != 0) CHECK(linked.contains(i));
    const std::vector<std::int64_t>& field = whole(numbers, "field");
    const nn::Shape picture = study.model.input;
    for (Index i = 0; i < picture.size(); i++) {
      if (!input.data || input(i, 0) == 0) continue;
      const Index y = i / picture.width % picture.height, x = i % picture.width;
      CHECK((y >= field[0] && x >= field[1] && y < field[0] + field[2] && x < field[1] + field[3]));
    }
  });
  CHECK(kinds == 125);
}

TEST_CASE("links between maps have the sum and the norm of the kernel between them", "[diagram]") {
  const Study study = named("convolutions").study();
  const Numbers numbers = compute("diagram", study, {{"stage", 4}, {"unit", 5}});
  const std::vector<nn::Real>& links = reals(numbers, "links");
  const nn::ConstView W = study.parameters[study.parameters.find("conv2.weight")];
  REQUIRE(numbers["links"].shape == std::vector<Index>{4, 3});
  for (Index c = 0; c < 4; c++) {
    double sum = 0, squares = 0;
    for (Index i = 0; i < 9; i++) sum += double(W(4, 9 * c + i)), squares += double(W(4, 9 * c + i)) * double(W(4, 9 * c + i));
    CHECK(links[std::size_t(3 * c)] == nn::Real(c));
    CHECK(links[std::size_t(3 * c + 1)] == Approx(sum).margin(1e-5));
    CHECK(links[std::size_t(3 * c + 2)] == Approx(std::sqrt(squares)).margin(1e-5));
  }
  // Of pooling there is one, from the map below; the scene shows as many links as there are.
  CHECK(compute("diagram", study, {{"stage", 3}, {"unit", 2}})["links"].shape == std::vector<Index>{1, 3});
  const Scene scene = method("diagram").layout(numbers, {0, 0, 900, 600}, Style{});
  int drawn = 0;
  for (const Mark& mark : scene.marks)
    if (const auto* path = std::get_if<Path>(&mark)) drawn += path->id.starts_with("from:");
  CHECK(drawn == 4);
}

TEST_CASE("the network of a convolutional model is refused with the name of the view that shows it", "[diagram]") {
  CHECK_THROWS_WITH(compute("network", named("convolutions").study(), {}), Catch::Contains("network: ") && Catch::Contains("'diagram'"));
  CHECK_NOTHROW(compute("network", named("pictures").study(), {}));
}
