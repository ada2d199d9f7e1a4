// The decision boundary: what the network says over the plane of its two inputs, or along a single one, with the data.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/methods.h"
#include "viz/plane.h"
#include "viz/text.h"

namespace viz::boundary {

namespace {

using nn::Real;

// Tensor "curve" [points, 1 + outputs]: x and the outputs there.
void add_curve(Numbers& numbers, const Study& study, int points) {
  const Range x = plane_of(study).x;
  nn::Matrix raw(points, 1);
  for (int i = 0; i < points; i++) raw(i, 0) = Real(x.low + (x.high - x.low) * i / (points - 1));
  const Activations values(study, study.inputs_of(raw));
  const nn::ConstView a = values.output();
  std::vector<Real> all;
  for (int i = 0; i < points; i++) {
    all.push_back(raw(i, 0));
    for (nn::Index k = 0; k < a.rows; k++) all.push_back(a(k, i));
  }
  numbers.tensors.push_back(tensor_of_reals("curve", {points, 1 + a.rows}, std::move(all)));
  const bool sigmoid = a.rows == 1 && std::holds_alternative<nn::Activate>(study.model.last()) &&
                       std::get<nn::Activate>(study.model.last()).sigma == nn::Function::sigmoid;
  numbers.tensors.push_back(tensor_of_reals("span", {2}, {Real(a.rows > 1 || sigmoid ? 0 : -1), 1}));
}

// Examples of a class lie where the output for that class should be.
Point place(const Numbers& numbers, const Axes& frame, nn::ConstView points, nn::Index i) {
  const nn::ConstView span = rows_of(numbers["span"]);
  const std::size_t classes = words_of(numbers, "classes").size();
  double y = points(i, 1);
  if (classes) y = classes == 2 && rows_of(numbers["curve"]).columns == 2 ? span(0, int(y)) : 1;
  return frame.at(points(i, 0), y);
}

Scene draw_curve(const Numbers& numbers, Box box, const Style& style) {
  const nn::ConstView curve = rows_of(numbers["curve"]);
  const auto& classes = words_of(numbers, "classes");
  Scene scene = sheet(box, style);
  const Box room = add_title(scene, "Output", words_of(numbers, "moment")[0], style);
  Plot plot{.x_label = word_at(words_of(numbers, "inputs"), 0), .y_label = "output"};
  for (nn::Index k = 1; k < curve.columns; k++) {
    Series series{.name = curve.columns == 2 ? "network" : word_at(classes, k - 1), .width = 2};
    series.color = curve.columns == 2 ? style.theme->accent : class_color(int(k) - 1, classes.size(), style.scale);
    for (nn::Index i = 0; i < curve.rows; i++) series.x.push_back(curve(i, 0)), series.y.push_back(curve(i, k));
    plot.series.push_back(std::move(series));
  }
  double low = INFINITY, high = -INFINITY;  // of points and curves together
  const auto reach = [&](double y) {
    if (std::isfinite(y)) low = std::min(low, y), high = std::max(high, y);
  };
  for (const Series& series : plot.series) std::ranges::for_each(series.y, reach);
  if (!classes.empty()) reach(rows_of(numbers["span"])(0, 0)), reach(1);
  for (const char* part : {"train", "test"})
    if (numbers.has(part) && classes.empty())
      for (nn::Index i = 0; i < rows_of(numbers[part]).rows; i++) reach(rows_of(numbers[part])(i, 1));
  if (low < high) plot.y_range = Range{low - 0.06 * (high - low), high + 0.06 * (high - low)};
  const Axes frame = axes(plot, room);
  scene.append(draw(plot, room, *style.theme));
  if (frame.empty) return scene;
  for (const char* part : {"train", "test"}) {
    if (!numbers.has(part)) continue;
    const nn::ConstView points = rows_of(numbers[part]);
    for (nn::Index i = 0; i < points.rows; i++) {
      const Color color = classes.empty() ? category(1) : class_color(int(points(i, 1)), classes.size(), style.scale);
      PointWords words = point_words(numbers, part, i);
      add_point(scene, place(numbers, frame, points, i), std::clamp(frame.area.width / 120, 1.6, 4.0), color, part[1] == 'e',
                std::move(words.id), std::move(words.tip));
    }
  }
  return scene;
}

struct Entry {
  std::string words;
  Color color;
  bool ring;
};

// What the colours and the marks mean, from the top; what does not fit is left out.
void add_legend(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  using figure::small;
  const auto& classes = words_of(numbers, "classes");
  std::vector<Entry> entries;
  for (std::size_t k = 0; k < classes.size(); k++) entries.push_back({classes[k], class_color(int(k), classes.size(), style.scale), false});
  entries.push_back({"train", style.theme->muted, false});
  if (numbers.has("test")) entries.push_back({"test", style.theme->muted, true});
  if (rows_of(numbers["output"]).columns == 1 && room.width >= 80 && room.height >= 60) {
    const nn::ConstView span = rows_of(numbers["span"]);
    add_color_bar(scene, room.cut_bottom(26), {span(0, 0), span(0, 1)}, style);
    room.cut_bottom(6);
  }
  double x = room.x, y = room.y;
  for (const Entry& entry : entries) {
    const double width = std::min(room.width, 16 + text_width(entry.words, small) + 12);
    if (x > room.x && x + width > room.right()) x = room.x, y += 18;
    if (y + 18 > room.bottom() + 1) return;
    add_point(scene, {x + 6, y + 9}, 4, entry.color, entry.ring);
    add_words(scene, {x + 16, y + 9 + cap_height(small) / 2}, entry.words, width - 16, style.theme->text);
    x += room.width < 140 ? room.width : width;
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const nn::Index inputs = study.set.inputs.columns();
  const int resolution = int(options.at("resolution"));
  if (inputs != 1 && inputs != 2)
    throw std::invalid_argument("boundary: the data have " + std::to_string(inputs) +
                                " inputs and a plane has two; try 'hidden', 'weights' or 'confusion'");
  Numbers numbers;
  add_names(numbers, study);
  numbers.words["inputs"] = study.set.input_names;  // of the axes, whatever goes into the network
  if (inputs == 1) {
    add_curve(numbers, study, resolution);
  } else {
    add_output(numbers, study, resolution);
    if (options.at("discretize") == 1) discretize(numbers);
  }
  add_points(numbers, study, options.at("test") == 1);
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  if (numbers.has("curve")) return draw_curve(numbers, box, style);
  Scene scene = sheet(box, style);
  const Box room = add_title(scene, "Output over the plane", words_of(numbers, "moment")[0], style);
  const auto& names = words_of(numbers, "inputs");
  const bool beside = room.width - room.height > 40;
  const double words = beside ? std::clamp(room.width - room.height, 74.0, 150.0) : 0;  // the width of a legend at the right
  const double below = beside ? 0 : 50;                                                 // or its height below
  const double side = std::max(20.0, std::floor(std::min(room.width - axes_left - words - 10, room.height - axes_below - below - 4)));
  const double left = std::max(0.0, (room.width - axes_left - side - words) / 2);
  const Box area{std::round(room.x + left + axes_left), std::round(room.y + 4), side, side};
  const Box legend = beside ? Box{area.right() + 16, area.y, words - 16, side} : room.bottom(below);
  scene.add(output_image(numbers, area, style.scale));
  add_data(scene, numbers, area, style.scale);
  scene.add(Rect{.box = area, .stroke = style.theme->line});
  const nn::ConstView plane = rows_of(numbers["plane"]);
  add_axes(scene, area, {plane(0, 0), plane(0, 1)}, {plane(0, 2), plane(0, 3)}, word_at(names, 0), word_at(names, 1), *style.theme);
  add_legend(scene, numbers, legend, style);
  return scene;
}

}  // namespace viz::boundary
