// Methods that change the input, on trained networks: properties that hold whatever was learned.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_study.h"
#include "viz/coalitions.h"
#include "viz/discrepancy.h"
#include "viz/explainers.h"
#include "viz/figure.h"
#include "viz/localization.h"
#include "viz/many_inputs.h"
#include "viz/neurons.h"
#include "viz/perturbation_curves.h"
#include "viz/superpixels.h"
#include "viz/trust.h"

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

namespace {

Arguments asked(std::string_view name, const Arguments& given = {}) { return arguments(method(name), given); }

std::vector<std::string> pictured() { return {"convolutions", "coloured pictures", "pictures"}; }

Matrix explained_map(std::string_view name, const Study& study, const Arguments& given = {}) {
  return collapsed(explained(explainer(name), study, asked(name, given)));
}

double largest_difference(const Matrix& a, const Matrix& b) {
  double most = 0;
  for (Index i = 0; i < a.size(); i++) most = std::max(most, std::abs(double(a.data()[i]) - double(b.data()[i])));
  return most;
}

}  // namespace

TEST_CASE("a batch of patched pictures says what each of them says alone") {
  for (const std::string& name : pictured()) {
    const Study study = named(name).study();
    const Matrix x = column_of(study.inputs_of(chosen_example(study)));
    const nn::Shape picture = study.set.shape;
    const auto places = windows(picture, 3, 3, 1, 1, Border::centred, "test").all;
    ManyInputs network(study);
    const Matrix fill = filling_of(study, Space::network, 1).grey, all = covered(x, picture, places, fill);
    const Matrix together = network.values(all, network.network().logits);
    for (Index k = 0; k < all.columns(); k += 7) {
      Matrix row(1, all.rows());
      for (Index i = 0; i < all.rows(); i++) row(0, i) = all(i, k);
      const Activations alone(study, row);
      for (Index i = 0; i < together.rows(); i++)
        CHECK(double(together(i, k)) == Approx(double(alone[network.network().logits](i, 0))).epsilon(1e-5).margin(1e-5));
    }
  }
}

TEST_CASE("a patch as large as the picture makes the score that of its filling") {
  const Study study = named("convolutions").study();
  const Explanation e = explained(explainer("occlusion"), study, asked("occlusion", {{"patch", 8}, {"border", 0}}));
  const Matrix grey = filling_of(study, Space::network, 1).grey;
  Matrix row(1, 64);
  std::copy_n(grey.data(), 64, row.data());
  const Backward filled_net(study, row), net(study, study.inputs_of(chosen_example(study)));
  const Target target = target_of(study, net, asked("occlusion"));
  for (Index i = 0; i < 64; i++) CHECK(double(e.map(i, 0)) == Approx(e.score - double(scores(target, filled_net)(0, 0))).epsilon(1e-4));
}

TEST_CASE("noise that a unit cannot see changes nothing, exactly") {
  const Study study = named("convolutions").study();
  const nn::Shape picture = study.set.shape;
  const Matrix x = column_of(study.inputs_of(chosen_example(study)));
  ManyInputs network(study);
  const std::vector<Stage> all = stages(network.network(), network.program());
  const ReceptiveFields fields(study.model, all);
  const auto places = windows(picture, 2, 2, 1, 1, Border::grid, "test").all;
  int outside = 0, inside = 0;
  for (const std::size_t stage : {1u, 2u, 3u, 4u, 5u}) {
    const nn::Shape shape = all[stage].shape;
    for (const Index row : {Index(0), shape.height / 2, shape.height - 1}) {
      Matrix seed(shape.size(), 1);
      seed(row * shape.width + shape.width / 2, 0) = 1;
      const std::vector<Real> d =
          discrepancies(network.score(all[stage].node, seed), x, picture, places, filling_of(study, Space::network, 1), 3, 1);
      const Pixels field = fields.inside(stage, row, shape.width / 2);
      for (std::size_t k = 0; k < places.size(); k++) {
        const Pixels& p = places[k];
        const bool meet = p.top < field.bottom() && field.top < p.bottom() && p.left < field.right() && field.left < p.right();
        if (!meet) CHECK(d[k] == 0);
        meet ? inside += d[k] != 0 : outside++;
      }
    }
  }
  CHECK(outside > 100);
  CHECK(inside > 20);
}

