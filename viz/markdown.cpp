// Reads Markdown. The only file that knows md4c, which calls back for each block, span and piece of text, outer ones around inner ones.
#include "viz/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace viz::markdown {

namespace {

// md4c fills up short rows: few letters can ask for millions of cells.
constexpr std::size_t deepest = 8, most_columns = 12, most_cells = 5000;

std::string utf8(unsigned c) {
  const auto byte = [](unsigned bits) { return char(bits); };
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return "\uFFFD";
  if (c < 0x80) return {byte(c)};
  if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 63))};
  if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
  return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
}

// "&amp;", "&#228;", "&#xe4;"; others stay as they are written.
std::string entity(std::string_view written) {
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}};
  for (const auto& [name, letter] : known)
    if (written == name) return std::string(letter);
  if (!written.starts_with("&#")) return std::string(written);
  const bool hexadecimal = written.size() > 2 && (written[2] == 'x' || written[2] == 'X');
  const std::string_view digits = written.substr(hexadecimal ? 3 : 2);
  unsigned number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number, hexadecimal ? 16 : 10);
  return utf8(number);
}

struct List {
  bool numbered;
  unsigned next;
  bool close;
  bool begun = false;
};

// What is open while the text is read.
struct Reader {
  std::vector<Block> blocks;
  std::vector<Around> around;
  std::vector<List> lists;
  std::vector<std::string> addresses;
  int bold = 0, italic = 0, code = 0, formula = 0;
  std::size_t too_deep = 0;  // quotes and items that are not kept
  std::size_t cells = 0;     // of all tables
  bool open = false;         // whether words go on in the last block

  Block& begin(Kind kind) {
    Block block{.kind = kind, .around = around};
    block.close = !lists.empty() && lists.back().close && (lists.size() > 1 || lists.back().begun);
    if (!lists.empty()) lists.back().begun = true;
    for (Around& each : around) each.mark.clear();
    open = kind != Kind::rule;
    return blocks.emplace_back(std::move(block));
  }

  // Where words go: the last cell of a table, the open block, or in lists without blank lines a paragraph that nobody announces.
  std::vector<Run>& words() {
    if (!open) return begin(Kind::paragraph).words;
    Block& last = blocks.back();
    return last.kind != Kind::table || last.rows.empty() || last.rows.back().empty() ? last.words : last.rows.back().back();
  }

  void add(std::string_view text) {
    const Look look{bold > 0, italic > 0, code > 0, formula > 0};
    const std::string address = addresses.empty() ? "" : addresses.back();
    std::vector<Run>& all = words();
    if (!all.empty() && all.back().look == look && all.back().address == address && !look.formula)
      all.back().text += text;
    else
      all.push_back({std::string(text), look, address});
  }

  void go_in(Around next) {
    open = false;
    if (around.size() < deepest)
      around.push_back(std::move(next));
    else
      too_deep++;
  }
  void go_out() {
    if (too_deep > 0)
      too_deep--;
    else
      around.pop_back();
    open = false;
  }

  void add_cell() {
    cells++;
    std::vector<std::vector<Run>>& row = blocks.back().rows.back();
    if (row.size() < most_columns) return void(row.emplace_back());
    if (!row.back().empty()) row.back().push_back({" "});
  }

  void enter(MD_BLOCKTYPE type, const void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        return go_in({.quote = true});
      case MD_BLOCK_UL:
        return lists.push_back({false, 0, static_cast<const MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0});
      case MD_BLOCK_OL: {
        const auto& list = *static_cast<const MD_BLOCK_OL_DETAIL*>(detail);
        return lists.push_back({true, list.start, list.is_tight != 0});
      }
      case MD_BLOCK_LI:
        return go_in({.mark = lists.back().numbered ? std::to_string(lists.back().next++) + "." : "•"});
      case MD_BLOCK_HR:
        return void(begin(Kind::rule));
      case MD_BLOCK_H:
        return void(begin(Kind::heading).level = int(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level));
      case MD_BLOCK_CODE:
        return void(begin(Kind::code));
      case MD_BLOCK_P:
      case MD_BLOCK_HTML:
        return void(begin(Kind::paragraph));
      case MD_BLOCK_TABLE:
        return void(begin(Kind::table));
      case MD_BLOCK_TR:
        return void(blocks.back().rows.emplace_back());
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        return add_cell();
      default:
        return;
    }
  }

  void leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_LI:
        if (!around.empty() && !around.back().mark.empty()) begin(Kind::paragraph);  // an item without a word
        return go_out();
      case MD_BLOCK_QUOTE:
        return go_out();
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
        open = false;
        return lists.pop_back();
      case MD_BLOCK_H:
      case MD_BLOCK_CODE:
      case MD_BLOCK_P:
      case MD_BLOCK_HTML:
      case MD_BLOCK_TABLE:
        open = false;
        return;
      default:
        return;
    }
  }

  void span(MD_SPANTYPE type, const void* detail, int by) {
    if (type == MD_SPAN_STRONG) bold += by;
    if (type == MD_SPAN_EM) italic += by;
    if (type == MD_SPAN_CODE) code += by;
    if (type == MD_SPAN_LATEXMATH || type == MD_SPAN_LATEXMATH_DISPLAY) formula += by;
    if (type != MD_SPAN_A) return;
    if (by < 0) return addresses.pop_back();
    const MD_ATTRIBUTE& address = static_cast<const MD_SPAN_A_DETAIL*>(detail)->href;
    addresses.emplace_back(address.text, address.size);
  }

  void text(MD_TEXTTYPE type, std::string_view letters) {
    if (type == MD_TEXT_BR) return add("\n");
    if (type == MD_TEXT_SOFTBR) return add(" ");
    if (type == MD_TEXT_NULLCHAR) return add("\uFFFD");
    if (type == MD_TEXT_ENTITY) return add(entity(letters));
    add(letters);
  }
};

Reader& reader(void* of) { return *static_cast<Reader*>(of); }

}  // namespace

std::vector<Block> blocks(std::string_view text) {
  const MD_PARSER parser{.abi_version = 0,
                         .flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_LATEXMATHSPANS | MD_FLAG_NOINDENTEDCODEBLOCKS,
                         .enter_block = [](MD_BLOCKTYPE type, void* detail,
                                           void* of) { return reader(of).enter(type, detail), int(reader(of).cells > most_cells); },
                         .leave_block = [](MD_BLOCKTYPE type, void*, void* of) { return reader(of).leave(type), 0; },
                         .enter_span = [](MD_SPANTYPE type, void* detail, void* of) { return reader(of).span(type, detail, 1), 0; },
                         .leave_span = [](MD_SPANTYPE type, void* detail, void* of) { return reader(of).span(type, detail, -1), 0; },
                         .text =
                             [](MD_TEXTTYPE type, const char* letters, MD_SIZE size, void* of) {
                               return reader(of).text(type, {letters, size}), 0;
                             },
                         .debug_log = nullptr,
                         .syntax = nullptr};
  Reader reading;
  if (md_parse(text.data(), MD_SIZE(text.size()), &parser, &reading) < 0) throw std::runtime_error("markdown: there is not enough memory");
  return std::move(reading.blocks);
}

std::string plain(const std::vector<Run>& words) {
  std::string text;
  for (const Run& run : words) text += run.text;
  return text;
}

}  // namespace viz::markdown
