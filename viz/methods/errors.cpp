// The most confident mistakes, and how well each class is told from the others.
#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/examples.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/text.h"

namespace viz::errors {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

constexpr double row_height = 20;

struct Mistake {
  Index row;
  int truth, said;
  double of_said, of_truth;  // shares
};
Mistake mistake_at(const Numbers& numbers, Index i) {
  const nn::ConstView all = rows_of(numbers["errors"]);
  return {Index(all(i, 0)), int(all(i, 1)), int(all(i, 2)), all(i, 3), all(i, 4)};
}

// "said 8 (99 %)", "is 3 (0.4 %)"
std::string said_words(const Numbers& numbers, const Mistake& m) {
  return "said " + word_at(words_of(numbers, "classes"), m.said) + " (" + percent_words(m.of_said) + ")";
}
std::string truth_words(const Numbers& numbers, const Mistake& m) {
  return "is " + word_at(words_of(numbers, "classes"), m.truth) + " (" + percent_words(m.of_truth) + ")";
}

void draw_tile(Scene& scene, const Numbers& numbers, Index i, Box tile, const Style& style) {
  const Mistake m = mistake_at(numbers, i);
  const std::string more = numbers_words(numbers, "examples", i);
  const std::string tip = "example " + count_words(m.row) + ": " + said_words(numbers, m) + ", " + truth_words(numbers, m);
  scene.add(Rect{.box = tile.inset(0.5),
                 .radius = 4,
                 .fill = style.theme->panel,
                 .stroke = style.theme->line,
                 .id = on_press({{"example", double(m.row)}}),
                 .tip = tip + (more.empty() ? "" : "; " + more)});
  Box room = tile.inset(5, 4);
  const Box words = room.cut_bottom(30);
  add_example(scene, numbers, "examples", i, room, style);
  add_words(scene, {words.center().x, words.y + 13}, said_words(numbers, m), words.width, verdict_color(false, *style.theme),
            Anchor::middle);
  add_words(scene, {words.center().x, words.y + 27}, truth_words(numbers, m), words.width, style.theme->text, Anchor::middle);
}

void draw_mistakes(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Index count = numbers["errors"].shape[0];
  const Box heading = room.cut_top(18);
  if (count == 0) {
    add_words(scene, {heading.x, heading.y + 12}, "No mistake: every one of them is right.", heading.width, style.theme->muted);
    return;
  }
  const double aspect = aspect_of(numbers, "examples");
  const bool pictures = numbers["examples"].shape.size() == 3;
  const double smallest = std::min(room.width, 92.0);
  const TileRule rule{.aspect = pictures ? std::clamp(aspect * 0.85 + 0.3, 0.6, 1.6) : 0.75,
                      .gap = 6,
                      .label = 0,
                      .smallest = pictures ? smallest : std::min(room.width, 130.0),
                      .largest = 170};
  const Tiling tiling = tiles(int(count), room, rule);
  const Index shown = std::min<Index>(tiling.shown, count);
  std::string words = "the most certain first";
  if (shown < Index(whole_numbers(numbers, "count")[0]))
    words = shown == 1 ? "the most certain" : "the " + count_words(shown) + " most certain";
  add_words(scene, {heading.x, heading.y + 12}, words, heading.width, style.theme->muted);
  for (Index i = 0; i < shown; i++) draw_tile(scene, numbers, i, tiling.tile(int(i)), style);
}

// Precision, recall, F1 and count, a class a row.
void draw_table(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  const nn::ConstView all = rows_of(numbers["figures"]);
  const char* const heads[] = {"precision", "recall", "F1", "count"};
  double widest = 14;
  for (const std::string& name : words_of(numbers, "classes")) widest = std::max(widest, text_width(name, small));
  const double label = std::min(widest + 8, room.width * 0.3), column = std::min((room.width - label) / 4, 72.0);
  room = room.left(label + 4 * column);
  const auto cell = [&](Box line, int k, const std::string& words, Color color) {
    add_words(scene, {line.x + label + column * (k + 1), line.center().y + cap_height(small) / 2}, words, column - 4, color, Anchor::end);
  };
  const Box head = room.cut_top(18);
  for (int k = 0; k < 4; k++) cell(head, k, heads[k], theme.muted);
  const double height = std::clamp(room.height / double(all.rows), 14.0, row_height);
  for (Index c = 0; c < all.rows && height * double(c + 1) <= room.height + 0.5; c++) {
    const Box line{room.x, room.y + height * double(c), room.width, height};
    scene.add_line({line.x, line.y}, {line.right(), line.y}, theme.grid);
    if (height * double(c + 2) > room.height + 0.5 && c + 1 < all.rows) {
      add_words(scene, {line.x, line.center().y + cap_height(small) / 2}, "and " + count_words(all.rows - c) + " more classes", line.width,
                theme.muted);
      break;
    }
    add_words(scene, {line.x, line.center().y + cap_height(small) / 2}, word_at(words_of(numbers, "classes"), c), label - 6, theme.text);
    for (int k = 0; k < 3; k++) {
      const double share = all(c, k);
      // A bar behind the number, as long as the share.
      const Box track{line.x + label + column * k + 4, line.bottom() - 3, column - 8, 2};
      if (share > 0 && height >= 18) scene.add(Rect{.box = track.left(track.width * share), .fill = with_alpha(theme.accent, 0.5)});
      cell(line, k, percent_words(share), theme.text);
    }
    cell(line, 3, count_words(Index(all(c, 3))), theme.muted);
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const bool test = options.at("part") == 0;
  const auto asked = remembered_answers(study, test, "errors");
  const std::vector<Index> all = mistakes(*asked);
  const Index shown = std::min(std::ssize(all), Index(options.at("count")));
  std::vector<Real> errors;
  std::vector<int> rows;
  for (Index i = 0; i < shown; i++) {
    const auto at = std::size_t(all[std::size_t(i)]);
    const int truth = asked->truth[at], said = asked->said[at];
    rows.push_back(asked->rows[at]);
    for (const Real x : {Real(asked->rows[at]), Real(truth), Real(said), asked->shares(Index(at), said), asked->shares(Index(at), truth)})
      errors.push_back(x);
  }
  std::vector<Real> figures;
  const auto counts = class_counts(*asked);
  for (const ClassCount& c : counts)
    for (const double x : {c.precision(), c.recall(), c.f1(), double(c.examples)}) figures.push_back(Real(x));

  Numbers numbers;
  numbers.tensors.push_back(tensor_of_reals("errors", {shown, 5}, std::move(errors)));
  numbers.tensors.push_back(tensor_of_reals("figures", {std::ssize(counts), 4}, std::move(figures)));
  numbers.tensors.push_back({"count", {1}, std::vector<std::int64_t>{std::ssize(all)}});
  add_examples(numbers, "examples", study, inputs_at(study.set, rows));
  numbers.words["classes"] = study.set.class_names;
  numbers.words["moment"] = {moment(study)};
  numbers.words["title"] = {count_words(std::ssize(all)) + (all.size() == 1 ? " mistake" : " mistakes") + " on " +
                            part_words(*asked, test)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "moment")[0], style);
  const double needed = 18 + 15 * double(numbers["figures"].shape[0]);
  // The table at the right, below, or where there is no mistake in its place.
  if (room.width >= 500 && room.width > room.height) {
    Box table = room.cut_right(std::clamp(room.width * 0.36, 244.0, 310.0));
    room.cut_right(16);
    draw_table(scene, numbers, table, style);
  } else if (room.height >= 250 || numbers["errors"].shape[0] == 0) {
    const Box table = room.cut_bottom(std::min(needed, room.height * (room.height < 250 ? 0.8 : 0.45)));
    room.cut_bottom(8);
    draw_table(scene, numbers, table, style);
  }
  draw_mistakes(scene, numbers, room, style);
  return scene;
}

}  // namespace viz::errors
