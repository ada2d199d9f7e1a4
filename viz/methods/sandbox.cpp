// How size, padding, kernel, stride and dilation decide what comes out of a convolution (Dumoulin and Visin 2016). It needs no network.
#include <algorithm>

#include "viz/cells.h"
#include "viz/equation_lines.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/text.h"

namespace viz::sandbox {

namespace {

using figure::normal;
using figure::small;
using nn::Index;

// In one direction: both are alike. o = floor((n + 2p - d (k - 1) - 1) / s) + 1, or 0 where the kernel does not fit.
struct Sizes {
  Index n, p, k, s, d, o, place;
  Index padded() const { return n + 2 * p; }
  Index reach() const { return d * (k - 1) + 1; }
  Index left_over() const { return o > 0 ? padded() - ((o - 1) * s + reach()) : 0; }
  Index row() const { return o > 0 ? place / o : 0; }
  Index column() const { return o > 0 ? place % o : 0; }
};

Sizes sizes_of(const Numbers& numbers) {
  const auto& all = whole_numbers(numbers, "sizes");
  return {all[1], all[2], all[3], all[4], all[5], all[0], all[7]};
}

std::string times(Index count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

// Where a pixel of the padded input is read from, in this direction: at least one place of the kernel.
bool is_read(const Sizes& z, Index at) {
  for (Index i = 0; i < z.o; i++)
    for (Index u = 0; u < z.k; u++)
      if (i * z.s + u * z.d == at) return true;
  return false;
}

std::string verdict(const Sizes& z) {
  const std::string input = std::to_string(z.padded()) +
                            (z.p > 0 ? " (" + std::to_string(z.n) + " and a padding of " + std::to_string(z.p) + " on each side)" : "");
  if (z.o == 0)
    return "Impossible: the kernel reaches over " + times(z.reach(), "pixel", "pixels") + " and does not fit into " + input +
           ". A larger input or padding would do, or a smaller kernel or dilation.";
  std::string words = "The kernel fits " + times(z.o, "time", "times") + " in each direction.";
  if (z.left_over() > 0)
    words += " " +
             (z.left_over() == 1 ? std::string("One row and one column are") : std::to_string(z.left_over()) + " rows and columns are") +
             " left over at the end: no place of the kernel reaches there.";
  else if (z.s > 1 || z.k > 1)
    words += " Its last place ends at the last pixel.";
  if (z.p >= z.reach()) words += " At the border it lies in the padding alone, where every sum is the bias.";
  bool all_read = true;
  for (Index i = 0; i + z.left_over() < z.padded(); i++) all_read = all_read && is_read(z, i);
  if (!all_read) words += " It steps over the fainter pixels, which are never read.";
  if (z.o == z.n) words += " The output is as large as the input.";
  return words;
}

void add_input(Scene& scene, const Sizes& z, const Cells& cells, const Style& style) {
  const Theme& theme = *style.theme;
  const Color input = mix(theme.background, theme.accent, 0.22), padding = theme.panel, lost = mix(theme.background, theme.warning, 0.45);
  const Index ends = z.o > 0 ? (z.o - 1) * z.s + z.reach() : z.padded();
  for (Index i = 0; i < z.padded(); i++)
    for (Index j = 0; j < z.padded(); j++) {
      const bool inside = i >= z.p && i < z.p + z.n && j >= z.p && j < z.p + z.n, beyond = i >= ends || j >= ends;
      const bool read = z.o == 0 || (is_read(z, i) && is_read(z, j));
      const Color fill = beyond ? lost : inside ? input : padding;
      scene.add(Rect{.box = cells.cell(i, j).inset(0.5),
                     .fill = read || beyond ? fill : mix(fill, theme.background, 0.6),
                     .stroke = theme.line,
                     .line_width = 0.8,
                     .id = {},
                     .tip = beyond   ? "left over: no place of the kernel reaches here"
                            : !read  ? "never read"
                            : inside ? "a pixel of the input"
                                     : "padding: 0"});
    }
  scene.add(Rect{.box = cells.block(z.p, z.p, z.n, z.n), .stroke = theme.muted, .line_width = 1.5});
}

// The kernel where it lies; its weights are counted, so that gaps of a dilation show.
void add_kernel(Scene& scene, const Sizes& z, const Cells& cells, const Style& style) {
  const Theme& theme = *style.theme;
  const Color color = z.o > 0 ? theme.accent : theme.warning;
  const Index top = z.row() * z.s, left = z.column() * z.s;
  for (Index u = 0; u < z.k; u++)
    for (Index v = 0; v < z.k; v++) {
      const Box box = cells.cell(top + u * z.d, left + v * z.d);
      scene.add(Rect{.box = box.inset(1), .fill = with_alpha(color, z.o > 0 ? 0.75 : 0.3)});
      if (cells.side >= 19)
        add_centered(scene, box, std::to_string(u * z.k + v + 1), z.o > 0 ? theme.on_accent : theme.text,
                     std::clamp(cells.side * 0.4, 10.0, 14.0));
    }
  add_frame(scene, cells.block(top, left, z.reach(), z.reach()), color, 2.5);
}

void add_targets(Scene& scene, const Sizes& z, const Cells& input, const Cells& output) {
  const auto place = [&](Index i, Index j) { return Settings{{"place", double(i * z.o + j + 1)}}; };
  const auto nearest = [&](Index at) { return std::clamp<Index>((at - z.reach() / 2 + z.s / 2) / z.s, 0, z.o - 1); };
  for (Index i = 0; i < z.padded(); i++)
    for (Index j = 0; j < z.padded(); j++) scene.add(Rect{.box = input.cell(i, j), .id = on_hover(place(nearest(i), nearest(j)))});
  for (Index i = 0; i < z.o; i++)
    for (Index j = 0; j < z.o; j++) scene.add(Rect{.box = output.cell(i, j), .id = on_hover(place(i, j))});
  const Index row = z.row(), column = z.column(), last = z.o - 1;
  if (z.o > 1) scene.add(on_key("next", {{"place", double((z.place + 1) % (z.o * z.o) + 1)}}));
  scene.add(on_key("left", place(row, std::max<Index>(0, column - 1)))).add(on_key("right", place(row, std::min(last, column + 1))));
  scene.add(on_key("up", place(std::max<Index>(0, row - 1), column))).add(on_key("down", place(std::min(last, row + 1), column)));
}

void add_output(Scene& scene, const Sizes& z, const Cells& cells, const Style& style) {
  const Theme& theme = *style.theme;
  for (Index i = 0; i < z.o; i++)
    for (Index j = 0; j < z.o; j++) {
      const bool here = i == z.row() && j == z.column();
      scene.add(Rect{.box = cells.cell(i, j).inset(0.5),
                     .fill = here ? theme.accent : mix(theme.background, theme.accent, 0.22),
                     .stroke = theme.line,
                     .line_width = 0.8,
                     .id = {},
                     .tip = "a pixel of the output"});
    }
  scene.add(Rect{.box = cells.area, .stroke = theme.muted, .line_width = 1.5});
}

std::vector<EquationLine> equations(const Sizes& z) {
  const auto t = [](Index i) { return std::to_string(i); };
  EquationLine numbers{{"o = \\lfloor (" + t(z.n) + " + 2 \\cdot " + t(z.p) + " - " + t(z.d) + " \\cdot (" + t(z.k) + " - 1) - 1) / " +
                        t(z.s) + " \\rfloor + 1"}};
  const Index above = z.padded() - z.reach();
  numbers.pieces.push_back(z.o > 0 ? "= \\lfloor " + t(above) + " / " + t(z.s) + " \\rfloor + 1 = " + t(z.o)
                                   : "\\text{: impossible, as } " + t(above) + " < 0");
  return {{{"o = \\lfloor (n + 2p - d(k - 1) - 1) / s \\rfloor + 1"}}, numbers};
}

}  // namespace

// Tensor "sizes" [8]: what comes out, input, padding, kernel, stride, dilation, pixels left over, place (from 0); 0 comes out of the
// impossible.
Numbers compute(const Study&, const Arguments& options) {
  const auto whole = [&](const char* name) { return Index(options.at(name)); };
  Sizes z{whole("input"), whole("padding"), whole("kernel"), whole("stride"), whole("dilation"), 0, 0};
  z.o = z.padded() < z.reach() ? 0 : (z.padded() - z.reach()) / z.s + 1;
  z.place = std::clamp<Index>(whole("place") - 1, 0, std::max<Index>(0, z.o * z.o - 1));
  Numbers numbers;
  numbers.tensors.push_back({"sizes", {8}, std::vector<std::int64_t>{z.o, z.n, z.p, z.k, z.s, z.d, z.left_over(), z.place}});
  numbers.words["verdict"] = {verdict(z)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  Scene scene = sheet(box, style);
  const Theme& theme = *style.theme;
  const Sizes z = sizes_of(numbers);
  const auto square = [](Index i) { return std::to_string(i) + " x " + std::to_string(i); };
  Box room = add_title(scene, "A kernel of " + square(z.k) + " on " + square(z.n) + " pixels: " + (z.o > 0 ? square(z.o) : "impossible"),
                       "", style);
  const std::vector<EquationLine> lines = equations(z);
  Scene words{.box = {0, 0, room.width, 0}};
  const Scene sentence = paragraph(words_of(numbers, "verdict")[0], room.height < 220 ? small : normal, room.width,
                                   z.o > 0 && z.left_over() == 0 ? theme.text : theme.warning);
  const double most = room.height * 0.5;
  const Scene formula = equation_lines(lines, {0, 0, room.width, most - sentence.box.height - 6}, style, 16);
  const Scene numbers_alone = formula.box.height > 0
                                  ? formula
                                  : equation_lines(std::span(lines).last(1), {0, 0, room.width, most - sentence.box.height - 6}, style, 15);
  words.append(numbers_alone), words.box.height = numbers_alone.box.height + (numbers_alone.box.height > 0 ? 6 : 0);
  if (words.box.height + sentence.box.height <= most + 20)
    words.append(sentence, {0, words.box.height}), words.box.height += sentence.box.height;
  scene.append(words, {room.x, room.bottom() - words.box.height});
  room.cut_bottom(words.box.height + 10);

  const Index rows = std::max(z.padded(), z.reach());  // of one that does not fit, all of it is seen
  const double gap = 40, label = 18;
  const bool below = room.height > 1.5 * room.width;
  const double side =
      below ? std::min({room.width / double(rows), (room.height - 2 * label - gap) / double(rows + z.o), 46.0})
            : std::min({(room.width - gap) / double(rows + std::max<Index>(z.o, 1)), (room.height - label) / double(rows), 46.0});
  const double large = side * double(rows), out = side * double(z.o);
  const double tall = below ? large + gap + label + out : large;
  room.y += std::max(0.0, (room.height - label - tall) * 0.4);
  const Box first{below ? room.center().x - large / 2 : room.center().x - (large + gap + out) / 2, room.y + label, large, large};
  const Cells all{first, rows, rows, side}, input{all.block(0, 0, z.padded(), z.padded()), z.padded(), z.padded(), side};
  const Box second = below ? Box{room.center().x - out / 2, first.bottom() + gap + label, out, out}
                           : Box{first.right() + gap, first.center().y - out / 2, out, out};
  add_words(scene, {first.center().x, first.y - 6}, "input " + square(z.n) + (z.p > 0 ? ", padded " + square(z.padded()) : ""),
            below ? room.width : std::max(large, 60.0), theme.muted, Anchor::middle);
  add_input(scene, z, input, style);
  add_kernel(scene, z, all, style);
  if (z.o == 0) return scene;
  const Cells output{second, z.o, z.o, side};
  const double arrow = first.center().y;
  if (!below) {
    scene.add_line({first.right() + 8, arrow}, {second.x - 12, arrow}, theme.muted, 1.5);
    scene.add(Path{.closed = true, .fill = theme.muted}
                  .move({second.x - 6, arrow})
                  .line({second.x - 14, arrow - 4})
                  .line({second.x - 14, arrow + 4}));
  }
  add_words(scene, {second.center().x, second.y - 6}, "output " + square(z.o),
            std::min(2 * (room.right() - second.center().x), std::max(out + gap, 70.0)), theme.muted, Anchor::middle);
  add_output(scene, z, output, style);
  add_targets(scene, z, input, output);
  return scene;
}

}  // namespace viz::sandbox
