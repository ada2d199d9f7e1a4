// Pictures, rows of numbers, signs and bars.
#include "viz/examples.h"

#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/pictures.h"
#include "viz/text.h"

namespace viz {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

bool is_picture(const nn::Tensor& tensor) { return tensor.shape.size() == 3; }

Box middle(Box box, double aspect) {
  const double width = std::min(box.width, box.height / aspect);
  return {box.center().x - width / 2, box.center().y - width * aspect / 2, width, width * aspect};
}

Index channels_of(const Numbers& numbers) { return Index(rows_of(numbers["white"])(0, 1)); }

std::string number_of(const Numbers& numbers, nn::ConstView row, Index k) {
  return word_at(words_of(numbers, "input names"), k) + " " + number_words(row(0, k));
}

}  // namespace

bool are_pictures(const data::Dataset& set) {
  return set.shape.height > 1 && set.shape.width > 1 && (set.shape.channels == 1 || set.shape.channels == 3);
}

bool reads_pictures(const Study& study) { return are_pictures(study.set) && study.model.input == study.set.shape; }

void require_pictures(const Study& study, std::string_view who) {
  if (!reads_pictures(study))
    throw std::invalid_argument(std::string(who) + ": the network reads " + count_words(study.model.input.size()) +
                                " numbers and no picture; a run that learned pictures, such as the digits, would do");
}

Real white_of(const data::Dataset& set) {
  const Index rows = std::min<Index>(set.examples(), 1000);
  Real most = 1;
  for (Index i = 0; i < rows * set.inputs.columns(); i++) most = std::max(most, set.inputs.data()[i]);
  return most;
}

nn::Matrix inputs_at(const data::Dataset& set, std::span<const int> rows) {
  nn::Matrix all(std::ssize(rows), set.inputs.columns());
  for (Index i = 0; i < all.rows(); i++) std::copy_n(set.inputs.view().row(rows[std::size_t(i)]), all.columns(), all.view().row(i));
  return all;
}

void add_examples(Numbers& numbers, std::string name, const Study& study, const nn::Matrix& rows) {
  const nn::Shape shape = study.set.shape;
  std::vector<Index> dimensions = {rows.rows(), rows.columns()};
  if (are_pictures(study.set)) dimensions = {rows.rows(), shape.channels * shape.height, shape.width};
  numbers.tensors.push_back(nn::tensor_of(std::move(name), std::move(dimensions), rows));
  if (numbers.has("white")) return;
  numbers.tensors.push_back(tensor_of_reals("white", {2}, {white_of(study.set), Real(shape.channels)}));
  numbers.words["input names"] = study.set.input_names;
}

double aspect_of(const Numbers& numbers, std::string_view name) {
  const nn::Tensor& tensor = numbers[name];
  return is_picture(tensor) ? double(tensor.shape[1] / channels_of(numbers)) / double(tensor.shape[2]) : 0.6;
}

Box add_example(Scene& scene, const Numbers& numbers, std::string_view name, Index i, Box box, const Style& style) {
  const nn::Tensor& tensor = numbers[name];
  const nn::ConstView all = rows_of(tensor);
  if (is_picture(tensor)) {
    const nn::ConstView maps{all.row(i * tensor.shape[1]), tensor.shape[1], all.columns, all.columns};
    box = middle(box, aspect_of(numbers, name));
    scene.add(picture_image(maps, {channels_of(numbers), maps.rows / channels_of(numbers), maps.columns}, box));
    scene.add(Rect{.box = box, .stroke = style.theme->line});
    return box;
  }
  constexpr double line = 15;
  const nn::ConstView row{all.row(i), 1, all.columns, all.columns};
  const Index fitting = Index(box.height / line), shown = std::min(fitting, row.columns);
  for (Index k = 0; k < shown; k++) {
    const bool more = k + 1 == fitting && row.columns > fitting;
    add_words(scene, {box.x, box.y + line * double(k) + 11},
              more ? "and " + count_words(row.columns - k) + " more" : number_of(numbers, row, k), box.width, style.theme->muted);
  }
  return box;
}

std::string numbers_words(const Numbers& numbers, std::string_view name, Index i) {
  const nn::Tensor& tensor = numbers[name];
  if (is_picture(tensor)) return "";
  const nn::ConstView all = rows_of(tensor), row{all.row(i), 1, all.columns, all.columns};
  std::string words;
  for (Index k = 0; k < std::min<Index>(row.columns, 6); k++) words += (k ? ", " : "") + number_of(numbers, row, k);
  return words + (row.columns > 6 ? ", ..." : "");
}

Color verdict_color(bool right, const Theme& theme) {
  return right ? (&theme == &dark ? Color{0x3c, 0xc8, 0x9b} : Color{0x00, 0x7a, 0x58}) : theme.warning;
}

void add_verdict(Scene& scene, Point center, double size, bool right, const Theme& theme) {
  Path sign{.stroke = verdict_color(right, theme), .line_width = std::max(1.5, size / 6)};
  const double half = size / 2;
  if (right)
    sign.move({center.x - half, center.y})
        .line({center.x - half / 3, center.y + half * 0.7})
        .line({center.x + half, center.y - half * 0.8});
  else
    sign.move({center.x - half * 0.8, center.y - half * 0.8})
        .line({center.x + half * 0.8, center.y + half * 0.8})
        .move({center.x - half * 0.8, center.y + half * 0.8})
        .line({center.x + half * 0.8, center.y - half * 0.8});
  scene.add(std::move(sign));
}

void add_bars(Scene& scene, Box box, const Real* shares, std::span<const int> classes, const std::vector<std::string>& names, int truth,
              double row, const Style& style) {
  const Theme& theme = *style.theme;
  const double size = std::clamp(row * 0.62, 9.0, 13.0);
  double widest = 0;
  for (const int k : classes)  // some letters are wider where they are not bold
    for (const Font font : {Font::regular, Font::bold}) widest = std::max(widest, std::ceil(text_width(word_at(names, k), size, font)));
  const double label = std::min(widest, box.width * 0.38), percent = std::min(text_width("99.9 %", size) + 4, box.width * 0.36);
  const bool numbers = row >= 11 && box.width >= 84;
  const double track = box.width - label - 6 - (numbers ? percent + 6 : 0);
  for (std::size_t i = 0; i < classes.size() && row * double(i + 1) <= box.height + 0.5; i++) {
    const int k = classes[i];
    const Box line{box.x, box.y + row * double(i), box.width, row};
    const double y = line.center().y + cap_height(size) / 2;
    const bool is_truth = k == truth;
    const double share = std::isnan(shares[k]) ? 0 : double(shares[k]);
    const Color color = is_truth ? verdict_color(true, theme) : i == 0 && truth >= 0 ? theme.warning : theme.accent;
    add_words(scene, {line.x + label, y}, word_at(names, k), label, is_truth ? verdict_color(true, theme) : theme.text, Anchor::end, size,
              is_truth ? Font::bold : Font::regular);
    const Box groove{line.x + label + 6, line.center().y - row * 0.3, std::max(0.0, track), row * 0.6};
    if (groove.width < 4) continue;
    scene.add(Rect{.box = groove, .fill = theme.grid, .tip = word_at(names, k) + ": " + percent_words(shares[k])});
    if (share > 0) scene.add(Rect{.box = groove.left(std::max(1.0, groove.width * share)), .fill = color});
    if (numbers) add_words(scene, {line.right(), y}, percent_words(shares[k]), percent, theme.muted, Anchor::end, size);
  }
}

}  // namespace viz
