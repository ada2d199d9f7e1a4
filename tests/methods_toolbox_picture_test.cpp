// The toolbox draws top images with the right pixels, and its keys and clicks do as they say.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_toolbox.h"
#include "viz/figure.h"
#include "viz/link.h"
#include "viz/receptive_field.h"
#include "viz/top_images.h"

using namespace toolbox_test;

namespace {

bool has_text(const Scene& scene, const std::string& part) {
  return std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string.find(part) != std::string::npos;
  });
}

// The images that lie within the mark with this id.
std::vector<Image> images_in(const Scene& scene, const std::string& id) {
  const Mark* mark = find(scene, id);
  INFO("looking for " << id);
  REQUIRE(mark);
  std::vector<Image> images;
  for (const Mark& other : scene.marks)
    if (const auto* image = std::get_if<Image>(&other); image && bounds(*mark)->contains(image->box.center())) images.push_back(*image);
  return images;
}

// Grey pixels of a row of the data, 0 outside of the picture.
std::vector<float> pixels_of(const Study& study, Index row, const Pixels& part) {
  std::vector<float> pixels;
  const nn::Shape shape = study.set.shape;
  for (Index i = part.top; i < part.bottom(); i++)
    for (Index j = part.left; j < part.right(); j++)
      pixels.push_back(i < 0 || j < 0 || i >= shape.height || j >= shape.width ? 0 : float(study.set.inputs(row, i * shape.width + j)));
  return pixels;
}

std::string unit_id(Index unit) { return on_press({{"unit", double(unit + 1)}}); }
std::string example_id(Index row) { return on_press({{"example", double(row)}, {"row", 0}, {"column", 0}}); }

}  // namespace

TEST_CASE("the top images stand beside the pixels that made the unit speak") {
  const MadeStudy& made = named("convolutions");
  const Study study = made.study();
  const std::vector<Stage> all = stages_of(study);
  const ReceptiveFields fields(study.model, all);
  for (const char* name : {"relu1", "maxpool1"}) {
    const Index stage = stage_named(study, name), unit = 1;
    const std::vector<Peak> expected = top_images(study, std::size_t(stage), 500)[std::size_t(unit)];
    const Scene scene = drawn(study, {{"stage", double(stage)}, {"unit", double(unit + 1)}});
    REQUIRE(expected.size() == 9);
    for (const Peak& peak : expected) {
      const Index row = study.split.train[std::size_t(peak.image)];
      const std::vector<Image> images = images_in(scene, example_id(row));
      REQUIRE(images.size() == 2);
      CHECK(images[0].numbers == pixels_of(study, row, {0, 0, 8, 8}));
      const Pixels field = fields.field(std::size_t(stage), peak.row, peak.column);
      REQUIRE(field.height < 8);
      CHECK(images[1].numbers == pixels_of(study, row, field));
      CHECK(
          has_text(scene, number_words(double(peak.value)) + " · " + made.set.class_names[std::size_t(made.set.labels[std::size_t(row)])]));
    }
    CHECK(has_text(scene, "top 9 of 54 training images"));
  }
  // A unit that sees all has the whole picture alone.
  const Index stage = stage_named(study, "dense1");
  const Index row = study.split.train[std::size_t(top_images(study, std::size_t(stage), 500)[0][0].image)];
  CHECK(images_in(drawn(study, {{"stage", double(stage)}}), example_id(row)).size() == 1);
}

TEST_CASE("in pattern mode each unit of the grid is the pixels of its best training image") {
  const Study study = named("convolutions").study();
  const Index stage = stage_named(study, "maxpool1");
  const ReceptiveFields fields(study.model, stages_of(study));
  const auto best = top_images(study, std::size_t(stage), 500, 1);
  const Scene pattern = drawn(study, {{"stage", double(stage)}, {"pattern", 1}}), plain = drawn(study, {{"stage", double(stage)}});
  const Numbers numbers = toolbox(study, {{"stage", double(stage)}});
  for (Index unit = 0; unit < 4; unit++) {
    const Peak peak = best[std::size_t(unit)][0];
    const std::vector<Image> images = images_in(pattern, unit_id(unit));
    REQUIRE(images.size() == 1);
    CHECK(images[0].numbers ==
          pixels_of(study, study.split.train[std::size_t(peak.image)], fields.field(std::size_t(stage), peak.row, peak.column)));
    const auto first = reals(numbers, "maps").begin() + unit * 16;
    CHECK(images_in(plain, unit_id(unit))[0].numbers == std::vector<float>(first, first + 16));
  }
}