TEST_CASE("the field that a unit of the first layer uses lies in its kernel, but for the patch's own size") {
  const Study study = named("convolutions").study();
  for (Index unit = 0; unit < 4; unit++) {
    const SeenField seen = seen_field(study, 1, unit, {.patch = 1, .stride = 1, .draws = 4, .images = 5, .searched = 50}, 1);
    if (seen.images == 0) continue;
    CHECK(seen.average.rows() == 15);
    CHECK(seen.size > 0);
    CHECK(seen.size <= 3);
    for (Index i = 0; i < 15; i++)
      for (Index j = 0; j < 15; j++)
        if (std::abs(i - 7) > 1 || std::abs(j - 7) > 1) CHECK(seen.average(i, j) == 0);
  }
}

TEST_CASE("what is drawn at random is the same for the same draw, another for another, and leaves the network alone") {
  for (const std::string& name : pictured()) {
    const Study study = named(name).study();
    const Matrix before = study.parameters.numbers;
    for (const std::string_view method_name : {"rise", "lime", "shapley", "patches"}) {
      const Arguments large = method_name == "shapley" ? Arguments{{"pieces", 5}, {"samples", 200}} : Arguments{};
      Arguments other = large;
      other["draw"] = 2;
      INFO(method_name << " on " << name);
      const Matrix map = explained_map(method_name, study, large);
      CHECK(map == explained_map(method_name, study, large));
      CHECK_FALSE(map == explained_map(method_name, study, other));
    }
    const Matrix occluded = explained_map("occlusion", study, {{"fill", 2}, {"patch", 3}});
    CHECK(occluded == explained_map("occlusion", study, {{"fill", 2}, {"patch", 3}}));
    CHECK(study.parameters.numbers == before);
  }
}

TEST_CASE("Shapley values share the whole difference from the baseline, exactly or by samples") {
  for (const std::string& name : pictured()) {
    const Study study = named(name).study();
    for (const double pieces : {2.0, 3.0, 5.0}) {
      const Explanation e = explained(explainer("shapley"), study, asked("shapley", {{"pieces", pieces}}));
      CHECK(std::abs(e.residual()) <= 1e-3 * std::max(1.0, std::abs(e.whole)));
    }
  }
}

TEST_CASE("KernelSHAP of all coalitions is the Shapley value of a trained network") {
  const Study study = named("convolutions").study();
  const Matrix x = column_of(study.inputs_of(chosen_example(study))), baseline = filling_of(study, Space::network, 1).background;
  ManyInputs network(study);
  Matrix seed(8, 1);
  seed(3, 0) = 1;
  const Matrix on = all_coalitions(9);
  const Scores scores = network.score(network.network().logits, seed)(mixed(x, baseline, grid_pieces(study.set.shape, 3, 3), on));
  const std::vector<double> exact = shapley_values(9, scores), fitted = kernel_shap(on, scores);
  for (std::size_t i = 0; i < 9; i++) CHECK(fitted[i] == Approx(exact[i]).margin(1e-3));
}

