// Drawing the output over the plane, and the data on it.
#include <algorithm>
#include <cmath>

#include "viz/color_table.h"
#include "viz/plane.h"

namespace viz {

namespace {

using nn::Real;

void append(Image& image, Color color) { image.rgba.insert(image.rgba.end(), {color.r, color.g, color.b, color.a}); }

std::size_t classes_of(const Numbers& numbers) { return words_of(numbers, "classes").size(); }

// The classes' colours mixed by the outputs as parts of one; by equal parts where none is positive.
class Mixture {
 public:
  Mixture(nn::Index outputs, std::size_t classes, Scale scale) {
    for (nn::Index k = 0; k < outputs; k++) colors_.push_back(class_color(int(k), classes, scale));
  }

  Color operator()(const Real* y) const {
    const std::size_t n = colors_.size();
    Real sum = 0;
    bool number = true;
    for (std::size_t k = 0; k < n; k++) sum += std::max(Real(0), y[k]), number = number && y[k] == y[k];
    if (!number || std::isinf(sum)) return not_a_number;
    float r = 0, g = 0, b = 0;
    for (std::size_t k = 0; k < n; k++) {
      const Real part = sum == 0 ? 1 / Real(n) : std::max(Real(0), y[k]) / sum;
      r += part * colors_[k].r, g += part * colors_[k].g, b += part * colors_[k].b;
    }
    return {byte(r), byte(g), byte(b)};
  }

 private:
  static std::uint8_t byte(float channel) { return std::uint8_t(std::min(channel + 0.5f, 255.0f)); }
  std::vector<Color> colors_;
};

}  // namespace

Color class_color(int k, std::size_t classes, Scale scale) { return classes == 2 ? color_at(scale, k, 0, 1) : category(k); }

Color target_color(const Numbers& numbers, double target, Scale scale) {
  if (const std::size_t classes = classes_of(numbers)) return class_color(int(target), classes, scale);
  const nn::ConstView span = rows_of(numbers["span"]);
  return color_at(scale, target, span(0, 0), span(0, 1));
}

Image output_image(const Numbers& numbers, Box box, Scale scale) {
  const nn::Tensor& output = numbers["output"];
  const nn::ConstView y = rows_of(output), span = rows_of(numbers["span"]);
  Image image{.box = box, .width = int(output.shape[1]), .height = int(output.shape[0])};
  if (y.columns == 1) {
    image = heat({y.data, image.height, image.width, image.width}, box, scale, span(0, 0), span(0, 1));
  } else if (y.columns == 2 && classes_of(numbers) == 2) {
    const ColorTable color(scale, 0, 1);
    for (nn::Index i = 0; i < y.rows; i++) {
      const Real p = std::max(Real(0), y(i, 0)), q = std::max(Real(0), y(i, 1));
      append(image, color(y(i, 0) != y(i, 0) ? y(i, 0) : p + q == 0 ? Real(0.5) : q / (p + q)));
    }
  } else {
    const Mixture color(y.columns, classes_of(numbers), scale);
    for (nn::Index i = 0; i < y.rows; i++) append(image, color(y.row(i)));
  }
  image.smooth = true;
  return image;
}

void add_point(Scene& scene, Point at, double radius, Color color, bool ring, std::string id, std::string tip) {
  constexpr Color white{0xff, 0xff, 0xff}, edge{0x1f, 0x29, 0x33};
  color = mix(color, edge, 0.25);  // darker than the map where it is right
  Circle circle{.center = at, .radius = radius, .id = std::move(id), .tip = std::move(tip)};
  if (ring) {
    circle.fill = white, circle.stroke = with_alpha(edge, 0.6), circle.line_width = 0.8;
    scene.add(std::move(circle));
    scene.add(Circle{.center = at, .radius = radius * 0.78, .stroke = color, .line_width = radius * 0.44});
  } else {
    circle.fill = color, circle.stroke = white, circle.line_width = std::max(0.6, radius / 4);
    scene.add(std::move(circle));
  }
}

PointWords point_words(const Numbers& numbers, const std::string& part, nn::Index i) {
  nn::Index all = 0;
  for (const char* each : {"train", "test"})
    if (numbers.has(each)) all += numbers[each].shape[0];
  if (all > 600) return {};
  const nn::ConstView points = rows_of(numbers[part]);
  const auto &names = words_of(numbers, "columns"), &classes = words_of(numbers, "classes");
  const std::string row = std::to_string(whole_numbers(numbers, part + " rows")[std::size_t(i)]);
  std::string tip = "example " + row + " (" + part + "): ";
  for (nn::Index k = 0; k + 1 < points.columns; k++)
    tip.append(word_at(names, k)).append(" ").append(number_words(points(i, k))).append(", ");
  const double target = points(i, points.columns - 1);
  return {"point:" + row, tip + (classes.empty() ? "value " + number_words(target) : word_at(classes, nn::Index(target)))};
}

void add_data(Scene& scene, const Numbers& numbers, Box area, Scale scale) {
  const nn::ConstView plane = rows_of(numbers["plane"]);
  const Range x{plane(0, 0), plane(0, 1)}, y{plane(0, 2), plane(0, 3)};
  const double radius = std::clamp(area.width / 75, 1.6, 4.5);
  scene.add(ClipStart{area});
  for (const std::string part : {"train", "test"}) {
    if (!numbers.has(part)) continue;
    const nn::ConstView points = rows_of(numbers[part]);
    for (nn::Index i = 0; i < points.rows; i++) {
      const Point at{area.x + (points(i, 0) - x.low) / (x.high - x.low) * area.width,
                     area.bottom() - (points(i, 1) - y.low) / (y.high - y.low) * area.height};
      PointWords words = point_words(numbers, part, i);
      add_point(scene, at, radius, target_color(numbers, points(i, 2), scale), part == "test", std::move(words.id), std::move(words.tip));
    }
  }
  scene.add(ClipEnd{});
}

}  // namespace viz
