// Activations and their gradients: numbers by plain loops and by differences, and planted filters.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_numbers.h"
#include "viz/figure.h"
#include "viz/link.h"
#include "viz/neurons.h"
#include "viz/pictures.h"

using nn::Index;
using nn::Real;

namespace {

// One number of a tensor [channels, height, width]; outside of the picture 0.
double at(const nn::Tensor& t, Index c, Index i, Index j) {
  const bool inside = i >= 0 && j >= 0 && i < t.shape[1] && j < t.shape[2];
  return inside ? double(reals(t)[std::size_t((c * t.shape[1] + i) * t.shape[2] + j)]) : 0;
}

// z_o(i,j) = sum_cuv w_ocuv x_c(si+u-p, sj+v-p) + b_o
double convolved(const Study& study, const std::string& layer, const nn::Tensor& x, Index stride, Index pad, Index o, Index i, Index j) {
  const std::size_t place = study.parameters.find(layer + ".weight");
  const nn::ConstView W = study.parameters[place];
  const std::vector<Index>& shape = study.parameters.list()[place].tensor;
  double sum = double(study.parameters[study.parameters.find(layer + ".bias")](o, 0));
  for (Index c = 0; c < shape[1]; c++)
    for (Index u = 0; u < shape[2]; u++)
      for (Index v = 0; v < shape[3]; v++)
        sum += double(W(o, (c * shape[2] + u) * shape[3] + v)) * at(x, c, stride * i + u - pad, stride * j + v - pad);
  return sum;
}

// A network whose filters are set by hand: Sobel across, Sobel down, a centre against its surround, and one that is dead.
MadeStudy planted() {
  MadeStudy made =
      make_study({"planted", "conv 4 3x3 pad 1, relu, dense 8, softmax", made_pictures(40, 8), false, nn::Loss::cross_entropy, 1});
  const double filters[4][9] = {
      {-1, 0, 1, -2, 0, 2, -1, 0, 1}, {-1, -2, -1, 0, 0, 0, 1, 2, 1}, {-1, -1, -1, -1, 8, -1, -1, -1, -1}, {0, 0, 0, 0, 0, 0, 0, 0, 0}};
  for (Index o = 0; o < 4; o++) {
    for (Index k = 0; k < 9; k++) made.trainer->set_weight("conv1.weight", o, k, Real(filters[o][k]));
    made.trainer->set_weight("conv1.bias", o, 0, Real(o == 3 ? -1 : 0));
  }
  return made;
}

Given vertical_bar() {
  Given given{nn::Matrix(1, 64), "a vertical bar"};
  for (Index i = 0; i < 8; i++) given.row(0, i * 8 + 3) = given.row(0, i * 8 + 4) = 1;
  return given;
}

const Image* image_of(const Scene& scene, const std::string& id) { return std::get_if<Image>(find(scene, id)); }

}  // namespace

TEST_CASE("activations are those of plain loops, stage by stage") {
  const Study study = named("convolutions").study();
  const Numbers numbers = run("activations", study);
  CHECK(numbers.words.at("stages") == std::vector<std::string>{"x", "conv1", "relu1", "maxpool1", "conv2", "relu2", "dense1", "softmax"});
  CHECK(numbers.tensors[0].name == "conv1");
  CHECK(run("activations", study, {{"stage", 4}}).tensors[0].name == "conv2");
  for (Index o = 0; o < 4; o++)
    for (Index i = 0; i < 8; i++)
      for (Index j = 0; j < 8; j++) {
        const double z = convolved(study, "conv1", numbers["x"], 1, 1, o, i, j);
        CHECK(at(numbers["conv1"], o, i, j) == Approx(z).margin(1e-5));
        CHECK(at(numbers["relu1"], o, i, j) == Approx(std::max(0.0, z)).margin(1e-5));
      }
  const nn::Tensor &relu = numbers["relu1"], &pooled = numbers["maxpool1"];
  CHECK(at(pooled, 2, 1, 3) == std::max({at(relu, 2, 2, 6), at(relu, 2, 2, 7), at(relu, 2, 3, 6), at(relu, 2, 3, 7)}));
  CHECK(at(numbers["conv2"], 5, 1, 0) == Approx(convolved(study, "conv2", pooled, 1, 0, 5, 1, 0)).margin(1e-5));

  const Study coloured = named("coloured pictures").study();
  const Numbers strided = run("activations", coloured);
  CHECK(strided["conv1"].shape == std::vector<Index>{5, 4, 3});
  CHECK(at(strided["conv1"], 4, 3, 2) == Approx(convolved(coloured, "conv1", strided["x"], 2, 0, 4, 3, 2)).margin(1e-5));
}

