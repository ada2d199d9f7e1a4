// The toolbox shows the network's own numbers: its maps, and what a unit sends back to the input.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_toolbox.h"
#include "viz/backward.h"
#include "viz/neurons.h"
#include "viz/receptive_field.h"

using namespace toolbox_test;

TEST_CASE("the toolbox shows the maps of the chosen stage, and the place where the chosen one is largest") {
  const Study study = named("convolutions").study();
  const Activations net(study, study.inputs_of(chosen_example(study)));
  const std::vector<Stage> all = stages_of(study);
  for (std::size_t stage = 0; stage < all.size(); stage++) {
    const nn::Shape shape = all[stage].shape;
    const Index unit = shape.channels - 1;
    const Numbers numbers = toolbox(study, {{"stage", double(stage)}, {"unit", double(unit + 1)}});
    CHECK(numbers["maps"].shape == std::vector<Index>{shape.channels, shape.height, shape.width});
    for (Index i = 0; i < shape.size(); i++) CHECK(reals(numbers, "maps")[std::size_t(i)] == net[all[stage].node](i, 0));
    const auto& chosen = reals(numbers, "chosen");
    const auto value = [&](Index row, Index column) { return net[all[stage].node]((unit * shape.height + row) * shape.width + column, 0); };
    for (Index i = 0; i < shape.height; i++)
      for (Index j = 0; j < shape.width; j++) CHECK(value(i, j) <= value(Index(chosen[2]), Index(chosen[3])));
    const Pixels field = ReceptiveFields(study.model, all).field(stage, Index(chosen[2]), Index(chosen[3]));
    const auto& box = reals(numbers, "field");
    CHECK(Pixels{Index(box[0]), Index(box[1]), Index(box[2]), Index(box[3])} == field);
  }
}

TEST_CASE("pictures backwards are what Backward sends to the input, from one place or from the whole map") {
  for (const char* name : {"convolutions", "coloured pictures"}) {
    const Study study = named(name).study();
    const Backward net(study, study.inputs_of(chosen_example(study)));
    const std::vector<Stage> all = stages(net.network(), net.program());
    const nn::Rules rules[] = {nn::chain_rule(), nn::deconvnet(), nn::guided_backpropagation()};
    for (std::size_t stage = 1; stage + 1 < all.size(); stage++)  // the last is softmax
      for (int back = 1; back <= 3; back++)
        for (const bool whole : {false, true}) {
          const nn::Shape shape = all[stage].shape;
          const Numbers numbers =
              toolbox(study, {{"stage", double(stage)}, {"unit", 2}, {"row", 2}, {"column", 1}, {"back", back}, {"from", whole}});
          nn::Matrix seed(shape.size(), 1);
          const Index pixels = shape.height * shape.width, row = std::min<Index>(1, shape.height - 1);
          for (Index i = 0; i < pixels; i++) seed(pixels + i, 0) = whole || i == row * shape.width;
          const nn::Signals signals = net.from(all[stage].node, seed, rules[back - 1]);
          INFO(name << " " << all[stage].name << " " << back << " " << whole);
          REQUIRE(numbers["back"].shape == std::vector<Index>{study.set.shape.channels, study.set.shape.height, study.set.shape.width});
          for (Index i = 0; i < study.set.shape.size(); i++)
            REQUIRE(reals(numbers, "back")[std::size_t(i)] == signals[net.network().x](i, 0));
        }
  }
  CHECK_FALSE(toolbox(named("convolutions").study(), {{"back", 0}}).has("back"));
}

TEST_CASE("the gradient from one place is how much its number grows with each pixel") {
  const Study study = named("convolutions").study();
  const Index stage = stage_named(study, "conv2");
  const Numbers numbers = toolbox(study, {{"stage", double(stage)}, {"unit", 3}, {"row", 1}, {"column", 2}, {"back", 1}});
  const nn::Matrix x = study.inputs_of(chosen_example(study));
  const int node = stages_of(study)[std::size_t(stage)].node;
  double largest = 0;
  for (const Index pixel : {0, 12, 21, 29, 37, 63}) {
    nn::Matrix more = x, less = x;
    const double h = 1e-3;
    more(0, pixel) += Real(h), less(0, pixel) -= Real(h);
    const double slope = double(Activations(study, more)[node](2 * 4 + 1, 0) - Activations(study, less)[node](2 * 4 + 1, 0)) / (2 * h);
    CHECK(double(reals(numbers, "back")[std::size_t(pixel)]) == Approx(slope).margin(2e-3));
    largest = std::max(largest, std::abs(slope));
  }
  CHECK(largest > 0.02);
}

TEST_CASE("without pooling a deconvnet's picture is the same for every input, a gradient's is not") {
  Study study = named("coloured pictures").study();
  const auto picture = [&](Index example, int back) {
    study.example = example;
    return reals(toolbox(study, {{"stage", double(stage_named(study, "dense1"))}, {"unit", 1}, {"back", back}}), "back");
  };
  const std::vector<Real> first = picture(0, 2);
  CHECK(std::any_of(first.begin(), first.end(), [](Real v) { return v != 0; }));
  int others = 0;
  for (const Index example : {7, 20, 33, 59}) {
    CHECK(picture(example, 2) == first);
    others += picture(example, 1) != picture(0, 1);
  }
  CHECK(others > 0);
}

TEST_CASE("a class speaks through its logit: softmax sends back what the layer before it does") {
  const Study study = named("convolutions").study();
  for (int back = 1; back <= 3; back++) {
    const double last = double(stage_named(study, "softmax"));
    const Numbers of_softmax = toolbox(study, {{"stage", last}, {"unit", 4}, {"back", back}}),
                  of_logits = toolbox(study, {{"stage", last - 1}, {"unit", 4}, {"back", back}});
    CHECK(reals(of_softmax, "back") == reals(of_logits, "back"));
  }
}
