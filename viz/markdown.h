// Markdown as blocks of styled words, in the order in which they are read. CommonMark by md4c, with tables and $formulas$; HTML is text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace viz::markdown {

struct Look {
  bool bold = false, italic = false, code = false, formula = false;  // a formula is TeX
  bool operator==(const Look&) const = default;
};

// Words in one look; '\n' breaks the line. A link is its words; where it leads is its address.
struct Run {
  std::string text;
  Look look = {};
  std::string address = {};
};

// A quote or an item of a list, which blocks stand in. An item's mark, "•" or "3.", is at its first block alone.
struct Around {
  bool quote = false;
  std::string mark = {};
};

enum class Kind { paragraph, heading, code, rule, table };

struct Block {
  Kind kind = Kind::paragraph;
  int level = 0;                    // of a heading, 1 .. 6
  bool close = false;               // in a list without blank lines, behind its beginning: little space before it
  std::vector<Around> around = {};  // from the outside; 8 at most, what is nested deeper stands in the eighth
  std::vector<Run> words = {};      // of all but rules and tables
  std::vector<std::vector<std::vector<Run>>> rows = {};  // of a table: cells, the first row is its head; 12 columns at most
};

// Bytes that are not UTF-8 stay as they are; with more than 5,000 cells of tables the rest is left out. Takes time in proportion to the
// text, whatever stands in it.
std::vector<Block> blocks(std::string_view text);

// The words alone.
std::string plain(const std::vector<Run>& words);

}  // namespace viz::markdown
