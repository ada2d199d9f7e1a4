// Four panes and the bars of the classes. Where the pointer rests, there lies the patch.
#include "viz/occlusion_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/examples.h"
#include "viz/layout.h"
#include "viz/link.h"
#include "viz/map_tiles.h"
#include "viz/pictures.h"
#include "viz/text.h"

namespace viz::occlusion {

namespace {

using figure::small;
using nn::Index;

struct Read {
  const Numbers& numbers;
  nn::Shape shape;
  Index at, target, truth, strongest;

  explicit Read(const Numbers& n) : numbers(n) {
    const auto& size = n["picture"].shape;
    shape = {size[0], size[1], size[2]};
    const nn::ConstView chosen = rows_of(n["chosen"]);
    at = Index(chosen(0, 0)), target = Index(chosen(0, 1)), truth = Index(chosen(0, 2)), strongest = Index(chosen(0, 3));
  }
  Pixels patch(Index k) const {
    const nn::ConstView p = rows_of(numbers["patches"]);
    return {Index(p(k, 0)), Index(p(k, 1)), Index(p(k, 2)), Index(p(k, 3))};
  }
  std::string class_name(Index k) const { return word_at(words_of(numbers, "classes"), k); }
  double before(Index what) const { return double(rows_of(numbers["before"])(0, what)); }
  Index columns() const { return numbers["probability"].shape[1]; }
};

// Laying the patch so that its middle is the middle of this one.
Settings lay(const Pixels& p) { return {{"y", double(p.top + (p.height + 1) / 2)}, {"x", double(p.left + (p.width + 1) / 2)}}; }

void add_caption(Scene& scene, Box row, const std::string& words, const Style& style, Color color) {
  if (row.height >= 12 && row.width >= 40)
    add_words(scene, {row.center().x, row.y + 12}, words, row.width, color.a ? color : style.theme->text, Anchor::middle);
}

// (a) The picture with the patch; each pixel lays the patch there.
void add_covered(Scene& scene, const Read& read, Box box, const Style& style) {
  const Box place = fitted(read.shape, box);
  scene.add(picture_image(rows_of(read.numbers["covered"]), read.shape, place));
  add_frame(scene, place, false, style);
  scene.add(Rect{.box = box_of(read.patch(read.at), read.shape, place), .stroke = style.theme->accent, .line_width = 2});
  if (read.shape.height * read.shape.width > 4096) return;
  for (Index i = 0; i < read.shape.height; i++)
    for (Index j = 0; j < read.shape.width; j++)
      scene.add(Rect{.box = box_of({i, j, 1, 1}, read.shape, place), .id = on_hover({{"y", double(i + 1)}, {"x", double(j + 1)}})});
}

// Cells of the places of the patch, each of which lays it there; the chosen one has a frame.
void add_cells(Scene& scene, const Read& read, Box place, const Style& style) {
  const Index rows = read.numbers["probability"].shape[0], columns = read.columns();
  const nn::Shape grid{1, rows, columns};
  const nn::ConstView answers = rows_of(read.numbers["answers"]);
  add_frame(scene, place, false, style);
  const Box cell = box_of({read.at / columns, read.at % columns, 1, 1}, grid, place);
  scene.add(Rect{.box = cell.inset(-1), .stroke = style.theme->background, .line_width = 3});
  scene.add(Rect{.box = cell.inset(-1), .stroke = style.theme->accent, .line_width = 1.5});
  if (rows * columns > 4096) return;
  for (Index k = 0; k < rows * columns; k++) {
    const int said = best(answers.row(k + 1), answers.columns, 1)[0];
    scene.add(Rect{.box = box_of({k / columns, k % columns, 1, 1}, grid, place),
                   .id = on_hover(lay(read.patch(k))),
                   .tip = "with the patch here: " + read.class_name(read.target) + " " + percent_words(answers(k + 1, read.target)) +
                          ", most likely " + read.class_name(said)});
  }
}

// (b) and (c) Numbers from `low` to `high`.
void add_heat(Scene& scene, const Read& read, std::string_view name, Box box, double low, double high, const Style& style) {
  const nn::ConstView map = rows_of(read.numbers[name]);
  const Box place = fitted({1, map.rows, map.columns}, box);
  scene.add(readable(heat(map, place, Scale::viridis, low, high), map));
  add_cells(scene, read, place, style);
}

// (d) The most likely class in its colour.
void add_labels(Scene& scene, const Read& read, Box box, const Style& style) {
  const nn::ConstView map = rows_of(read.numbers["label"]);
  const Box place = fitted({1, map.rows, map.columns}, box);
  Image image{.box = place, .width = int(map.columns), .height = int(map.rows)};
  for (Index i = 0; i < map.rows * map.columns; i++) {
    const Color c = category(int(map.data[i]));
    image.rgba.insert(image.rgba.end(), {c.r, c.g, c.b, 255});
  }
  scene.add(std::move(image));
  add_cells(scene, read, place, style);
}

// The classes of the label map, the most frequent first: a square of its colour and its name.
void add_legend(Scene& scene, const Read& read, Box row, const Style& style) {
  const nn::ConstView map = rows_of(read.numbers["label"]);
  std::vector<std::pair<Index, int>> counts;
  for (Index i = 0; i < map.rows * map.columns; i++) {
    const int k = int(map.data[i]);
    const auto at = std::ranges::find(counts, k, &std::pair<Index, int>::second);
    at == counts.end() ? counts.emplace_back(1, k) : (at->first++, *at);
  }
  std::ranges::stable_sort(counts, [](const auto& a, const auto& b) { return a.first > b.first; });
  double x = row.x;
  for (const auto& [count, k] : counts) {
    const std::string name = read.class_name(k);
    const double width = 14 + std::min(text_width(name, small), 90.0);
    if (x + width > row.right()) break;
    scene.add(Rect{.box = {x, row.y + 2, 10, 10}, .radius = 2, .fill = category(k)});
    add_words(scene, {x + 14, row.y + 11}, name, width - 13, style.theme->muted);
    x += width + 10;
  }
}

void add_scale(Scene& scene, Box row, double low, double high, const Style& style) {
  Style coloured = style;
  coloured.scale = Scale::viridis;
  const double width = std::min(row.width, 160.0);
  add_color_bar(scene, {row.center().x - width / 2, row.y, width, row.height}, {low, high}, coloured);
}

// What the picture is taken for with the patch, beside what it was without.
void add_answers(Scene& scene, const Read& read, Box room, const Style& style) {
  const nn::ConstView answers = rows_of(read.numbers["answers"]);
  const auto* shares = answers.row(read.at + 1);
  const Box heading = room.cut_top(20);
  add_words(scene, {heading.x, heading.y + 12}, heading.width < 90 ? "patched" : "with the patch", heading.width, style.theme->muted);
  const double row = 20, before = room.height >= 8 * row ? std::min(room.height * 0.45, 6.5 * row) : 0;
  Box below = room.cut_bottom(before);
  if (before > 0) room.height = std::min(room.height, 5.5 * row), below.y = room.bottom() + 8;
  const auto bars = [&](const nn::Real* of, Box box) {
    const int count = std::clamp(int(box.height / row), 1, 5);
    add_bars(scene, box, of, best(of, answers.columns, count), words_of(read.numbers, "classes"), int(read.truth),
             std::min(row, box.height), style);
  };
  bars(shares, room);
  if (before == 0) return;
  add_words(scene, {below.x, below.y + 12}, "without it", below.width, style.theme->muted);
  bars(answers.row(0), {below.x, below.y + 20, below.width, below.height - 20});
}

// Arrows move the patch by a place; "next" lets it slide over the whole picture.
void add_keys(Scene& scene, const Read& read) {
  const Index places = read.numbers["patches"].shape[0], columns = read.columns(), rows = places / columns;
  const Index i = read.at / columns, j = read.at % columns;
  const auto key = [&](std::string_view name, Index to) {
    Mark mark = on_key(name, lay(read.patch(to)));
    std::get<Rect>(mark).box = {scene.box.x, scene.box.y, 0, 0};
    scene.add(std::move(mark));
  };
  key("up", std::max(i - 1, Index(0)) * columns + j), key("down", std::min(i + 1, rows - 1) * columns + j);
  key("left", i * columns + std::max(j - 1, Index(0))), key("right", i * columns + std::min(j + 1, columns - 1));
  key("next", (read.at + 1) % places);
}

}  // namespace

Scene drawn(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Read read(numbers);
  Box room = add_title(scene, "Occlusion: where " + words_of(numbers, "target")[0] + " must not be covered",
                       words_of(numbers, "example")[0] + ", patches of " + words_of(numbers, "fill")[0], style);
  const bool wide = room.width > room.height;
  Box bars = wide ? room.cut_right(room.width * 0.24) : room.cut_bottom(std::min(150.0, room.height * 0.26));
  wide ? room.cut_right(14) : room.cut_bottom(6);
  const bool captions = room.height > 150 && room.width > 200;
  const double label = captions ? 46 : 0;
  const Tiling panes = tiles(4, room,
                             {.aspect = double(read.shape.height) / double(read.shape.width),
                              .gap = captions ? 12.0 : 4.0,
                              .label = label,
                              .smallest = 8,
                              .largest = 480});
  if (wide && panes.shown > 0) {  // the bars beside the panes
    const double left = panes.tile(std::min(panes.columns, panes.shown) - 1).right() + 24;
    bars = {left, bars.y, std::min(bars.right() - left, 380.0), bars.height};
  }
  const auto strongest = rows_of(numbers["strongest"]), probability = rows_of(numbers["probability"]);
  const Statistics activation = statistics(strongest), certainty = statistics(probability);
  const double low = std::min(activation.least, read.before(1)), high = std::max({activation.most, read.before(1), low + 1e-12});
  for (int k = 0; k < panes.shown; k++) {
    const Box pane = panes.tile(k);
    Box below{pane.x - 4, pane.bottom() + 2, pane.width + 8, label};
    if (k == 0) add_covered(scene, read, pane, style);
    if (k == 1) add_heat(scene, read, "strongest", pane, low, high, style);
    if (k == 2) add_heat(scene, read, "probability", pane, 0, 1, style);
    if (k == 3) add_labels(scene, read, pane, style);
    if (!captions) continue;
    const std::string name = read.class_name(read.target);
    const std::string words[] = {
        "the picture with the patch", "sum of map " + std::to_string(read.strongest + 1) + " of " + words_of(numbers, "stage")[0],
        "probability of " + name + ": " + percent_words(nn::Real(read.before(0))) + ", least " + percent_words(nn::Real(certainty.least)),
        "most likely class"};
    add_caption(scene, below.cut_top(16), words[k], style, nothing);
    if (k == 1) add_scale(scene, below, low, high, style);
    if (k == 2) add_scale(scene, below, 0, 1, style);
    if (k == 3) add_legend(scene, read, below, style);
  }
  if (bars.width >= 60 && bars.height >= 40) add_answers(scene, read, bars, style);
  add_keys(scene, read);
  return scene;
}

}  // namespace viz::occlusion
