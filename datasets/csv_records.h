// The text of a CSV file cut into records and cells (RFC 4180, and what else is met: other separators, CR or CRLF, blanks around cells).
#pragma once
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace data {

constexpr std::size_t most_columns = 10'000;

struct Records {
  std::vector<std::string_view> cells;  // of all records, without quotes and surrounding blanks; they point into the text
  std::vector<std::size_t> starts{0};   // record r is the cells starts[r] .. starts[r + 1] - 1
  std::vector<std::size_t> lines;       // where each record begins, from 1
  std::deque<std::string> unquoted;     // owns the cells that held doubled quotes

  std::size_t size() const { return lines.size(); }
  std::span<const std::string_view> operator[](std::size_t r) const {
    return std::span(cells).subspan(starts[r], starts[r + 1] - starts[r]);
  }
};

// Blank lines are stepped over. Separator ' ' stands for any run of blanks and tabs.
// Throws std::runtime_error beginning with `who` for an unfinished quote, text after a closing one, and more than most_columns cells.
Records read_records(std::string_view text, char separator, const std::string& who);

// Tab, ; , or blank: the first of these that cuts the first lines into equally many cells, at least two; else the most frequent.
char guess_separator(std::string_view text);

}  // namespace data
