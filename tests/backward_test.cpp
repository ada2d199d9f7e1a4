// What flows back through the network of a study.
#include <catch2/catch.hpp>

#include "tests/methods_study.h"
#include "viz/backward.h"
#include "viz/neurons.h"
#include "viz/stages.h"

using namespace viz;

namespace {

const MadeStudy& convolutions() {
  for (const MadeStudy& made : studies())
    if (made.name == "convolutions") return made;
  throw std::logic_error("no such study");
}

}  // namespace

TEST_CASE("the stages of a convolutional network are its layers with their shapes") {
  const Study study = convolutions().study();
  const Backward net(study, study.inputs_of(chosen_example(study)));
  std::string words;
  for (const Stage& stage : stages(net.network(), net.program())) words += stage.words() + "\n";
  CHECK(words ==
        "x: 1 map of 8 x 8\nconv1: 4 maps of 8 x 8\nrelu1: 4 maps of 8 x 8\nmaxpool1: 4 maps of 4 x 4\nconv2: 6 maps of 2 x 2\n"
        "relu2: 6 maps of 2 x 2\ndense1: 8 units\nsoftmax: 8 units\n");
}

TEST_CASE("a chosen unit beyond the network is its last, and no place means the largest number") {
  const Study study = convolutions().study();
  const Backward net(study, study.inputs_of(chosen_example(study)));
  const auto all = stages(net.network(), net.program());
  const Chosen last = chosen(all, {{"stage", 99}, {"unit", 500}, {"row", 0}, {"column", 7}});
  CHECK(last.stage == all.size() - 1);
  CHECK(last.unit == 7);
  CHECK(last.row == -1);
  const Chosen inside = chosen(all, {{"stage", 4}, {"unit", 2}, {"row", 1}, {"column", 99}});
  CHECK((inside.unit == 1 && inside.row == 0 && inside.column == 1));
}

TEST_CASE("signals of a unit and of the cost are the slopes of what they begin at") {
  const Study study = convolutions().study();
  const nn::Matrix x = study.inputs_of(chosen_example(study)), target = target_of_example(study);
  REQUIRE(target.columns() == 8);
  const Backward net(study, x, &target);
  const nn::Signals of_cost = net.from_cost();
  nn::Matrix seed(8, 1);
  seed(3, 0) = 1;
  const nn::Signals of_unit = net.from(net.network().logits, seed);
  for (const nn::Index pixel : {0, 9, 20, 27, 63}) {
    const double h = sizeof(nn::Real) == 4 ? 1e-2 : 1e-5;
    nn::Matrix more = x, less = x;
    more(0, pixel) += nn::Real(h), less(0, pixel) -= nn::Real(h);
    const Backward up(study, more, &target), down(study, less, &target);
    const double of_z = (up[up.network().logits](3, 0) - down[down.network().logits](3, 0)) / (2 * h);
    INFO(pixel);
    CHECK(double(of_unit[net.network().x](pixel, 0)) == Approx(of_z).margin(2e-2));
    CHECK(double(of_cost[net.network().x](pixel, 0)) == Approx((up.cost() - down.cost()) / (2 * h)).margin(2e-2));
  }
}
