// The pictures of explanations say what they mean: signs, ranges, zero maps, sums, and what can be pressed.
#include <catch2/catch.hpp>

#include "tests/explained.h"
#include "tests/methods_study.h"
#include "viz/colors.h"
#include "viz/commands/training.h"
#include "viz/explanation_picture.h"
#include "viz/link.h"
#include "viz/workbench.h"

using namespace explained_test;

namespace {

const Box large{0, 0, 960, 640};

Numbers numbers_for(const Study& study, std::string_view name, const Arguments& options = {}) {
  return method(name).compute(study, arguments(method(name), options));
}
Scene scene_of(const Study& study, std::string_view name, const Arguments& options = {}, Box box = large) {
  return method(name).layout(numbers_for(study, name, options), box, {});
}
bool says(const Scene& scene, const std::string& words) {
  for (const Mark& mark : scene.marks)
    if (const auto* text = std::get_if<Text>(&mark); text && text->string.find(words) != std::string::npos) return true;
  return false;
}
double sum_of(const nn::ConstView& x) { return total_of(x); }

const MadeStudy& convolutions() { return named("convolutions"); }
const MadeStudy& averages() { return named("coloured pictures"); }

}  // namespace

TEST_CASE("the number file of an explainer is its map, one number a pixel", "[explain]") {
  const Study study = averages().study();
  const Numbers numbers = numbers_for(study, "saliency");
  CHECK(numbers.tensors[0].name == "map");
  CHECK(numbers.tensors[0].shape == std::vector<Index>{9, 7});
  CHECK(numbers["raw"].shape == std::vector<Index>{3, 9, 7});
  const nn::ConstView map = rows_of(numbers["map"]), raw = rows_of(numbers["raw"]);
  for (Index i = 0; i < 9; i++)
    for (Index j = 0; j < 7; j++) CHECK(map(i, j) == std::max({std::abs(raw(i, j)), std::abs(raw(9 + i, j)), std::abs(raw(18 + i, j))}));
}

TEST_CASE("a map that is zero everywhere is neutral and says so instead of being stretched", "[explain]") {
  const Matrix zero(4, 4);
  for (const bool is_signed : {true, false}) {
    Scene scene{.box = {0, 0, 200, 200}};
    add_heat(scene, zero, {0, 0, 200, 200}, 0, is_signed, {});
    CHECK(says(scene, is_signed ? "0 everywhere" : "no positive evidence"));
    const auto& image = std::get<Image>(scene.marks[0]);
    const Color neutral = color_at(Scale::orange_blue, 0);
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) CHECK(Color{image.rgba[i], image.rgba[i + 1], image.rgba[i + 2]} == neutral);
  }
}

TEST_CASE("signed maps have a symmetric scale with zero neutral, unsigned ones begin at zero", "[explain]") {
  const Matrix map(1, 3, {-1, 0, 2});
  Scene scene{.box = {0, 0, 90, 30}};
  add_heat(scene, map, {0, 0, 90, 30}, 2, true, {});
  const auto& rgba = std::get<Image>(scene.marks[0]).rgba;
  const auto at = [&](std::size_t i) { return Color{rgba[4 * i], rgba[4 * i + 1], rgba[4 * i + 2]}; };
  CHECK(at(0) == color_at(Scale::orange_blue, -0.5));
  CHECK(at(1) == color_at(Scale::orange_blue, 0));
  CHECK(at(2) == color_at(Scale::orange_blue, 1));
  Scene bar{.box = {0, 0, 200, 30}};
  add_heat_bar(bar, {0, 0, 200, 24}, 2, true, {});
  CHECK(says(bar, "−2"));
  Scene from_zero{.box = {0, 0, 200, 30}};
  add_heat_bar(from_zero, {0, 0, 200, 24}, 2, false, {});
  CHECK_FALSE(says(from_zero, "−"));
}

TEST_CASE("the picture of relevance says what pixels and biases add up to, and what is missing", "[explain]") {
  const Study study = convolutions().study();
  const Scene whole = scene_of(study, "relevance", {{"rule", 0}}), leaking = scene_of(study, "relevance", {{"epsilon", 5}});
  CHECK(says(whole, "pixels "));
  CHECK(says(whole, "biases "));
  CHECK_FALSE(says(whole, "missing"));
  CHECK(says(leaking, "missing"));
}

TEST_CASE("classes are chosen by pressing them, for all views at once", "[explain]") {
  const Study study = convolutions().study();
  const Scene scene = scene_of(study, "saliency");
  for (int k = 1; k <= 8; k++) CHECK(find(scene, on_press({{"target", 2}, {"class", double(k)}})) != nullptr);
  CHECK(find(scene, on_press({{"target", 1}})) != nullptr);
  CHECK(find(scene, on_press({{"score", 1}})) != nullptr);
  for (const Option& option : target_options()) CHECK(option.shared);
  CHECK(says(scene_of(study, "saliency", class_of(3)), "why the class 2"));
}

TEST_CASE("relevance flows from stage to stage with nothing lost but what biases take", "[explain]") {
  for (const MadeStudy* made : {&convolutions(), &averages()}) {
    const Study study = made->study();
    const Numbers numbers = numbers_for(study, "flow", {{"rule", 0}});
    const nn::ConstView sums = rows_of(numbers["sums"]);
    double size = 0;
    for (Index i = 0; i < sums.rows; i++) size = std::max(size, std::abs(double(sums(i, 0))));
    for (Index i = 0; i + 1 < sums.rows; i++)
      CHECK(double(sums(i, 0)) == Approx(double(sums(i + 1, 0) - sums(i + 1, 1))).margin(1e-4 * size));
    CHECK(double(sums(0, 0)) == Approx(sum_of(rows_of(numbers["back0"]))).margin(1e-4 * size));
    const Scene scene = method("flow").layout(numbers, large, {});
    CHECK(says(scene, "conv1"));
    CHECK(says(scene, "bias "));
  }
}

TEST_CASE("a reconstruction is what the method of that name says of the unit's place in that image", "[explain]") {
  Study study = convolutions().study();
  const Numbers numbers = numbers_for(study, "reconstruct", {{"stage", 2}, {"unit", 2}, {"units", 1}, {"back", 2}});
  const nn::ConstView places = rows_of(numbers["places"]), maps = rows_of(numbers["maps"]);
  CHECK(numbers["maps"].shape == std::vector<Index>{1, 9, 8, 8});
  for (Index n = 0; n < 9; n++) {
    if (n > 0) CHECK(places(n, 4) <= places(n - 1, 4));
    study.example = Index(places(n, 5));
    const Explainer& guided = explainer("guided");
    const Explanation e = explained(guided, study, arguments(method_of(guided), unit_of(2, 2)));  // at the largest place
    CHECK(double(e.score) == Approx(double(places(n, 4))));
    CHECK(distance(collapsed(e), nn::ConstView{maps.row(8 * n), 8, 8, 8}) < 1e-5);
  }
}

TEST_CASE("every explainer has something to say of the run that it ships with", "[explain]") {
  std::map<std::string, std::unique_ptr<Workbench>> runs;
  for (const Explainer& e : explainers()) {
    auto& bench = runs[shipped_run(e.name).string()];
    if (!bench) bench = Workbench::open(shipped_run(e.name), "");
    const Numbers numbers = numbers_for(bench->study(30), e.name);
    INFO(e.name);
    const nn::ConstView map = rows_of(numbers.tensors.front());
    CHECK(extent(map) > 0);
  }
}
