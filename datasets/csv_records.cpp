// Cuts text into records and cells.
#include "datasets/csv_records.h"

#include <algorithm>
#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

class Reader {
 public:
  Reader(std::string_view text, char separator, const std::string& who) : text_(text), separator_(separator), who_(who) {}

  Records records() {
    while (at_ < text_.size()) record();
    return std::move(records_);
  }

 private:
  bool is_separator(char c) const { return c == separator_ || (separator_ == ' ' && c == '\t'); }
  bool at_end() const { return at_ == text_.size() || is_line_end(text_[at_]); }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || (text_[at_] == '\t' && separator_ != '\t'))) at_++;
  }
  [[noreturn]] void fail(std::size_t line, const std::string& what) const {
    throw std::runtime_error(who_ + ": line " + std::to_string(line) + ": " + what);
  }

  void record() {
    const std::size_t line = line_, first = records_.cells.size();
    skip_blanks();
    const bool blank = at_end();
    while (!blank) {
      records_.cells.push_back(cell());
      if (records_.cells.size() - first > most_columns)
        fail(line,
             "more than " + std::to_string(most_columns) + " columns; that is the most that is read (was the right separator given?)");
      skip_blanks();
      if (at_end()) break;
      if (separator_ == ' ') continue;
      if (!is_separator(text_[at_]))
        fail(line_, "text follows the closing quote of field " + std::to_string(records_.cells.size() - first));
      at_++;
    }
    if (!blank) {
      records_.starts.push_back(records_.cells.size());
      records_.lines.push_back(line);
    }
    step_over_line_end();
  }

  std::string_view cell() {
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '"') return quoted();
    const std::size_t start = at_;
    while (!at_end() && !is_separator(text_[at_])) at_++;
    return nn::trim(text_.substr(start, at_ - start));
  }

  // "He said ""no"""; the separator and line ends may stand within.
  std::string_view quoted() {
    const std::size_t line = line_, start = ++at_;
    bool doubled = false;
    for (;;) {
      if (at_ == text_.size()) fail(line, "a quote is opened and never closed");
      if (text_[at_] == '"') {
        if (text_.substr(at_ + 1, 1) != "\"") break;
        doubled = true;
        at_ += 2;
      } else if (is_line_end(text_[at_])) {
        step_over_line_end();
      } else {
        at_++;
      }
    }
    const std::string_view content = text_.substr(start, at_++ - start);
    if (!doubled) return content;
    std::string& single = records_.unquoted.emplace_back();
    for (std::size_t i = 0; i < content.size(); i++) {
      single += content[i];
      if (content[i] == '"') i++;
    }
    return single;
  }

  void step_over_line_end() {
    if (at_ == text_.size()) return;
    at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
    line_++;
  }

  std::string_view text_;
  char separator_;
  const std::string& who_;
  std::size_t at_ = 0, line_ = 1;
  Records records_;
};

// How many cells a separator would make of each of the first lines that are not blank; quoted ones do not count.
std::vector<int> cells_in_lines(std::string_view text, char separator) {
  constexpr std::size_t lines = 20;
  std::vector<int> counts;
  bool quoted = false, empty = true;
  int cells = 1;
  char before = '\n';
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (is_line_end(c) && !quoted) {
      if (!empty) counts.push_back(cells - (separator == ' ' && before == ' '));
      if (counts.size() == lines) return counts;
      empty = true;
      cells = 1;
    } else {
      if (c == separator && !quoted && !(c == ' ' && (before == ' ' || is_line_end(before)))) cells++;
      if (c != ' ' && c != '\t') empty = false;
    }
    before = c;
  }
  if (!empty) counts.push_back(cells - (separator == ' ' && before == ' '));
  return counts;
}

}  // namespace

Records read_records(std::string_view text, char separator, const std::string& who) { return Reader(text, separator, who).records(); }

char guess_separator(std::string_view text) {
  char most_frequent = ',';
  int most = 0;
  for (char separator : {'\t', ';', ',', ' '}) {
    std::vector<int> counts = cells_in_lines(text, separator);
    if (counts.empty()) return ',';
    int sum = 0;
    for (int cells : counts) sum += cells - 1;
    if (sum > most && separator != ' ') {
      most = sum;
      most_frequent = separator;
    }
    if (counts.size() > 1) counts.erase(counts.begin());  // the first line may tell something else, such as the number of rows
    if (counts[0] > 1 && std::all_of(counts.begin(), counts.end(), [&](int cells) { return cells == counts[0]; })) return separator;
  }
  return most_frequent;
}

}  // namespace data
