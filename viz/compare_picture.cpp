// Rows of pictures with their maps; a press makes a map large, another one small again.
#include "viz/compare_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/explanation_picture.h"
#include "viz/link.h"
#include "viz/map_tiles.h"
#include "viz/pictures.h"
#include "viz/text.h"

namespace viz::compare {

namespace {

using figure::small;
using nn::Index;

struct Matrix {
  const Numbers& numbers;
  Index rows, columns, enlarged;
  int range, under;
  nn::Shape shape;

  explicit Matrix(const Numbers& n) : numbers(n) {
    const auto& size = n["maps"].shape;
    const nn::ConstView shown = rows_of(n["shown"]);
    rows = size[0], columns = size[1], enlarged = Index(shown(0, 0)), range = int(shown(0, 1)), under = int(shown(0, 3));
    shape = {Index(shown(0, 2)), size[2], size[3]};
  }
  nn::ConstView map(Index i, Index j) const { return picture_at(numbers["maps"], i * columns + j); }
  nn::ConstView picture(Index i) const { return picture_at(numbers["pictures"], i); }
  bool is_signed(Index j) const { return rows_of(numbers["signed"])(0, j) > 0; }
  const std::string& problem(Index i, Index j) const { return words_of(numbers, "problems")[std::size_t(i * columns + j)]; }

  // What the colours of a map span: its own largest number, or that of its row, its column, or all.
  double span(Index i, Index j) const {
    double most = 0;
    for (Index r = 0; r < rows; r++)
      for (Index c = 0; c < columns; c++)
        if ((r == i || range == 2 || range == 3) && (c == j || range == 1 || range == 3)) most = std::max(most, extent(map(r, c)));
    return most;
  }
  // "deletion 0.31", "points inside"; empty where nothing was measured.
  std::string words_under(Index i, Index j, bool wide = true) const {
    static constexpr const char* names[] = {"deletion ", "insertion ", "", "mass "};
    const double score = double(rows_of(numbers["scores"])(i, j));
    if (std::isnan(score)) return "";
    return under == 2 ? (score > 0 ? "inside" : "beside") : (wide ? names[under] : "") + decimal_words(score);
  }
};

void add_cell(Scene& scene, const Matrix& m, Index i, Index j, Box cell, const Style& style) {
  const std::string name = words_of(m.numbers, "columns")[std::size_t(j)];
  const double number = double(m.enlarged > 0 ? 0 : i * m.columns + j + 1);
  if (!m.problem(i, j).empty()) {
    scene.add(Rect{.box = cell, .fill = style.theme->panel, .stroke = style.theme->line, .tip = m.problem(i, j)});
    return add_centered(scene, cell, "–", style.theme->muted);
  }
  add_heat(scene, m.map(i, j), cell, m.span(i, j), m.is_signed(j), style);
  const std::string under = m.words_under(i, j);
  scene.add(Rect{.box = cell,
                 .id = on_press({{"cell", number}}),
                 .tip = name + ", " + words_of(m.numbers, "rows")[std::size_t(i)] + ": colours to " + number_words(m.span(i, j)) +
                        (under.empty() ? "" : ", " + under)});
}

void add_matrix(Scene& scene, const Matrix& m, Box room, const Style& style) {
  constexpr double gap = 6, heading = 18;
  const double aspect = double(m.shape.height) / double(m.shape.width);
  constexpr double least = 20;  // rows that would be lower are not shown
  const Index rows = std::clamp(Index((room.height - heading) / (least + gap)), Index(1), m.rows);
  const double label = room.height / double(rows) > 50 ? 16 : 0;
  const double width = std::min({(room.width - gap * double(m.columns)) / double(m.columns + 1),
                                 ((room.height - heading) / double(rows) - label - gap) / aspect, 220.0});
  if (width < 2) return;
  const double height = width * aspect;
  const auto cell = [&](Index i, Index j) {  // column -1: the picture
    return Box{room.x + double(j + 1) * (width + gap), room.y + heading + double(i) * (height + label + gap), width, height};
  };
  for (Index j = 0; j < m.columns; j++)
    add_words(scene, {cell(0, j).center().x, room.y + 12}, words_of(m.numbers, "columns")[std::size_t(j)], width + gap - 4,
              style.theme->text, Anchor::middle);
  for (Index i = 0; i < rows; i++) {
    const Box place = cell(i, -1);
    scene.add(picture_image(m.picture(i), m.shape, place));
    scene.add(Rect{.box = place, .stroke = style.theme->line, .tip = words_of(m.numbers, "rows")[std::size_t(i)]});
    if (label > 0) add_words(scene, {place.x, place.bottom() + 12}, words_of(m.numbers, "rows")[std::size_t(i)], width, style.theme->muted);
    for (Index j = 0; j < m.columns; j++) {
      const Box box = cell(i, j);
      add_cell(scene, m, i, j, box, style);
      if (label > 0)
        add_words(scene, {box.center().x, box.bottom() + 12}, m.words_under(i, j, width > 74), width + gap - 4, style.theme->muted,
                  Anchor::middle);
    }
  }
}

void add_large(Scene& scene, const Matrix& m, Box room, const Style& style) {
  const Index i = (m.enlarged - 1) / m.columns, j = (m.enlarged - 1) % m.columns;
  const Box foot = room.cut_bottom(std::min(room.height * 0.2, 48.0));
  Box side = room.width > room.height * 1.4 ? room.cut_left(room.width * 0.35) : Box{};
  if (side.width > 0) {
    room.cut_left(12);
    const Box place = fitted(m.shape, side);
    scene.add(picture_image(m.picture(i), m.shape, place));
    scene.add(Rect{.box = place, .stroke = style.theme->line});
  }
  const Box place = fitted(m.shape, room);
  add_cell(scene, m, i, j, place, style);
  if (foot.height < 40) return;
  const std::string under = m.words_under(i, j);
  add_words(scene, {foot.x, foot.y + 13},
            words_of(m.numbers, "columns")[std::size_t(j)] + ", " + words_of(m.numbers, "rows")[std::size_t(i)] +
                (under.empty() ? "" : ", " + under) + ". Press it to see all.",
            foot.width, style.theme->text);
  add_heat_bar(scene, {foot.x, foot.y + 22, foot.width, 24}, m.span(i, j), m.is_signed(j), style);
}

}  // namespace

Scene drawn(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Matrix m(numbers);
  Box room = add_title(scene, words_of(numbers, "title")[0], words_of(numbers, "target")[0], style);
  m.enlarged > 0 ? add_large(scene, m, room, style) : add_matrix(scene, m, room, style);
  return scene;
}

}  // namespace viz::compare
