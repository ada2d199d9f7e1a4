// The output over the plane.
#include "viz/plane.h"

#include <algorithm>
#include <cmath>

namespace viz {

namespace {

using nn::Real;

// The values of the output that are the ends of the colours.
std::vector<Real> span_of(const Study& study) {
  if (study.set.classification()) {
    const auto* last = std::get_if<nn::Activate>(&study.model.last());
    const bool from_zero = study.model.outputs() > 1 || (last && last->sigma == nn::Function::sigmoid);
    return {Real(from_zero ? 0 : -1), 1};
  }
  double low = 0, high = 0;
  for (nn::Index i = 0; i < study.train.count(); i++) {
    const double y = study.train.targets(i, 0);
    low = std::min(low, y), high = std::max(high, y);
  }
  const double most = std::max({-low, high, 1e-6});
  return {Real(low < 0 ? -most : 0), Real(high > 0 || low == 0 ? most : 0)};
}

void add_part(Numbers& numbers, const Study& study, const char* name, const std::vector<int>& rows, const nn::Examples& examples) {
  std::vector<Real> all;
  const nn::Matrix& inputs = study.set.inputs;
  for (std::size_t i = 0; i < rows.size(); i++) {
    all.insert(all.end(), inputs.view().row(rows[i]), inputs.view().row(rows[i]) + inputs.columns());
    all.push_back(study.set.classification() ? Real(study.set.labels[static_cast<std::size_t>(rows[i])])
                                             : examples.targets(nn::Index(i), 0));
  }
  numbers.tensors.push_back(tensor_of_reals(name, {nn::Index(rows.size()), inputs.columns() + 1}, std::move(all)));
}

std::size_t classes_of(const Numbers& numbers) { return words_of(numbers, "classes").size(); }

// Outputs as parts of one; equal parts where none is positive.
std::vector<double> shares(const Real* y, nn::Index outputs) {
  std::vector<double> parts;
  double sum = 0;
  for (nn::Index k = 0; k < outputs; k++) sum += parts.emplace_back(std::isnan(y[k]) ? NAN : std::max(0.0, double(y[k])));
  for (double& part : parts) part = sum == 0 ? 1.0 / double(outputs) : part / sum;
  return parts;
}

}  // namespace

void add_output(Numbers& numbers, const Study& study, int resolution) {
  const Plane plane = plane_of(study);
  const Activations values(study, study.inputs_of(grid(plane, resolution)));
  const nn::ConstView a = values.output();
  const nn::Index outputs = study.set.classification() ? a.rows : 1;
  std::vector<Real> all;
  for (nn::Index j = 0; j < a.columns; j++)
    for (nn::Index i = 0; i < outputs; i++) all.push_back(a(i, j));
  numbers.tensors.push_back(tensor_of_reals("output", {resolution, resolution, outputs}, std::move(all)));
  numbers.tensors.push_back(tensor_of_reals("plane", {4}, {Real(plane.x.low), Real(plane.x.high), Real(plane.y.low), Real(plane.y.high)}));
  numbers.tensors.push_back(tensor_of_reals("span", {2}, span_of(study)));
}

void add_points(Numbers& numbers, const Study& study, bool test) {
  add_part(numbers, study, "train", study.split.train, study.train);
  if (test) add_part(numbers, study, "test", study.split.test, study.test);
}

void discretize(Numbers& numbers) {
  const std::size_t classes = classes_of(numbers);
  const nn::ConstView span = rows_of(numbers["span"]);
  const Real low = span(0, 0), high = span(0, 1), steps = classes ? 1 : 9;
  for (nn::Tensor& tensor : numbers.tensors) {
    if (tensor.name != "output") continue;
    auto& all = std::get<std::vector<Real>>(tensor.numbers);
    const std::size_t outputs = static_cast<std::size_t>(tensor.shape.back());
    for (std::size_t i = 0; i < all.size(); i += outputs) {
      if (outputs == 1) {
        const Real share = std::clamp((all[i] - low) / (high - low), Real(0), Real(1));
        all[i] = low + std::round(share * steps) / steps * (high - low);
        continue;
      }
      const auto first = all.begin() + std::ptrdiff_t(i), end = first + std::ptrdiff_t(outputs);
      const auto said = std::max_element(first, end) - first;
      std::fill(first, end, Real(0));
      first[said] = 1;
    }
  }
}

Color class_color(int k, std::size_t classes, Scale scale) { return classes == 2 ? color_at(scale, k, 0, 1) : category(k); }

Color target_color(const Numbers& numbers, double target, Scale scale) {
  if (const std::size_t classes = classes_of(numbers)) return class_color(int(target), classes, scale);
  const nn::ConstView span = rows_of(numbers["span"]);
  return color_at(scale, target, span(0, 0), span(0, 1));
}

Image output_image(const Numbers& numbers, Box box, Scale scale) {
  const nn::Tensor& output = numbers["output"];
  const nn::ConstView y = rows_of(output), span = rows_of(numbers["span"]);
  const bool two = classes_of(numbers) == 2;
  Image image{.box = box, .width = int(output.shape[1]), .height = int(output.shape[0]), .smooth = true};
  for (nn::Index i = 0; i < y.rows; i++) {
    Color color;
    if (y.columns == 1)
      color = color_at(scale, y(i, 0), span(0, 0), span(0, 1));
    else
      color = two ? color_at(scale, shares(y.row(i), 2)[1], 0, 1) : blend(shares(y.row(i), y.columns));
    image.rgba.insert(image.rgba.end(), {color.r, color.g, color.b, color.a});
  }
  return image;
}

void add_point(Scene& scene, Point at, double radius, Color color, bool ring) {
  constexpr Color white{0xff, 0xff, 0xff}, edge{0x1f, 0x29, 0x33};
  if (!ring) {
    scene.add(Circle{.center = at, .radius = radius, .fill = color, .stroke = white, .line_width = std::max(0.6, radius / 4)});
    return;
  }
  scene.add(Circle{.center = at, .radius = radius, .fill = white, .stroke = with_alpha(edge, 0.6), .line_width = 0.8});
  scene.add(Circle{.center = at, .radius = radius * 0.78, .stroke = color, .line_width = radius * 0.44});
}

void add_data(Scene& scene, const Numbers& numbers, Box area, Scale scale) {
  const nn::ConstView plane = rows_of(numbers["plane"]);
  const Range x{plane(0, 0), plane(0, 1)}, y{plane(0, 2), plane(0, 3)};
  const double radius = std::clamp(area.width / 75, 1.6, 4.5);
  scene.add(ClipStart{area});
  for (const char* part : {"train", "test"}) {
    if (!numbers.has(part)) continue;
    const nn::ConstView points = rows_of(numbers[part]);
    for (nn::Index i = 0; i < points.rows; i++) {
      const Point at{area.x + (points(i, 0) - x.low) / (x.high - x.low) * area.width,
                     area.bottom() - (points(i, 1) - y.low) / (y.high - y.low) * area.height};
      add_point(scene, at, radius, target_color(numbers, points(i, 2), scale), part[1] == 'e');
    }
  }
  scene.add(ClipEnd{});
}

}  // namespace viz