TEST_CASE("infidelity does not depend on the size of a map, is 0 for the truth of a linear score and 1 for nothing") {
  const Study study = named("convolutions").study();
  const nn::Shape picture = study.set.shape;
  const Matrix x = column_of(study.inputs_of(chosen_example(study))), baseline = filling_of(study, Space::network, 1).grey;
  ManyInputs network(study);
  Matrix seed(8, 1);
  seed(1, 0) = 1;
  const Score score = network.score(network.network().logits, seed);
  Matrix map = explained_map("occlusion", study);
  const double once = infidelity(score, x, baseline, map, region_order(map, 2, 2));
  for (Index i = 0; i < map.size(); i++) map.data()[i] *= -7;
  CHECK(infidelity(score, x, baseline, map, region_order(map, 2, 2)) == Approx(once).epsilon(1e-4));
  CHECK(once < 1);
  const Score linear = [](nn::ConstView inputs) {
    std::vector<Real> y;
    for (Index k = 0; k < inputs.columns; k++) {
      double sum = 3;
      for (Index i = 0; i < inputs.rows; i++) sum += double(i) * double(inputs(i, k));
      y.push_back(Real(sum));
    }
    return y;
  };
  Matrix truth(8, 8);
  for (Index i = 0; i < 64; i++) truth.data()[i] = Real(double(i) * (double(x(i, 0)) - double(baseline(i, 0))));
  CHECK(infidelity(linear, x, baseline, truth, region_order(truth, 2, 2)) == Approx(0).margin(1e-4));
  CHECK(infidelity(linear, x, baseline, Matrix(8, 8), region_order(truth, 2, 2)) == 1);
  CHECK(picture.size() == 64);
}

TEST_CASE("making a network random from its end changes maps, its own weights stay, and the same seed does the same") {
  const Study study = named("convolutions").study();
  const Matrix before = study.parameters.numbers, x = study.inputs_of(chosen_example(study));
  CHECK(layers_with_weights(study.parameters) == std::vector<std::string>{"conv1", "conv2", "dense1"});
  const nn::Parameters last = randomized(study.parameters, 1, 4), all = randomized(study.parameters, 3, 4);
  for (std::size_t i = 0; i < last.list().size(); i++) {
    const bool dense = last.list()[i].name.starts_with("dense1");
    CHECK((Matrix(last[i]) == Matrix(study.parameters[i])) != dense);
    CHECK_FALSE(Matrix(all[i]) == Matrix(study.parameters[i]));
  }
  CHECK(all.numbers == randomized(study.parameters, 3, 4).numbers);
  for (const std::string_view name : {"saliency", "occlusion"}) {
    const auto steps = cascade(explainer(name), study, x, asked(name), 1, {});
    REQUIRE(steps.size() == 4);
    CHECK(steps[0].map == explained_map(name, study));
    CHECK(steps[0].correlation == 1);
    for (std::size_t k = 1; k < 4; k++) CHECK(largest_difference(steps[k].map, steps[0].map) > 1e-4);
    CHECK(std::abs(steps[3].correlation) < 0.95);
  }
  CHECK(study.parameters.numbers == before);
}

TEST_CASE("the trust meter's areas and masks are those measured by hand") {
  MadeStudy made = make_study(
      {"masked", "conv 4 3x3 pad 1, relu, maxpool 2, dense 8, softmax", made_pictures(90, 8), false, nn::Loss::cross_entropy, 3});
  made.set.masks = Matrix(90, 64);
  for (Index i = 0; i < 90; i++)
    for (Index p = 0; p < 64; p++) made.set.masks(i, p) = Real(p / 8 == made.set.labels[std::size_t(i)]);
  const Study study = made.study();
  const Numbers numbers = method("trust").compute(study, asked("trust", {{"explainer", 0}, {"steps", 16}}));
  const Matrix map = explained_map("saliency", study);
  const nn::ConstView mask{study.set.masks.view().row(study.example), 8, 8, 8}, table = rows_of(numbers["table"]);
  CHECK(table(0, 3) == Real(points_at(map, mask)));
  CHECK(table(0, 4) == Approx(mass_in(map, mask)));
  CHECK(table(0, 6) == Approx(roc_auc(map, mask)));
  const Matrix x = column_of(study.inputs_of(chosen_example(study))), baseline = filling_of(study, Space::network, 3).background;
  ManyInputs network(study);
  const Matrix shares = network.values(x, network.network().output);
  Index k = 0;
  for (Index i = 1; i < 8; i++)
    if (shares(i, 0) > shares(k, 0)) k = i;
  Matrix seed(8, 1);
  seed(k, 0) = 1;
  const auto curve = deletion(network.score(network.network().output, seed), x, baseline, pixel_order(map, 16));
  CHECK(double(table(0, 0)) == Approx(area_under(curve)).epsilon(1e-4));
  CHECK(double(rows_of(numbers["curves"])(0, 0)) == Approx(double(shares(k, 0))));
}

