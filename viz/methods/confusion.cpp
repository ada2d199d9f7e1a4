// Which classes are taken for which: rows are true classes, columns are predicted ones.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/figure.h"
#include "viz/methods.h"
#include "viz/text.h"

namespace viz::confusion {

namespace {

using figure::small;
using nn::Index;

// The class that the network says for each row that goes into it.
std::vector<Index> predicted(const Study& study, const nn::Matrix& inputs) {
  const auto* last = std::get_if<nn::Activate>(&study.model.last());
  const nn::Real threshold = last && last->sigma == nn::Function::sigmoid ? nn::Real(0.5) : nn::Real(0);  // as in Trainer::evaluate
  constexpr Index chunk = 1024;
  std::vector<Index> said;
  for (Index first = 0; first < inputs.rows(); first += chunk) {
    const Index count = std::min(chunk, inputs.rows() - first);
    const Activations values(study, nn::Matrix(nn::ConstView{inputs.view().row(first), count, inputs.columns(), inputs.columns()}));
    const nn::ConstView a = values.output();
    for (Index j = 0; j < count; j++) {
      Index best = 0;
      for (Index i = 1; i < a.rows; i++)
        if (a(i, j) > a(best, j)) best = i;
      said.push_back(a.rows == 1 ? a(0, j) > threshold : best);
    }
  }
  return said;
}

double part(double of, double all) { return all > 0 ? of / all : NAN; }
std::string percent(double share, int digits) {
  if (std::isnan(share)) return "–";
  const double scale = digits ? 10 : 1;
  return number_words(std::round(share * 100 * scale) / scale) + " %";
}

struct Counts {
  std::vector<std::int64_t> numbers;
  Index classes;
  double operator()(Index row, Index column) const { return double(numbers[std::size_t(row * classes + column)]); }
  double row(Index i) const { return sum(i, i + 1, 0, classes); }
  double column(Index j) const { return sum(0, classes, j, j + 1); }
  double all() const { return sum(0, classes, 0, classes); }
  double right() const {
    double sum = 0;
    for (Index i = 0; i < classes; i++) sum += (*this)(i, i);
    return sum;
  }
  double sum(Index top, Index bottom, Index left, Index right) const {
    double total = 0;
    for (Index i = top; i < bottom; i++)
      for (Index j = left; j < right; j++) total += (*this)(i, j);
    return total;
  }
};

Counts counts_of(const Numbers& numbers) {
  const nn::Tensor& tensor = numbers["confusion"];
  return {std::get<std::vector<std::int64_t>>(tensor.numbers), tensor.shape[0]};
}

void add_cell(Scene& scene, const Counts& counts, const std::vector<std::string>& names, Index i, Index j, Box cell, const Style& style) {
  const double share = part(counts(i, j), counts.row(i));
  // The diagonal goes to one end of the scale, mistakes to the other; the square root shows even few.
  const double strength = std::isnan(share) ? 0 : std::sqrt(share) * (i == j ? 1 : -1);
  const Color fill = counts(i, j) == 0 ? style.theme->panel : color_at(style.scale, strength);
  const std::string id = std::to_string(i + 1) + ":" + std::to_string(j + 1);
  scene.add(Rect{.box = cell,
                 .fill = fill,
                 .stroke = style.theme->grid,
                 .id = "cell:" + id,
                 .tip = count_words(Index(counts(i, j))) + " of class " + word_at(names, i) + " said to be " + word_at(names, j)});
  const std::string words = count_words(Index(counts(i, j)));
  const double size = std::clamp(cell.height * 0.4, 8.0, 15.0);
  if (cell.height < 10 || text_width(words, size) > cell.width - 2) return;
  add_centered(scene, cell, words, counts(i, j) == 0 ? style.theme->muted : ink_on(fill), size, i == j ? Font::bold : Font::regular);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  if (!study.set.classification())
    throw std::invalid_argument(
        "confusion: the data have values and no classes, so that there is nothing to confuse; try 'loss' or 'boundary'");
  const bool test = options.at("part") == 0;
  const std::vector<int>& rows = test ? study.split.test : study.split.train;
  if (rows.empty()) throw std::invalid_argument("confusion: no examples are set apart for testing; part 1 shows the train examples");
  const std::vector<Index> said = predicted(study, (test ? study.test : study.train).inputs);
  const Index classes = std::ssize(study.set.class_names);
  Counts counts{std::vector<std::int64_t>(std::size_t(classes * classes)), classes};
  for (std::size_t i = 0; i < rows.size(); i++) counts.numbers[std::size_t(study.set.labels[std::size_t(rows[i])] * classes + said[i])]++;

  Numbers numbers;
  const double share = part(counts.right(), counts.all());
  numbers.words["title"] = {"Accuracy " + percent(share, 1) + " on " + count_words(Index(rows.size())) +
                            (test ? " test examples" : " train examples")};
  numbers.words["classes"] = study.set.class_names;
  numbers.words["moment"] = {moment(study)};
  numbers.tensors.push_back({"confusion", {classes, classes}, std::move(counts.numbers)});
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Counts counts = counts_of(numbers);
  const auto& names = words_of(numbers, "classes");
  const Index n = counts.classes;
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "moment")[0], style);
  double label = 0;
  for (const std::string& name : names) label = std::max(label, text_width(name, small));
  label = std::clamp(label, 36.0, std::min(110.0, room.width * 0.25));  // with the turned words as wide as "precision"
  const double turned = 18, above = 34;                                 // "true class" at the left, "predicted class" and the names above
  const double margins = room.width > 200 ? 54 : 0, below = room.height > 130 ? 24 : 0;
  const Box space{room.x + turned + label + 6, room.y + above, room.width - turned - label - 6 - margins, room.height - above - below};
  const double height = std::min(space.height / double(n), 90.0), width = std::min(space.width / double(n), height * 1.8);
  const Box area{space.x + std::max(0.0, space.width - width * double(n)) / 2, space.y, width * double(n), height * double(n)};
  const Index every_row = Index(std::ceil(13 / height));

