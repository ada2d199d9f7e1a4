// What the network takes the chosen picture for, and some examples of the data beside it: right ones and wrong ones.
#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/examples.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/text.h"

namespace viz::predictions {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

constexpr int bars = 3;  // of each example of the strip

// "test: 97.6 % right, top three 99.8 %, of 10,000"
std::string figures_words(const Answers& all, bool test) {
  const std::string three = all.classes() > 3 ? ", top three " + percent_words(accuracy(all, 3)) : "";
  return (test ? "test: " : "train: ") + percent_words(accuracy(all, 1)) + " right" + three + ", of " +
         (all.count() < all.examples ? "the first " + count_words(all.count()) + " of " : "") + count_words(all.examples);
}

nn::Tensor integers(std::string name, const std::vector<int>& all) {
  return {std::move(name), {std::ssize(all)}, std::vector<std::int64_t>(all.begin(), all.end())};
}
const std::vector<std::int64_t>& integers_of(const Numbers& numbers, std::string_view name) { return whole_numbers(numbers, name); }

int truth_of(const Study& study) { return study.given ? -1 : study.set.labels[std::size_t(study.example)]; }

// The chosen one: its picture, what it is taken for, what it is.
void draw_chosen(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  const auto& names = words_of(numbers, "classes");
  const nn::ConstView shares = rows_of(numbers["probabilities"]);
  const int truth = int(integers_of(numbers, "truth")[0]), k = int(integers_of(numbers, "top")[0]);
  const std::vector<int> first = best(shares.data, shares.columns, k);
  const Box heading = room.cut_top(18);
  if (truth >= 0) add_verdict(scene, {heading.x + 6, heading.y + 8}, 10, first[0] == truth, theme);
  const double shift = truth >= 0 ? 18 : 0;
  add_words(scene, {heading.x + shift, heading.y + 12}, words_of(numbers, "example")[0], heading.width - shift, theme.text);
  const bool wide = room.width > room.height * 1.1;
  // A picture is as large as the bars allow; rows of numbers are as high as their lines.
  const bool picture = numbers["chosen"].shape.size() == 3;
  const double aspect = aspect_of(numbers, "chosen"), bars_need = 24 * double(first.size()) + 8;
  const double above = picture ? std::min(std::max(room.height * 0.5, room.height - bars_need), room.width * aspect)
                               : std::min(room.height * 0.5, 15 * double(numbers["chosen"].shape[1]) + 4);
  Box left = wide ? room.cut_left(std::min(room.width * 0.45, room.height / std::max(0.3, aspect))) : room.cut_top(above);
  add_example(scene, numbers, "chosen", 0, left, style);
  room = wide ? Box{room.x + 12, room.y, room.width - 12, room.height} : Box{room.x, room.y + 8, room.width, room.height - 8};
  const double row = std::clamp(room.height / double(first.size()), 13.0, 24.0);
  add_bars(scene, room, shares.data, first, names, truth, row, style);
}

// An example of the strip: picture, sign, three bars.
void draw_tile(Scene& scene, const Numbers& numbers, Index i, Box tile, const Style& style) {
  const auto& names = words_of(numbers, "classes");
  const nn::ConstView shares = rows_of(numbers["strip shares"]);
  const int truth = int(integers_of(numbers, "strip truth")[std::size_t(i)]),
            said = int(integers_of(numbers, "strip said")[std::size_t(i)]);
  const auto row = integers_of(numbers, "strip rows")[std::size_t(i)];
  std::vector<int> first = best(shares.row(i), shares.columns, bars);
  const bool right = said == truth;
  const std::string words = numbers_words(numbers, "strip", i);
  const std::string tip = "example " + count_words(row) + ": is " + word_at(names, truth) + " (" + percent_words(shares(i, truth)) +
                          "), said " + word_at(names, said) + " (" + percent_words(shares(i, said)) + ")" +
                          (words.empty() ? "" : "; " + words);
  scene.add(Rect{.box = tile.inset(0.5),
                 .radius = 4,
                 .fill = style.theme->panel,
                 .stroke = right ? style.theme->line : verdict_color(false, *style.theme),
                 .id = on_press({{"example", double(row)}}),
                 .tip = tip});
  Box room = tile.inset(5, 4);
  if (numbers["strip"].shape.size() == 3) {
    add_example(scene, numbers, "strip", i, room.cut_left(std::min(room.width * 0.4, room.height / aspect_of(numbers, "strip"))), style);
    room.cut_left(6);
  } else {
    const Box line = room.cut_top(room.height / 4);
    add_words(scene, {line.x, line.center().y + cap_height(small) / 2}, "example " + count_words(row), line.width - 16, style.theme->muted);
  }
  add_verdict(scene, {tile.right() - 10, tile.y + 10}, 8, right, *style.theme);
  room.cut_right(14);
  add_bars(scene, room, shares.row(i), first, names, truth, room.height / bars, style);
}

// Returns how many are shown.
Index draw_strip(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const Index count = numbers["strip"].shape[0];
  const Box heading = room.cut_top(18);
  const bool picture = numbers["strip"].shape.size() == 3;
  // As many columns as can be read fill the width.
  const double least = std::min(110.0, room.width), columns = std::floor((room.width + 6) / (least + 6));
  const TileRule rule{.aspect = picture ? 0.38 : 0.46,
                      .gap = 6,
                      .label = 0,
                      .smallest = std::floor((room.width + 6) / columns) - 6,
                      .largest = std::max(190.0, least)};
  const Tiling tiling = tiles(int(count), room, rule);
  const Index shown = std::min<Index>(tiling.shown, count);
  const auto& place = integers_of(numbers, "place");
  const std::string words = shown == 0 ? "none of" : count_words(place[0] + 1) + " to " + count_words(place[0] + shown) + " of";
  add_words(scene, {heading.x, heading.y + 12}, words + " " + count_words(place[2]) + " " + words_of(numbers, "part")[0], heading.width,
            style.theme->muted);
  for (Index i = 0; i < shown; i++) draw_tile(scene, numbers, i, tiling.tile(int(i)), style);
  return shown;
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const bool test = options.at("part") == 0;
  const auto asked = remembered_answers(study, test, "predictions");
  const nn::Matrix raw = chosen_example(study), shares = shares_of(study, raw);
  Numbers numbers;
  numbers.tensors.push_back(nn::tensor_of("probabilities", {shares.columns()}, shares));
  numbers.tensors.push_back(integers("truth", {truth_of(study)}));
  numbers.tensors.push_back(integers("top", {int(options.at("top"))}));
  add_examples(numbers, "chosen", study, raw);

  const Index from = std::min(Index(options.at("first")), asked->count()) - 1;
  const Index count = std::min(asked->count() - from, Index(options.at("count")));
  std::vector<int> rows, truth, said;
  nn::Matrix strip(count, asked->classes());
  for (Index i = 0; i < count; i++) {
    const auto at = std::size_t(from + i);
    rows.push_back(asked->rows[at]), truth.push_back(asked->truth[at]), said.push_back(asked->said[at]);
    std::copy_n(asked->shares.view().row(from + i), strip.columns(), strip.view().row(i));
  }
  add_examples(numbers, "strip", study, inputs_at(study.set, rows));
  numbers.tensors.push_back(nn::tensor_of("strip shares", {count, strip.columns()}, strip));
  numbers.tensors.push_back(integers("strip rows", rows));
  numbers.tensors.push_back(integers("strip truth", truth));
  numbers.tensors.push_back(integers("strip said", said));
  numbers.tensors.push_back(integers("place", {int(from), int(count), int(asked->count())}));

  numbers.words["classes"] = study.set.class_names;
  numbers.words["example"] = {example_words(study)};
  numbers.words["moment"] = {moment(study)};
  numbers.words["part"] = {test ? "test examples" : "train examples"};
  const std::string figures = figures_words(*asked, test);
  const auto& other = test ? study.split.train : study.split.test;
  numbers.words["figures"] = {figures};
  if (!other.empty()) numbers.words["figures"].push_back(figures_words(*remembered_answers(study, !test, "predictions"), !test));
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const nn::ConstView shares = rows_of(numbers["probabilities"]);
  const int said = best(shares.data, shares.columns, 1)[0];
  Box room = add_title(scene, "Said " + word_at(words_of(numbers, "classes"), said) + ", " + percent_words(shares(0, said)),
                       words_of(numbers, "moment")[0], style);
  for (const std::string& line : words_of(numbers, "figures")) {
    if (room.height < 110) break;
    const Box row = room.cut_bottom(16);
    add_words(scene, {row.x, row.bottom() - 3}, line, row.width, style.theme->muted);
  }
  room.cut_bottom(4);
  Index shown = 0;
  // The strip at the right, below, or nowhere.
  if (room.width >= 420 && room.width > room.height * 0.9) {
    Box strip = room.cut_right(room.width * (room.height < 220 ? 0.6 : 0.55));
    room.cut_right(20);
    shown = draw_strip(scene, numbers, strip, style);
  } else if (room.height >= 260) {
    Box strip = room.cut_bottom(room.height * 0.55);
    room.cut_bottom(10);
    shown = draw_strip(scene, numbers, strip, style);
  }
  draw_chosen(scene, numbers, room, style);
  const auto& place = integers_of(numbers, "place");
  const double first = double(place[0]), page = double(std::max<Index>(shown, 1)), last = double(place[2]);
  const auto key = [&](std::string_view name, double to) {
    Mark mark = on_key(name, {{"first", std::clamp(to, 0.0, std::max(0.0, last - page)) + 1}});
    std::get<Rect>(mark).box = {box.x, box.y, 0, 0};
    scene.add(std::move(mark));
  };
  key("page down", first + page);
  key("page up", first - page);
  return scene;
}

}  // namespace viz::predictions
