// What is looked at, as large as fits, its pixels sharp.
#include <algorithm>

#include "viz/answers.h"
#include "viz/examples.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/text.h"
#include "viz/text_grid.h"
#include "viz/text_study.h"

namespace viz::input {

namespace {

using figure::small;
using nn::Index;

// "3 channels of 28 x 28 pixels"
std::string shape_words(const data::Dataset& set) {
  if (!are_pictures(set)) return count_words(set.inputs.columns()) + (set.inputs.columns() == 1 ? " number" : " numbers");
  const nn::Shape shape = set.shape;
  return std::to_string(shape.height) + " x " + std::to_string(shape.width) + (shape.channels == 3 ? " pixels in colour" : " pixels, grey");
}

// Of a grey picture, where a pixel is large enough to write into.
void add_numbers(Scene& scene, nn::ConstView picture, Box box, double white) {
  const double side = box.width / double(picture.columns), size = std::min(side * 0.38, 12.0);
  if (size < 6) return;
  for (Index i = 0; i < picture.rows; i++)
    for (Index j = 0; j < picture.columns; j++) {
      const Box pixel{box.x + side * double(j), box.y + side * double(i), side, side};
      add_centered(scene, pixel.inset(1), decimal_words(picture(i, j)), ink_on(color_at(Scale::grey, picture(i, j), 0, white)), size);
    }
}

// A table: every number with its name, in columns.
void draw_table(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  constexpr double row = 20, least = 150;
  const nn::ConstView all = rows_of(numbers["input"]);
  const Index rows = std::max<Index>(1, Index(room.height / row)), columns = std::max<Index>(1, Index(room.width / least));
  const Index needed = (all.columns + rows - 1) / rows, shown = std::min(all.columns, rows * columns);
  const double width = std::min(room.width / double(std::min(needed, columns)), 320.0);
  for (Index k = 0; k < shown; k++) {
    const Box line{room.x + width * double(k / rows), room.y + row * double(k % rows), width - 16, row};
    const bool more = k + 1 == shown && shown < all.columns;
    scene.add_line({line.x, line.bottom()}, {line.right(), line.bottom()}, style.theme->grid);
    if (more) {
      add_words(scene, {line.x, line.y + 14}, "and " + count_words(all.columns - k) + " more", line.width, style.theme->muted);
      return;
    }
    const std::string number = number_words(all(0, k));
    const double taken = text_width(number, small) + 8;
    add_words(scene, {line.x, line.y + 14}, word_at(words_of(numbers, "input names"), k), line.width - taken, style.theme->muted);
    add_words(scene, {line.right(), line.y + 14}, number, line.width, style.theme->text, Anchor::end);
  }
}

constexpr Index most_read = 5000;  // symbols of a text

// The numbers of symbols, as text: from where testing begins, or all of a text that was given.
Numbers numbers_of_text(const Study& study) {
  const data::TextSet& text = text_of(study, "input");
  const Part part = part_of(study, text, 0, double(most_read));
  Numbers numbers;
  const auto first = text.ids.begin() + part.first;
  numbers.tensors.push_back({"symbols", {part.count}, std::vector<std::int64_t>(first, first + part.count)});
  numbers.words["vocabulary"] = text.symbols.symbols();
  numbers.words["title"] = {"Input: " + (study.given_text ? "a text of your own" : study.set.name)};
  numbers.words["shape"] = {count_words(part.count) + " of " + count_words(std::ssize(text.ids)) + " symbols, from " +
                            count_words(part.first + 1) + " on"};
  return numbers;
}

void draw_text(Scene& scene, const Numbers& numbers, Box room, const Style& style) {
  const auto& vocabulary = words_of(numbers, "vocabulary");
  std::vector<std::string> text;
  for (const std::int64_t symbol : whole_numbers(numbers, "symbols")) text.push_back(vocabulary[std::size_t(symbol)]);
  const TextGrid grid = text_grid(text, room, 14, 21);
  for (std::size_t i = 0; i < grid.boxes.size(); i++) {
    const std::int64_t number = whole_numbers(numbers, "symbols")[i];
    add_symbol(scene, text[i], grid.boxes[i], 14, style.theme->background, style.theme->text,
               data::character_name(text[i]) + ": symbol " + count_words(number + 1) + " of " + count_words(std::ssize(vocabulary)));
  }
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  if (study.set.text && study.set.text->running) return numbers_of_text(study);
  Numbers numbers;
  const nn::Matrix raw = chosen_example(study);
  const nn::Shape shape = study.set.shape;
  if (are_pictures(study.set))
    numbers.tensors.push_back(nn::tensor_of("input", {shape.channels, shape.height, shape.width}, raw));
  else
    numbers.tensors.push_back(nn::tensor_of("input", {1, raw.columns()}, raw));
  add_examples(numbers, "example", study, raw);
  numbers.tensors.push_back({"written", {1}, std::vector<std::int64_t>{options.at("numbers") > 0.5}});
  numbers.words["title"] = {"Input: " + example_words(study)};
  numbers.words["shape"] = {shape_words(study.set)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "shape")[0], style);
  if (room.height > 90 && (!style.titled || room.width < 420)) {
    const Box line = room.cut_bottom(18);
    add_words(scene, {line.center().x, line.bottom() - 3}, words_of(numbers, "shape")[0], line.width, style.theme->muted, Anchor::middle);
  }
  if (numbers.has("symbols")) return draw_text(scene, numbers, room, style), scene;
  if (numbers["input"].shape.size() == 2) return draw_table(scene, numbers, room, style), scene;
  const nn::ConstView picture = rows_of(numbers["input"]);
  const Box at = add_example(scene, numbers, "example", 0, room, style);
  const bool written = whole_numbers(numbers, "written")[0] != 0;
  if (written && numbers["input"].shape[0] == 1) add_numbers(scene, picture, at, rows_of(numbers["white"])(0, 0));
  return scene;
}

}  // namespace viz::input
