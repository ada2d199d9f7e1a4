// Blocks from top to bottom, inside of their quotes and lists.
#include "viz/notes_picture.h"

#include <algorithm>

#include "viz/rich_text.h"
#include "viz/text.h"

namespace viz {

namespace {

using markdown::Block;
using markdown::Kind;

constexpr double letters = 15, longest = 44 * letters;  // about 85 letters in a line
constexpr double quote_step = 16, item_step = 24, least_width = 90, pad = 8, column_gap = 18;

double size_of(const Block& block) {
  constexpr double headings[] = {22, 18, 16};
  return block.kind == Kind::heading ? headings[std::min(block.level, 3) - 1] : letters;
}

double space_before(const Block& block) { return block.kind == Kind::heading ? 16 : block.close ? 3 : 10; }

// Each as wide as it wants to be; where that is too much, the widest give way.
std::vector<double> column_widths(const Block& table, double room) {
  std::vector<double> widths(table.rows.empty() ? 0 : table.rows[0].size());
  for (std::size_t r = 0; r < table.rows.size(); r++)
    for (std::size_t c = 0; c < std::min(widths.size(), table.rows[r].size()); c++)
      widths[c] = std::max(widths[c], markdown::natural_width(table.rows[r][c], letters, r == 0) + 1);
  std::vector<double> sorted = widths;
  std::ranges::sort(sorted);
  double left = std::max(0.0, room - column_gap * double(widths.size() - 1));
  for (std::size_t i = 0; i < sorted.size(); i++) {
    const double most = left / double(sorted.size() - i);
    if (sorted[i] > most) {
      for (double& width : widths) width = std::min(width, most);
      break;
    }
    left -= sorted[i];
  }
  return widths;
}

Scene table_picture(const Block& table, double width, const Theme& theme) {
  Scene scene{.box = {0, 0, width, 0}};
  const std::vector<double> widths = column_widths(table, width);
  double whole = -column_gap;
  for (const double each : widths) whole += each + column_gap;
  for (std::size_t r = 0; r < table.rows.size(); r++) {
    double x = 0, high = 0;
    for (std::size_t c = 0; c < std::min(widths.size(), table.rows[r].size()); c++) {
      const Scene cell = markdown::paragraph(table.rows[r][c], letters, widths[c], theme, r == 0);
      scene.append(cell, {x, scene.box.height + 2});
      x += widths[c] + column_gap, high = std::max(high, cell.box.height + 4);
    }
    scene.box.height += high;
    scene.add_line({0, scene.box.height}, {std::max(0.0, whole), scene.box.height}, r == 0 ? theme.muted : theme.grid, r == 0 ? 1.5 : 1);
  }
  return scene;
}

Scene block_picture(const Block& block, double width, const Theme& theme) {
  if (block.kind == Kind::table) return table_picture(block, width, theme);
  if (block.kind == Kind::rule) return Scene{.box = {0, 0, width, 9}}.add_line({0, 5}, {width, 5}, theme.line, 1.5);
  if (block.kind == Kind::heading) return markdown::paragraph(block.words, size_of(block), width, theme, true);
  if (block.kind == Kind::paragraph) return markdown::paragraph(block.words, letters, width, theme);
  const Scene lines = markdown::listing(block.words, letters, width - 2 * pad, theme);
  Scene scene{.box = {0, 0, width, lines.box.height + 2 * pad}};
  scene.add(Rect{.box = scene.box, .radius = 4, .fill = markdown::code_ground(theme)});
  return scene.append(lines, {pad, pad});
}

// Where a quote or an item begins, from the left.
struct Left {
  double x, step;
};
std::vector<Left> lefts(const Block& block, double width) {
  std::vector<Left> all;
  double x = 0;
  for (const markdown::Around& each : block.around) {
    double step = each.quote ? quote_step : std::max(item_step, text_width(each.mark, letters) + 8);
    if (x + step > width - least_width) step = 0;
    all.push_back({x, step});
    x += step;
  }
  return all;
}

}  // namespace

Scene notes_picture(std::span<const Block> blocks, double width, const Theme& theme) {
  Scene scene{.box = {0, 0, width, 0}};
  const double across = std::min(width, longest);
  std::vector<std::pair<double, double>> quotes;  // of the block before: where its bars are, and where they end
  for (const Block& block : blocks) {
    if (&block != &blocks.front()) scene.box.height += space_before(block);
    const std::vector<Left> left = lefts(block, across);
    const double indent = left.empty() ? 0 : left.back().x + left.back().step, top = scene.box.height;
    const Scene picture = block_picture(block, across - indent, theme);
    const bool marked = std::ranges::any_of(block.around, [](const markdown::Around& each) { return !each.mark.empty(); });
    const double high = std::max(picture.box.height, marked ? line_height(letters) : 0);
    scene.append(picture, {indent, top});
    scene.box.height += high;
    std::vector<std::pair<double, double>> bars;
    for (std::size_t i = 0; i < left.size(); i++) {
      const markdown::Around& each = block.around[i];
      if (left[i].step == 0) continue;
      if (!each.quote) {
        const double size = size_of(block), baseline = top + (line_height(size) + cap_height(size)) / 2;
        if (!each.mark.empty())
          scene.add(Text{.at = {left[i].x + left[i].step - 8, baseline},
                         .string = each.mark,
                         .size = letters,
                         .color = theme.text,
                         .anchor = Anchor::end});
        continue;
      }
      // A quote of several blocks has one bar.
      const auto before = std::ranges::find(quotes, left[i].x, &std::pair<double, double>::first);
      const double from = before == quotes.end() ? top : before->second - 1;
      scene.add(Rect{.box = {left[i].x + 2, from, 3, scene.box.height - from}, .fill = theme.accent});
      bars.emplace_back(left[i].x, scene.box.height);
    }
    quotes = std::move(bars);
  }
  return scene;
}

}  // namespace viz
