// What the experiment says of itself: the text beside the view of the TensorFlow Playground (Smilkov and Carter 2016). It needs no network.
#include "viz/figure.h"
#include "viz/methods.h"
#include "viz/notes_picture.h"
#include "viz/text.h"

namespace viz::notes {

namespace {

constexpr double side = 6, foot = 10;  // beside the text and below it

std::string text_of(const Numbers& numbers) { return words_of(numbers, "text").at(0); }

Scene picture_of(const Numbers& numbers, double width, const Theme& theme) {
  return notes_picture(markdown::blocks(text_of(numbers)), width - 2 * (figure::margin + side), theme);
}

}  // namespace

// Tensor "blocks" [blocks, 3]: of each block its kind (0 paragraph, 1 heading, 2 code, 3 rule, 4 table), in how many quotes and lists it
// stands, and its letters in bytes. Words "text": the Markdown.
Numbers compute(const Study& study, const Arguments&) {
  if (study.about.find_first_not_of(" \t\r\n") == std::string_view::npos)
    throw std::invalid_argument(
        "notes: this experiment brings no text along; give it one under the key about, as in about = \"\"\"Press **Play**.\"\"\"");
  std::vector<std::int64_t> rows;
  nn::Index count = 0;
  for (const markdown::Block& block : markdown::blocks(study.about)) {
    std::size_t bytes = markdown::plain(block.words).size();
    for (const auto& row : block.rows)
      for (const auto& cell : row) bytes += markdown::plain(cell).size();
    rows.insert(rows.end(), {std::int64_t(block.kind), std::int64_t(block.around.size()), std::int64_t(bytes)});
    count++;
  }
  Numbers numbers;
  numbers.tensors.push_back({"blocks", {count, 3}, std::move(rows)});
  numbers.words["text"] = {std::string(study.about)};
  return numbers;
}

double height(const Numbers& numbers, double width, const Style& style) {
  return figure::margin + (style.titled ? figure::title_row : 0) + picture_of(numbers, width, *style.theme).box.height + foot;
}

// Where the room is lower than the text, its lines end with an ellipsis.
Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Box room = add_title(scene, "Notes", "", style);
  Scene text = picture_of(numbers, box.width, *style.theme);
  const double most = room.height - (text.box.height > room.height ? 18 : 0);
  std::erase_if(text.marks, [&](const Mark& mark) { return bounds(mark) && bounds(mark)->bottom() > most; });
  scene.append(text, {room.x + side, room.y});
  if (most < room.height) add_words(scene, {room.x + side, room.bottom() - 4}, "…", 40, style.theme->muted);
  return scene;
}

}  // namespace viz::notes
