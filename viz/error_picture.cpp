// Bars of the error types, the text with its errors, and the n-gram models.
#include "viz/error_picture.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "datasets/text.h"
#include "datasets/utf8.h"
#include "viz/answers.h"
#include "viz/link.h"
#include "viz/text.h"
#include "viz/text_grid.h"

namespace viz::errortypes {

namespace {

using figure::small;
using nn::Index;
using nn::Real;

// A colour for each group of types; the longer a memory, the greater a boost, the lighter.
Color color_of(int type, const Theme& theme) {
  const auto in_group = [&](int group, ErrorType first, int count) {
    return mix(category(group), theme.background, 0.65 * double(type - int(first)) / double(count));
  };
  const auto t = ErrorType(type);
  if (t == ErrorType::none) return theme.panel;
  if (t == ErrorType::n_gram) return category(0);
  if (t <= ErrorType::memory_5000) return in_group(1, ErrorType::memory_100, 4);
  if (t == ErrorType::rare_word) return category(2);
  if (t <= ErrorType::quote_start) return in_group(3, ErrorType::word_start, 3);
  if (t == ErrorType::punctuation) return category(4);
  return in_group(6, ErrorType::boost_1, 5);
}

struct Shown {
  const Numbers& numbers;
  int chosen;
  double errors = 0, all = 0, other_errors = 0;
  explicit Shown(const Numbers& of) : numbers(of), chosen(int(whole_numbers(of, "chosen")[0])) {
    for (int type = 0; type < error_type_count; type++) {
      all += double(count(type));
      if (type > 0) errors += double(count(type)), other_errors += double(other_count(type));
    }
  }
  bool compares() const { return numbers.has("other counts"); }
  Index other_count(int type) const { return compares() ? whole_numbers(numbers, "other counts")[std::size_t(type)] : 0; }
  const std::string& other() const { return words_of(numbers, "other")[0]; }
  Index count(int type) const { return whole_numbers(numbers, "counts")[std::size_t(type)]; }
  double bits(Index i) const { return double(rows_of(numbers["bits"])(0, i)); }
  std::string press(int type) const { return on_press({{"type", type == chosen ? 0.0 : double(type)}}); }
};

// The count of a type, and below it that of the other network.
void add_bar(Scene& scene, const Shown& shown, int type, Box room, double most, const Theme& theme) {
  const auto bar = [&](Box box, Index count, Color color) {
    box.width = std::max(1.0, box.width * double(count) / most);
    scene.add(Rect{.box = box, .fill = color});
  };
  if (shown.compares())
    bar(room.cut_bottom(std::round(room.height * 0.42)), shown.other_count(type), mix(theme.muted, theme.background, 0.35));
  bar(room, shown.count(type), color_of(type, theme));
}

void add_bars(Scene& scene, const Shown& shown, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  Box heading = box.cut_top(20);
  add_words(scene, {heading.x, heading.y + 13},
            shown.compares() ? "by what would have helped; grey: " + shown.other() : "errors by what would have helped, in this order",
            heading.width, theme.muted);
  const double row = std::clamp(box.height / (error_type_count - 1), 13.0, 22.0), names = std::min(86.0, box.width * 0.35), counts = 92;
  double most = 1;
  for (int type = 1; type < error_type_count; type++) most = std::max({most, double(shown.count(type)), double(shown.other_count(type))});
  for (int type = 1; type < error_type_count && box.height >= row; type++) {
    const Box line = box.cut_top(row);
    const double base = line.center().y + cap_height(small) / 2, room = line.width - names - counts;
    const double share = shown.errors > 0 ? double(shown.count(type)) / shown.errors : 0;
    const std::string name(error_type_name(ErrorType(type)));
    if (type == shown.chosen) scene.add(Rect{.box = line, .radius = 3, .fill = with_alpha(theme.accent, 0.2)});
    add_words(scene, {line.x + 4, base}, name, names - 8, theme.text);
    if (room > 10) add_bar(scene, shown, type, {line.x + names, line.y + 2, room, line.height - 4}, most, theme);
    const std::string words =
        count_words(shown.count(type)) + (shown.compares() ? " : " + count_words(shown.other_count(type)) : " · " + percent_words(share));
    add_words(scene, {line.right() - 4, base}, words, counts - 6, theme.text, Anchor::end);
    scene.add(Rect{.box = line,
                   .fill = with_alpha(theme.background, 0.01),
                   .id = shown.press(type),
                   .tip = std::string(error_type_help(ErrorType(type))) + " " + count_words(shown.count(type)) + " of " +
                          count_words(Index(shown.errors)) + " errors" +
                          (shown.compares() ? "; " + shown.other() + ": " + count_words(shown.other_count(type)) + " of " +
                                                  count_words(Index(shown.other_errors)) + "."
                                            : ".")});
  }
}

void add_text(Scene& scene, const Shown& shown, Box room, const Style& style) {
  const Theme& theme = *style.theme;
  std::vector<std::string> text;
  for (const std::int64_t symbol : whole_numbers(shown.numbers, "symbols"))
    text.push_back(words_of(shown.numbers, "vocabulary")[std::size_t(symbol)]);
  const nn::ConstView right = rows_of(shown.numbers["right"]);
  const TextGrid grid = text_grid(text, room, 12, 18);
  for (Index t = 0; t < std::ssize(grid.boxes); t++) {
    const int type = int(whole_numbers(shown.numbers, "types")[std::size_t(t)]);
    const bool marked = type > 0 && (shown.chosen == 0 || shown.chosen == type);
    const Color ground = marked ? color_of(type, theme) : theme.background;
    const std::string tip =
        data::character_name(text[std::size_t(t)]) + " at " + count_words(whole_numbers(shown.numbers, "chosen")[1] + t + 1) + ": " +
        (t == 0 ? "context" : "got " + percent_words(double(right(0, t))) + ", " + std::string(error_type_name(ErrorType(type))));
    add_symbol(scene, text[std::size_t(t)], grid.boxes[std::size_t(t)], 12, ground, marked ? ink_on(ground) : theme.muted, tip,
               type > 0 ? shown.press(type) : "");
  }
}

void add_models(Scene& scene, const Shown& shown, Box box, const Style& style) {
  const Theme& theme = *style.theme;
  viz::Series models{.name = "n-gram", .color = theme.muted, .width = 1.5};
  viz::Series network{.name = "network " + decimal_words(shown.bits(0)), .color = theme.accent, .width = 2};
  for (int n = 1; n <= longest_phrase; n++) {
    models.x.push_back(n), models.y.push_back(shown.bits(n));
    network.x.push_back(n), network.y.push_back(shown.bits(0));
  }
  Plot plot{.x_label = "n", .y_label = "bits a character", .series = {models, network}, .whole_x = true};
  if (shown.compares()) {
    const double bits = double(rows_of(shown.numbers["other bits"])(0, 0));
    viz::Series other = network;
    other.name = "grey " + decimal_words(bits), other.color = mix(theme.muted, theme.background, 0.35), other.dash = {5, 3};
    other.y.assign(other.x.size(), bits);
    plot.series.push_back(other);
  }
  scene.append(draw(plot, {0, 0, box.width, box.height}, theme), {box.x, box.y});
}

}  // namespace

namespace {

// What a network foresaw, and what would have helped where it did not.
struct Foreseen {
  std::vector<double> right;  // what each character got before it was read; 1 for the first
  double bits = 0;            // a character
  std::vector<ErrorType> types;
  std::vector<std::int64_t> counts;
};
Foreseen foreseen_by(const Reading& reading, const std::string& text, const ErrorOracles& oracles) {
  Foreseen f;
  f.right.assign(std::size_t(reading.steps()), 1);
  for (Index t = 1; t < reading.steps(); t++) {
    f.right[std::size_t(t)] = double(reading.next(reading.symbols[std::size_t(t)], t - 1));
    f.bits -= std::log2(std::max(f.right[std::size_t(t)], 1e-30)) / double(reading.steps() - 1);
  }
  f.types = oracles.types(text, f.right, 1);
  for (const int count : error_counts(std::span(f.types).subspan(1))) f.counts.push_back(count);
  return f;
}

}  // namespace

Numbers numbers_of(const Reading& reading, const ErrorOracles& oracles, int type, const Compared* other) {
  const Index steps = reading.steps();
  if (steps < 2) throw std::invalid_argument("errortypes: a text of " + count_words(steps) + " characters; two are needed at least");
  std::string text;
  for (Index t = 0; t < steps; t++) text += reading.symbol(t);
  if (Index(data::characters(text).size()) != steps)
    throw std::invalid_argument("errortypes: the symbols of this network are words; one that reads characters would do");

  const Foreseen f = foreseen_by(reading, text, oracles);
  std::vector<Real> bits = {Real(f.bits)};
  for (int n = 1; n <= longest_phrase; n++) bits.push_back(Real(n_gram_cost(oracles.phrases(), reading.symbols, n) / std::numbers::ln2));
  std::vector<std::int64_t> types;
  for (const ErrorType found : f.types) types.push_back(int(found));

  Numbers numbers;
  numbers.tensors.push_back({"counts", {error_type_count}, f.counts});
  numbers.tensors.push_back({"types", {steps}, std::move(types)});
  numbers.tensors.push_back({"symbols", {steps}, std::vector<std::int64_t>(reading.symbols.begin(), reading.symbols.end())});
  numbers.tensors.push_back(tensor_of_reals("right", {steps}, {f.right.begin(), f.right.end()}));
  numbers.tensors.push_back(tensor_of_reals("bits", {1 + longest_phrase}, std::move(bits)));
  numbers.tensors.push_back({"chosen", {2}, std::vector<std::int64_t>{type, reading.first}});
  numbers.words["vocabulary"] = reading.vocabulary;
  if (!other) return numbers;
  const Foreseen g = foreseen_by(other->reading, text, oracles);
  numbers.tensors.push_back({"other counts", {error_type_count}, g.counts});
  numbers.tensors.push_back(tensor_of_reals("other bits", {1}, {Real(g.bits)}));
  numbers.words["other"] = {other->words};
  return numbers;
}

Scene picture_of(const Numbers& numbers, Box box, const Style& style) {
  const Shown shown(numbers);
  Scene scene = sheet(box, style);
  const auto& now = words_of(numbers, "moment");
  const std::string title =
      count_words(Index(shown.errors)) + " of " + count_words(Index(shown.all)) + " characters got less than 1/2 (" +
      percent_words(shown.all > 0 ? shown.errors / shown.all : 0) +
      (shown.compares() && shown.all > 0 ? "; " + shown.other() + ": " + percent_words(shown.other_errors / shown.all) : "") + ")";
  Box room = add_title(scene, title, now.empty() ? "" : now[0], style);
  if (room.width >= 420) {
    Box side = room.cut_left(std::clamp(room.width * 0.36, 210.0, 420.0));
    room.cut_left(14);
    if (side.height > 380) add_models(scene, shown, side.cut_bottom(170), style);
    add_bars(scene, shown, side, style);
    add_text(scene, shown, room, style);
  } else if (room.height > 380) {
    add_bars(scene, shown, room.cut_top(20 + 15 * 14), style);
    room.cut_top(10);
    add_text(scene, shown, room, style);
  } else {
    add_bars(scene, shown, room, style);
  }
  return scene;
}

}  // namespace viz::errortypes