TEST_CASE("a comparison has the maps of the methods alone, in each way to compare") {
  const Study study = named("convolutions").study();
  const Numbers methods_side = method("compare").compute(study, asked("compare", {{"which", 0}, {"rows", 2}}));
  CHECK(methods_side["maps"].shape == std::vector<Index>{2, 4, 8, 8});
  const Matrix saliency = explained_map("saliency", study);
  for (Index i = 0; i < 64; i++) CHECK(rows_of(methods_side["maps"]).data[i] == saliency.data()[i]);
  const Numbers layers = method("compare").compute(study, asked("compare", {{"columns", 1}, {"rows", 1}}));
  CHECK(words_of(layers, "columns").size() == 7);
  const Numbers rules = method("compare").compute(study, asked("compare", {{"columns", 2}, {"rows", 1}}));
  CHECK(words_of(rules, "columns")[0] == "zero");
  const Numbers moments = method("compare").compute(study, asked("compare", {{"columns", 3}, {"rows", 1}}));
  CHECK(words_of(moments, "columns").size() == 4);
  const Numbers networks = method("compare").compute(study, asked("compare", {{"columns", 4}, {"rows", 1}, {"cell", 2}}));
  CHECK(words_of(networks, "columns") == std::vector<std::string>{"this network", "never trained"});
  CHECK(std::isnan(rows_of(networks["maps"]).data[0]));  // one cell alone is asked for
  CHECK_FALSE(std::isnan(rows_of(networks["maps"]).data[64]));
  Study second = study;
  second.other = &study;
  const Numbers twice = method("compare").compute(second, asked("compare", {{"columns", 4}, {"rows", 1}}));
  for (Index i = 0; i < 64; i++) CHECK(rows_of(twice["maps"]).data[i] == rows_of(twice["maps"]).data[64 + i]);
}

TEST_CASE("a method that nobody waits for any more ends") {
  Study study = named("convolutions").study();
  int told = 0;
  study.goes_on = [&](double) { return ++told < 2; };
  CHECK_THROWS_AS(method("rise").compute(study, asked("rise", {{"masks", 4000}})), Cancelled);
  CHECK(told == 2);
}

TEST_CASE("methods that change the input say in a sentence what would do") {
  const Study study = named("convolutions").study(), table = named("thirds").study();
  const auto problem = [](std::string_view name, const Study& of, const Arguments& given) -> std::string {
    try {
      method(name).compute(of, asked(name, given));
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  for (const std::string_view name : {"occlusion", "patches"}) {
    CHECK(problem(name, study, {{"patch", 9}}) ==
          std::string(name) + ": a patch of 9 x 9 pixels is larger than the picture of 8 x 8; at most its size would do");
    CHECK_THAT(problem(name, study, {{"stride", 0}}), Catch::StartsWith(std::string(name) + ": with stride 0"));
  }
  for (const std::string_view name : {"occlusion", "patches", "rise", "lime", "shapley", "trust", "compare"}) {
    INFO(name);
    CHECK_THAT(problem(name, table, {}), Catch::StartsWith(std::string(name) + ": the network reads") && Catch::Contains("would do"));
    if (name == "compare") continue;
    CHECK_THAT(problem(name, study, {{"target", 2}, {"class", 99}}),
               Catch::StartsWith(std::string(name) + ": ") && Catch::Contains("1 to 8 would do"));
  }
  CHECK_THAT(problem("shapley", study, {{"pieces", 9}}), Catch::Contains("fewer would do"));
  MadeStudy broken = make_study({"broken", "conv 4 3x3, relu, dense 8, softmax", made_pictures(40, 8), false, nn::Loss::cross_entropy, 0});
  broken.trainer->set_weight("conv1.weight", 0, 0, NAN);
  for (const std::string_view name : {"occlusion", "patches", "rise", "lime", "shapley", "trust", "compare"}) {
    INFO(name);
    CHECK_THAT(problem(name, broken.study(), {}), Catch::StartsWith(std::string(name) + ": ") && Catch::Contains("not finite"));
  }
}
