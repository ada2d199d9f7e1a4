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

TEST_CASE("each column of the film is what the network was at that moment") {
  const MadeStudy& made = named("convolutions");
  Study study = made.study();
  for (const double show : {0, 1}) {
    const Numbers film = run("film", study, {{"show", show}, {"stage", 1}});
    const nn::Tensor& strip = film["film"];
    REQUIRE(strip.shape[0] == Index(made.moments.size()) + 1);
    const std::size_t size = reals(strip).size() / std::size_t(strip.shape[0]);
    for (std::size_t m = 0; m <= made.moments.size(); m++) {
      const nn::Parameters& then = m < made.moments.size() ? made.moments[m]->state.parameters : study.parameters;
      const Study past = with_parameters(study, then);
      const Numbers alone = run(show == 0 ? "weights" : "activations", past, {{"stage", 1}});
      const auto begin = reals(strip).begin() + std::ptrdiff_t(m * size);
      INFO(m);
      CHECK(std::vector<Real>(begin, begin + std::ptrdiff_t(size)) == reals(alone.tensors[0]));
    }
    CHECK(reals(film["steps"]).front() == 0);
    CHECK(reals(film["steps"]).back() == Real(study.step));
  }
  CHECK(run("film", study, {{"stage", 4}, {"unit", 3}})["film"].shape == std::vector<Index>{5, 4, 1, 3, 3});  // of conv2 one filter's maps
  CHECK(run("film", named("coloured pictures").study())["film"].shape == std::vector<Index>{5, 5, 3, 3, 3});
}

TEST_CASE("a film with less room shows fewer moments, the first and the last always among them") {
  const Study study = named("convolutions").study();
  const Numbers two = run("film", study, {{"moments", 2}});
  CHECK(reals(two["steps"]) == std::vector<Real>{0, Real(study.step)});
  const Scene scene = drawn("film", run("film", study), {0, 0, 190, 200});
  std::vector<std::string> steps;
  for (const Mark& mark : scene.marks)
    if (const auto* image = std::get_if<Image>(&mark); image && image->tip.starts_with("filter 1 at step ")) steps.push_back(image->tip);
  REQUIRE(steps.size() >= 2);
  CHECK(steps.size() < 5);
  CHECK(steps.front().starts_with("filter 1 at step 0,"));
  CHECK(steps.back().starts_with("filter 1 at step " + std::to_string(study.step) + ","));
}

TEST_CASE("the film says what it lacks where no moments are kept") {
  Study study = named("convolutions").study();
  study.moments = {};
  CHECK_THROWS_WITH(run("film", study), Catch::Contains("film: no earlier moments") && Catch::Contains("open a run folder with snapshots"));
}
