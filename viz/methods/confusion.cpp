// Which classes are taken for which: rows are true classes, columns are predicted ones; and the examples of one cell.
#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/examples.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/text.h"

namespace viz::confusion {

namespace {

using figure::small;
using nn::Index;

constexpr std::size_t most_opened = 100;  // examples of a cell

double part(double of, double all) { return all > 0 ? of / all : NAN; }
std::string percent(double share) { return std::isnan(share) ? "–" : number_words(std::round(share * 100)) + " %"; }

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

// The cell that is open: true class and predicted class, from 1.
struct Cell {
  Index truth = 0, said = 0;
  bool operator==(const Cell&) const = default;
};
Cell open_cell(const Numbers& numbers) {
  if (!numbers.has("open")) return {};
  const auto& open = whole_numbers(numbers, "open");
  return {open[0], open[1]};
}
std::string press_of(Cell cell, Cell open) {
  if (cell == open) cell = {};
  return on_press({{"truth", double(cell.truth)}, {"said", double(cell.said)}});
}

void add_cell(Scene& scene, const Counts& counts, const std::vector<std::string>& names, Index i, Index j, Box cell, Cell open,
              const Style& style) {
  const double share = part(counts(i, j), counts.row(i));
  // The diagonal goes to one end of the scale, mistakes to the other; the square root shows even few.
  const double strength = std::isnan(share) ? 0 : std::sqrt(share) * (i == j ? 1 : -1);
  const Color fill = counts(i, j) == 0 ? style.theme->panel : color_at(style.scale, strength);
  scene.add(Rect{.box = cell,
                 .fill = fill,
                 .stroke = style.theme->grid,
                 .id = press_of({i + 1, j + 1}, open),
                 .tip = count_words(Index(counts(i, j))) + " of class " + word_at(names, i) + " said to be " + word_at(names, j)});
  const std::string words = count_words(Index(counts(i, j)));
  // As large as the cell allows, but letters that can be read.
  const double fitting = 8 * (cell.width - 2) / std::max(1.0, text_width(words, 8, Font::bold));
  const double size = std::min(std::clamp(cell.height * 0.4, 8.0, 15.0), fitting);
  if (cell.height < 10 || size < 7) return;
  add_centered(scene, cell, words, counts(i, j) == 0 ? style.theme->muted : ink_on(fill), size, i == j ? Font::bold : Font::regular);
}

void draw_matrix(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Counts counts = counts_of(numbers);
  const auto& names = words_of(numbers, "classes");
  const Index n = counts.classes;
  const Cell open = open_cell(numbers);
  double label = 0;
  for (const std::string& name : names) label = std::max(label, text_width(name, small));
  label = std::clamp(label, 46.0, std::min(110.0, room.width * 0.25));  // with the turned words as wide as "precision"
  const double turned = 18, above = 34;                                 // "true class" at the left, "predicted class" and the names above
  const double margins = room.width > 200 ? 54 : 0, below = room.height > 130 ? 24 : 0;
  const Box space{room.x + turned + label + 6, room.y + above, room.width - turned - label - 6 - margins, room.height - above - below};
  const double height = std::min(space.height / double(n), 90.0), width = std::min(space.width / double(n), height * 1.8);
  const Box area{space.x + std::max(0.0, space.width - width * double(n)) / 2, space.y, width * double(n), height * double(n)};
  const Index every_row = Index(std::ceil(13 / height));

  for (Index i = 0; i < n; i++)
    for (Index j = 0; j < n; j++)
      add_cell(scene, counts, names, i, j, {area.x + double(j) * width, area.y + double(i) * height, width, height}, open, style);
  if (open.truth > 0)
    scene.add(Rect{.box = {area.x + double(open.said - 1) * width, area.y + double(open.truth - 1) * height, width, height},
                   .stroke = style.theme->text,
                   .line_width = 2});
  const Theme& theme = *style.theme;
  for (Index i = 0; i < n; i += every_row) {
    const double y = area.y + double(i) * height + std::max(height, 13.0) / 2 + cap_height(small) / 2;
    add_words(scene, {area.x - 6, y}, names[std::size_t(i)], label, theme.text, Anchor::end);
    if (margins > 0) add_words(scene, {area.right() + 8, y}, percent(part(counts(i, i), counts.row(i))), margins - 8, theme.muted);
  }
  const bool narrow = width < text_width("100 %", small) + 4;  // then the sign stands beside the row alone
  for (Index j = 0; j < n; j++) {
    const double x = area.x + (double(j) + 0.5) * width;
    add_words(scene, {x, area.y - 6}, names[std::size_t(j)], width - 4, theme.text, Anchor::middle);
    if (below > 0) {
      std::string share = percent(part(counts(j, j), counts.column(j)));
      if (narrow) share = share.substr(0, share.find(' '));
      add_words(scene, {x, area.bottom() + 16}, share, width, theme.muted, Anchor::middle, narrow ? 9 : small);
    }
  }
  add_words(scene, {area.center().x, room.y + 10}, "predicted class", area.width, theme.muted, Anchor::middle);
  if (margins > 0) add_words(scene, {area.right() + 8, area.y - 6}, "recall", margins - 8, theme.muted);
  if (below > 0)
    add_words(scene, {area.x - 6, area.bottom() + 16}, narrow ? "precision %" : "precision", area.x - 6 - room.x, theme.muted, Anchor::end);
  scene.add(Text{.at = {area.x - label - 14, area.center().y},
                 .string = shortened("true class", small, area.height),
                 .size = small,
                 .color = theme.muted,
                 .anchor = Anchor::middle,
                 .turns = -1});
}

// The examples of the open cell with their certainty, and a cross that closes it.
void draw_examples(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  const Cell open = open_cell(numbers);
  const nn::ConstView cell = rows_of(numbers["cell"]);
  Box heading = room.cut_top(20);
  const Box cross = heading.cut_right(20);
  add_verdict(scene, cross.center(), 8, false, theme);
  scene.add(Rect{.box = cross, .fill = with_alpha(theme.background, 0.01), .id = press_of(open, open), .tip = "Close."});
  const auto& all = whole_numbers(numbers, "open");
  const double aspect = aspect_of(numbers, "examples"), words = 15;
  const TileRule rule{.aspect = aspect,
                      .gap = 5,
                      .label = words,
                      .smallest = std::min(room.width, numbers["examples"].shape.size() == 3 ? 44.0 : 96.0),
                      .largest = 110};
  const Tiling tiling = tiles(int(cell.rows), room, rule);
  const Index shown = cell.rows == 0 ? 0 : std::min<Index>(tiling.shown, cell.rows);
  const auto& names = words_of(numbers, "classes");
  std::string title = "is " + word_at(names, open.truth - 1) + ", said " + word_at(names, open.said - 1) + ": ";
  title += shown < all[2] ? count_words(shown) + " of " + count_words(all[2]) : count_words(all[2]);
  add_words(scene, {heading.x, heading.y + 13}, title, heading.width - 4, theme.text);
  for (Index i = 0; i < shown; i++) {
    const Box tile = tiling.tile(int(i));
    const std::string more = numbers_words(numbers, "examples", i), share = percent_words(cell(i, 1));
    add_example(scene, numbers, "examples", i, tile, style);
    scene.add(Rect{.box = tile,
                   .fill = with_alpha(theme.background, 0.01),
                   .id = on_press({{"example", double(cell(i, 0))}}),
                   .tip = "example " + count_words(Index(cell(i, 0))) + ", " + share + " certain" + (more.empty() ? "" : ": " + more)});
    add_words(scene, {tile.center().x, tile.bottom() + 11}, share, tile.width, theme.muted, Anchor::middle);
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const bool test = options.at("part") == 0;
  const auto asked = remembered_answers(study, test, "confusion");
  const Index classes = asked->classes();
  Counts counts{std::vector<std::int64_t>(std::size_t(classes * classes)), classes};
  for (std::size_t i = 0; i < asked->rows.size(); i++) counts.numbers[std::size_t(asked->truth[i] * classes + asked->said[i])]++;

  Numbers numbers;
  numbers.words["title"] = {"Accuracy " + percent_words(accuracy(*asked, 1)) + " on " + part_words(*asked, test)};
  numbers.words["classes"] = study.set.class_names;
  numbers.words["moment"] = {moment(study)};
  numbers.tensors.push_back({"confusion", {classes, classes}, std::move(counts.numbers)});
  if (options.at("truth") == 0 || options.at("said") == 0) return numbers;
  const Cell open{std::min(Index(options.at("truth")), classes), std::min(Index(options.at("said")), classes)};
  std::vector<Index> all = examples_of(*asked, int(open.truth) - 1, int(open.said) - 1);
  numbers.tensors.push_back({"open", {3}, std::vector<std::int64_t>{open.truth, open.said, std::ssize(all)}});
  all.resize(std::min(all.size(), most_opened));
  std::vector<nn::Real> cell;
  std::vector<int> rows;
  for (const Index i : all) {
    rows.push_back(asked->rows[std::size_t(i)]);
    cell.push_back(nn::Real(rows.back())), cell.push_back(asked->shares(i, open.said - 1));
  }
  numbers.tensors.push_back(tensor_of_reals("cell", {std::ssize(rows), 2}, std::move(cell)));
  add_examples(numbers, "examples", study, inputs_at(study.set, rows));
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "moment")[0], style);
  if (!numbers.has("cell")) return draw_matrix(scene, numbers, room, style), scene;
  // Beside the matrix, below it, or in its place.
  if (room.width >= 460 && room.width > room.height * 0.8) {
    Box examples = room.cut_right(room.width * 0.4);
    room.cut_right(14);
    draw_matrix(scene, numbers, room, style);
    draw_examples(scene, numbers, examples, style);
  } else if (room.height >= 330) {
    Box examples = room.cut_bottom(room.height * 0.4);
    room.cut_bottom(8);
    draw_matrix(scene, numbers, room, style);
    draw_examples(scene, numbers, examples, style);
  } else {
    draw_examples(scene, numbers, room, style);
  }
  return scene;
}

}  // namespace viz::confusion