  for (Index i = 0; i < n; i++)
    for (Index j = 0; j < n; j++)
      add_cell(scene, counts, names, i, j, {area.x + double(j) * width, area.y + double(i) * height, width, height}, style);
  const Theme& theme = *style.theme;
  for (Index i = 0; i < n; i += every_row) {
    const double y = area.y + double(i) * height + std::max(height, 13.0) / 2 + cap_height(small) / 2;
    add_words(scene, {area.x - 6, y}, names[std::size_t(i)], label, theme.text, Anchor::end);
    if (margins > 0) add_words(scene, {area.right() + 8, y}, percent(part(counts(i, i), counts.row(i)), 0), margins - 8, theme.muted);
  }
  for (Index j = 0; j < n; j++) {
    const double x = area.x + (double(j) + 0.5) * width;
    add_words(scene, {x, area.y - 6}, names[std::size_t(j)], width - 4, theme.text, Anchor::middle);
    if (below > 0)
      add_words(scene, {x, area.bottom() + 16}, percent(part(counts(j, j), counts.column(j)), 0), width - 4, theme.muted, Anchor::middle);
  }
  add_words(scene, {area.center().x, room.y + 10}, "predicted class", area.width, theme.muted, Anchor::middle);
  if (margins > 0) add_words(scene, {area.right() + 8, area.y - 6}, "recall", margins - 8, theme.muted);
  if (below > 0) add_words(scene, {area.x - 6, area.bottom() + 16}, "precision", label + turned, theme.muted, Anchor::end);
  scene.add(Text{.at = {area.x - label - 14, area.center().y},
                 .string = shortened("true class", small, area.height),
                 .size = small,
                 .color = theme.muted,
                 .anchor = Anchor::middle,
                 .turns = -1});
  return scene;
}

}  // namespace viz::confusion
