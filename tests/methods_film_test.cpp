// Filters, their gradients, and the film strip of training.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/methods_numbers.h"

using nn::Index;
using nn::Real;

TEST_CASE("weights of a convolution are its filters, in their true shape, and follow the chosen stage") {
  const Study study = named("convolutions").study();
  const Numbers first = run("weights", study), second = run("weights", study, {{"layer", 2}}),
                of_stage = run("weights", study, {{"stage", 5}});
  CHECK(first["weights"].shape == std::vector<Index>{4, 1, 3, 3});
  CHECK(second["weights"].shape == std::vector<Index>{6, 4, 3, 3});
  CHECK(csv(of_stage) == csv(second));  // stage 5 is the relu of conv2
  const nn::ConstView W = study.parameters[study.parameters.find("conv2.weight")];
  CHECK(reals(second["weights"]) == std::vector<Real>(W.data, W.data + W.rows * W.columns));
  CHECK(run("weights", study, {{"layer", 3}})["weights"].shape == std::vector<Index>{8, 6, 2, 2});  // a dense layer lies as its input does
  CHECK(first.words.at("summary")[0].starts_with("40 parameters · W "));
  const Numbers coloured = run("weights", named("coloured pictures").study());
  CHECK(coloured["weights"].shape == std::vector<Index>{5, 3, 3, 3});
  CHECK(coloured.words.at("colour")[0] == "yes");
}

TEST_CASE("filter gradients are slopes of the mean cost of the first training examples") {
  const MadeStudy& made = named("convolutions");
  const Study study = made.study();
  const Index count = std::min<Index>(64, study.train.count());
  const auto first = [&](const nn::Matrix& rows) { return nn::Matrix(nn::ConstView{rows.data(), count, rows.columns(), rows.columns()}); };
  const nn::Matrix x = first(study.train.inputs), y = first(study.train.targets);
  const double h = sizeof(Real) == 4 ? 1e-2 : 1e-5;
  for (const int layer : {1, 2}) {
    const Numbers numbers = run("weights", study, {{"layer", layer}, {"show", 1}});
    const std::string weight = "conv" + std::to_string(layer) + ".weight";
    const std::vector<Real>& gradient = reals(numbers["weights"]);
    const Index columns = Index(gradient.size()) / numbers["weights"].shape[0];
    for (const Index i : {0, 5, 13, 35}) {
      const double slope =
          (cost_after(made, x, y, weight, i / columns, i % columns, h) - cost_after(made, x, y, weight, i / columns, i % columns, -h)) /
          (2 * h);
      INFO(weight << " " << i);
      CHECK(double(gradient[std::size_t(i)]) == Approx(slope).margin(2e-3));
    }
    CHECK(numbers.words.at("summary")[0].starts_with("mean of the first " + std::to_string(count) + " training examples"));
  }
}