TEST_CASE("a map's statistics are its least, mean and largest number and its share of zeros") {
  const Numbers numbers = run("activations", named("convolutions").study());
  const nn::ConstView statistics = rows_of(numbers["relu1 statistics"]);
  for (Index c = 0; c < 4; c++) {
    double least = 1e9, most = -1e9, sum = 0, zeros = 0;
    for (Index i = 0; i < 64; i++) {
      const double value = at(numbers["relu1"], c, i / 8, i % 8);
      least = std::min(least, value), most = std::max(most, value), sum += value, zeros += value == 0;
    }
    CHECK(double(statistics(c, 0)) == least);
    CHECK(double(statistics(c, 1)) == Approx(sum / 64));
    CHECK(double(statistics(c, 2)) == most);
    CHECK(double(statistics(c, 3)) == Approx(zeros / 64));
  }
}

TEST_CASE("activation gradients are slopes of the cost: of a pixel, and summed over a map of its bias") {
  const MadeStudy& made = named("convolutions");
  const Study study = made.study();
  const Numbers numbers = run("activations", study, {{"show", 1}});
  CHECK(numbers.words.at("stages").back() == "dense1");  // softmax and cross-entropy are one
  const nn::Matrix x = study.inputs_of(chosen_example(study)), y = target_of_example(study);
  const double h = sizeof(Real) == 4 ? 1e-3 : 1e-6;
  for (const Index pixel : {3, 27, 36, 60}) {
    nn::Matrix more = x, less = x;
    more(0, pixel) += Real(h), less(0, pixel) -= Real(h);
    const double slope = (Backward(study, more, &y).cost() - Backward(study, less, &y).cost()) / (2 * h);
    CHECK(at(numbers["x"], 0, pixel / 8, pixel % 8) == Approx(slope).margin(2e-3));
  }
  for (const std::string layer : {"conv1", "conv2", "dense1"}) {
    const nn::Tensor& signal = numbers[layer];
    for (Index c = 0; c < signal.shape[0]; c++) {
      double sum = 0;
      for (Index i = 0; i < signal.shape[1] * signal.shape[2]; i++) sum += at(signal, c, i / signal.shape[2], i % signal.shape[2]);
      const double slope = (cost_after(made, x, y, layer + ".bias", c, 0, h) - cost_after(made, x, y, layer + ".bias", c, 0, -h)) / (2 * h);
      INFO(layer << " " << c);
      CHECK(sum == Approx(slope).margin(5e-3));
    }
  }
}

TEST_CASE("gradients of a picture without a label are of the class that the network says, and the picture says so") {
  const MadeStudy& made = named("convolutions");
  Study study = made.study();
  const Given given = vertical_bar();
  study.given = &given;
  const Numbers said = run("activations", study), numbers = run("activations", study, {{"show", 1}});
  const std::vector<Real>& p = reals(said["softmax"]);
  const auto best = std::max_element(p.begin(), p.end()) - p.begin();
  for (Index k = 0; k < 8; k++)  // dC/dz = p - y
    CHECK(at(numbers["dense1"], k, 0, 0) == Approx(double(p[std::size_t(k)]) - (k == best)).margin(1e-6));
  const std::string words = numbers.words.at("cost")[0];
  CHECK(words.find("the class that it says, " + std::to_string(best)) != std::string::npos);
  const Scene scene = drawn("activations", numbers);
  CHECK(std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string == words;
  }));
}

TEST_CASE("planted filters answer to a vertical bar: Sobel across at its edges, Sobel down nowhere inside, the centre on the bar") {
  const MadeStudy made = planted();
  Study study = made.study();
  const Given bar = vertical_bar();
  study.given = &bar;
  const Numbers numbers = run("activations", study);
  const nn::Tensor &z = numbers["conv1"], &a = numbers["relu1"];
  double most = 0;
  for (const Real value : reals(z)) most = std::max(most, double(value));
  for (Index i = 1; i < 7; i++)
    for (Index j = 0; j < 8; j++) {
      CHECK(at(z, 0, i, j) == (j == 2 || j == 3 ? 4 : j == 4 || j == 5 ? -4 : 0));  // the columns at both sides of each edge
      CHECK(at(z, 1, i, j) == 0);
      CHECK(at(z, 2, i, j) == (j == 3 || j == 4 ? 3 : j == 2 || j == 5 ? -3 : 0));
      CHECK(at(a, 0, i, j) == std::max(0.0, at(z, 0, i, j)));
    }
  const Scene scene = drawn("activations", numbers);
  const Image* map = image_of(scene, on_press({{"stage", 1}, {"unit", 1}}));
  REQUIRE(map);
  const Point pixel{map->box.x + map->box.width * 2.5 / 8, map->box.y + map->box.height * 4.5 / 8};
  const std::string tip = tip_at(scene, pixel);
  CHECK(tip.starts_with("conv1, map 1 of 4: −4 to 4, mean 0, 50 % zeros"));
  CHECK(tip.ends_with("row 5, column 3: 4"));
}