TEST_CASE("keys move through units and stages, stay inside, and change what is shown") {
  const Study study = named("convolutions").study();
  const double stage = double(stage_named(study, "relu2"));  // 6 maps
  const auto keys = [&](double unit, Arguments options = {}) {
    options["stage"] = stage, options["unit"] = unit;
    return drawn(study, options);
  };
  const auto unit_after = [](const Scene& scene, const char* key) { return keyed(scene, key)->at(0); };
  using Setting = std::pair<std::string, double>;
  const Scene first = keys(1), middle = keys(3), last = keys(6);
  const Mark* left = find(first, unit_id(0));
  int columns = 1;  // of the grid: tiles in the row of the first
  while (columns < 6 && std::abs(bounds(*find(first, unit_id(columns)))->center().y - bounds(*left)->center().y) < 1) columns++;
  REQUIRE(columns > 1);
  REQUIRE(columns < 6);
  for (const char* key : {"right", "l"}) {
    CHECK(unit_after(middle, key) == Setting{"unit", 4});
    CHECK(unit_after(last, key) == Setting{"unit", 6});
  }
  for (const char* key : {"left", "j"}) {
    CHECK(unit_after(middle, key) == Setting{"unit", 2});
    CHECK(unit_after(first, key) == Setting{"unit", 1});
  }
  for (const char* key : {"down", "k"}) {
    CHECK(unit_after(first, key) == Setting{"unit", double(1 + columns)});
    CHECK(unit_after(last, key) == Setting{"unit", 6});
  }
  for (const char* key : {"up", "i"}) {
    CHECK(unit_after(last, key) == Setting{"unit", double(6 - columns)});
    CHECK(unit_after(first, key) == Setting{"unit", 1});
  }
  for (const char* key : {"o", "page down"}) CHECK(*keyed(middle, key) == Settings{{"stage", stage + 1}, {"row", 0}, {"column", 0}});
  for (const char* key : {"u", "page up"}) CHECK(*keyed(middle, key) == Settings{{"stage", stage - 1}, {"row", 0}, {"column", 0}});
  CHECK(keyed(drawn(study, {{"stage", 0}}), "u")->at(0) == Setting{"stage", 0});
  CHECK(keyed(drawn(study, {{"stage", 100}}), "o")->at(0) == Setting{"stage", double(stage_named(study, "softmax"))});
  CHECK(*keyed(middle, "s") == Settings{{"pattern", 1}});
  CHECK(*keyed(keys(3, {{"pattern", 1}}), "s") == Settings{{"pattern", 0}});
  for (int back = 0; back < 4; back++) CHECK(*keyed(keys(3, {{"back", back}}), "b") == Settings{{"back", double((back + 1) % 4)}});
}

TEST_CASE("a click chooses a unit, a stage, a place of the large map or an example, and the pointer reads its number") {
  const Study study = named("convolutions").study();
  const Numbers numbers = toolbox(study, {{"stage", 2}, {"unit", 3}});
  const Scene scene = method("toolbox").layout(numbers, {0, 0, 1280, 800}, {});
  CHECK(pressed(pick(scene, bounds(*find(scene, unit_id(1)))->center())) == Settings{{"unit", 2}});
  const Mark* pixel = find(scene, on_press({{"row", 4}, {"column", 7}}));
  REQUIRE(pixel);
  const Point at = bounds(*pixel)->center();
  CHECK(pressed(pick(scene, at)) == Settings{{"row", 4}, {"column", 7}});
  char number[40];
  std::snprintf(number, sizeof number, "relu1 3 · row 4, column 7: %.4g", double(reals(numbers, "maps")[2 * 64 + 3 * 8 + 6]));
  CHECK(tip_at(scene, at) == number);
  CHECK(find(scene, on_press({{"stage", 5}, {"row", 0}, {"column", 0}})));
  // What was chosen is what is shown then.
  const Numbers there = toolbox(study, {{"stage", 2}, {"unit", 3}, {"row", 4}, {"column", 7}});
  CHECK(reals(there, "chosen") == std::vector<Real>{2, 2, 3, 6, 1});
}

TEST_CASE("a unit that is 0 on all images is called dead, one that is 0 here is not") {
  MadeStudy made = make_study({"dead", "conv 3 3x3, relu, dense 8, softmax", made_pictures(60, 8), false, nn::Loss::cross_entropy, 1});
  for (Index k = 0; k < 9; k++) {
    made.trainer->set_weight("conv1.weight", 1, k, 0);
    made.trainer->set_weight("conv1.weight", 2, k, k == 4 ? Real(1) : Real(0));  // the pixel in the middle
  }
  made.trainer->set_weight("conv1.bias", 1, 0, -1);
  made.trainer->set_weight("conv1.bias", 2, 0, -1000);
  const Scene dead = drawn(made.study(), {{"stage", 2}, {"unit", 2}});
  CHECK(has_text(dead, "dead"));
  CHECK(has_text(dead, "dead: 0 on all of 36 training images"));
  CHECK(tip_at(dead, bounds(*find(dead, unit_id(1)))->center()).find("dead: 0 on all of 36") != std::string::npos);
  // Of the third only bright pixels are left: some images have one, and the example has none.
  const nn::Matrix& all = made.set.inputs;
  std::vector<std::pair<Real, Index>> brightest;
  for (Index n = 0; n < all.rows(); n++) {
    Real most = 0;
    for (Index i = 1; i < 7; i++)
      for (Index j = 1; j < 7; j++) most = std::max(most, all(n, i * 8 + j));
    brightest.emplace_back(most, n);
  }
  std::sort(brightest.begin(), brightest.end());
  made.trainer->set_weight("conv1.bias", 2, 0, -brightest[30].first);
  Study study = made.study();
  study.example = brightest[0].second;
  const Scene quiet = drawn(study, {{"stage", 2}, {"unit", 3}});
  CHECK(has_text(quiet, "0 everywhere"));
  CHECK(has_text(quiet, "top 9 of 36"));
}