TEST_CASE("a dead unit is neutral and has a 0 in its middle, in all ranges") {
  const MadeStudy made = planted();
  for (const double range : {0, 1, 2}) {
    const Scene scene = drawn("activations", run("activations", made.study(), {{"range", range}}));
    const Image *dead = image_of(scene, on_press({{"stage", 2}, {"unit", 4}})),
                *alive = image_of(scene, on_press({{"stage", 2}, {"unit", 2}}));
    REQUIRE((dead && alive));
    const Color neutral = color_at(Scale::orange_blue, 0);
    for (std::size_t i = 0; i < dead->rgba.size(); i += 4) CHECK(Color{dead->rgba[i], dead->rgba[i + 1], dead->rgba[i + 2]} == neutral);
    const auto badge = [&](const Image* image) {
      return std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
        const auto* text = std::get_if<Text>(&mark);
        return text && text->string == "0" && image->box.contains(text->at);
      });
    };
    CHECK(badge(dead));
    CHECK_FALSE(badge(alive));
    CHECK(tip_at(scene, dead->box.center()).find("100 % zeros") != std::string::npos);
  }
}

TEST_CASE("colours of maps span a map, its layer, or all layers but the input") {
  const Study study = named("convolutions").study();
  const auto ranges = [&](double by, const std::string& stage) {
    const Numbers numbers = run("activations", study, {{"range", by}});
    const nn::ConstView s = rows_of(numbers[stage + " statistics"]);
    std::vector<Real> all;
    for (Index i = 0; i < s.rows; i++) all.push_back(s(i, 4));
    return all;
  };
  const Numbers numbers = run("activations", study);
  const auto greatest = [&](const std::string& stage, std::size_t first, std::size_t count) {
    Real most = 0;
    for (std::size_t i = first; i < first + count; i++) most = std::max(most, std::abs(reals(numbers[stage])[i]));
    return most;
  };
  Real most = 0;
  for (const std::string& stage : numbers.words.at("stages"))
    if (stage != "x") most = std::max(most, greatest(stage, 0, reals(numbers[stage]).size()));
  for (std::size_t c = 0; c < 4; c++) {
    CHECK(ranges(0, "conv1")[c] == greatest("conv1", c * 64, 64));
    CHECK(ranges(1, "conv1")[c] == greatest("conv1", 0, 256));
    CHECK(ranges(2, "conv1")[c] == most);
  }
  CHECK(ranges(2, "x")[0] == greatest("x", 0, 64));
  // The pixel that is largest has the end of the scale where its range is its own.
  const Scene scene = drawn("activations", run("activations", study, {{"range", 0}}));
  const Image* map = image_of(scene, on_press({{"stage", 1}, {"unit", 3}}));
  REQUIRE(map);
  const auto size = [](float a, float b) { return std::abs(a) < std::abs(b); };
  const auto at = std::max_element(map->numbers.begin(), map->numbers.end(), size) - map->numbers.begin();
  const Color end = color_at(Scale::orange_blue, map->numbers[std::size_t(at)] > 0 ? 1 : -1);
  CHECK(map->rgba[std::size_t(at) * 4] == end.r);
}

TEST_CASE("a coloured picture stands in its colours before its channels, and keys go through units and stages") {
  const Study study = named("coloured pictures").study();
  const Numbers numbers = run("activations", study, {{"stage", 1}, {"unit", 2}});
  const Scene scene = drawn("activations", numbers);
  const Mark* first = nullptr;
  for (const Mark& mark : scene.marks)
    if (!first && std::holds_alternative<Image>(mark) && std::get<Image>(mark).width == 7) first = &mark;
  REQUIRE(first);
  CHECK(std::get<Image>(*first).rgba == picture_image(chosen_example(study), study.set.shape, {}).rgba);
  for (int channel = 1; channel <= 3; channel++) CHECK(image_of(scene, on_press({{"stage", 0}, {"unit", double(channel)}})));
  CHECK(keyed(scene, "left") == Settings{{"unit", 1}});
  CHECK(keyed(scene, "right") == Settings{{"unit", 3}});
  CHECK(keyed(scene, "up") == Settings{{"stage", 0}});
  CHECK(keyed(scene, "down") == Settings{{"stage", 2}});
}

TEST_CASE("units that have no room are counted") {
  const MadeStudy made = make_study({"wide", "conv 40 3x3, relu, conv 40 3x3, relu, conv 40 3x3, relu, dense 8, softmax",
                                     made_pictures(20, 8), false, nn::Loss::cross_entropy, 0});
  const Scene scene = drawn("activations", run("activations", made.study()), {0, 0, 300, 200});
  int shown = 0;
  for (int i = 1; i <= 40; i++) shown += find(scene, on_press({{"stage", 1}, {"unit", double(i)}})) != nullptr;
  CHECK(shown > 3);
  const std::string words = "and " + std::to_string(40 - shown) + " more";
  CHECK(std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string == words;
  }));
}
