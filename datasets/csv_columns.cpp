// What one column of a CSV table holds.
#include "datasets/csv_columns.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Throws where a cell that is not missing gave no finite number.
void check_numbers(const Table& table, const Column& column) {
  for (std::size_t i = 0; i < table.rows(); i++) {
    const std::string_view cell = table.cell(i, column.index);
    if (std::isfinite(float(column.numbers[i])) || is_missing(cell)) continue;
    const std::string found = table.place(i, column.index) + ": '" + std::string(cell.substr(0, 60)) + "' ";
    if (cell_number(cell, table.decimal_comma))
      throw std::runtime_error(found + "is infinite or too large; only finite numbers can be learned from");
    throw std::runtime_error(found +
                             "is not a number, but most of the column is; correct it, or leave it empty to have it treated as missing");
  }
}

void read_words(const Table& table, Column& column) {
  std::set<std::string_view> words;
  for (std::size_t i = 0; i < table.rows(); i++)
    if (const std::string_view cell = table.cell(i, column.index); !is_missing(cell)) words.insert(cell);
  column.words.assign(words.begin(), words.end());
  for (std::size_t i = 0; i < table.rows(); i++) {
    const std::string_view cell = table.cell(i, column.index);
    const auto word = std::lower_bound(column.words.begin(), column.words.end(), cell);
    column.codes.push_back(is_missing(cell) ? -1 : int(word - column.words.begin()));
  }
}

std::vector<double> present_numbers(const Column& column) {
  std::vector<double> present;
  for (double x : column.numbers)
    if (!std::isnan(x)) present.push_back(x);
  std::sort(present.begin(), present.end());
  return present;
}

}  // namespace

std::optional<double> cell_number(std::string_view cell, bool decimal_comma) {
  if (decimal_comma && cell.find('.') == cell.npos)
    if (const std::size_t comma = cell.find(','); comma != cell.npos) {
      std::string text(cell);
      text[comma] = '.';
      return nn::number(text);
    }
  return nn::number(cell);
}

bool Column::missing(std::size_t row) const {
  return kind == Kind::empty || (kind == Kind::numbers ? std::isnan(numbers[row]) : codes[row] < 0);
}

bool is_missing(std::string_view cell) {
  if (cell.empty() || cell == "?") return true;
  if (cell.size() > 4 || (cell[0] != 'n' && cell[0] != 'N')) return false;
  const std::string word = nn::lower(cell);
  return word == "na" || word == "n/a" || word == "nan" || word == "null";
}

Column read_column(const Table& table, std::size_t index) {
  Column column;
  column.name = table.names[index];
  column.index = index;
  column.numbers.reserve(table.rows());
  std::size_t present = 0, numbers = 0;
  for (std::size_t i = 0; i < table.rows(); i++) {
    const std::string_view cell = table.cell(i, index);
    const bool missing = is_missing(cell);
    const std::optional<double> x = missing ? std::nullopt : cell_number(cell, table.decimal_comma);
    present += !missing;
    numbers += x.has_value();
    column.numbers.push_back(x.value_or(nan));
  }
  if (10 * numbers > 9 * present) {
    column.kind = Column::Kind::numbers;
    check_numbers(table, column);
    return column;
  }
  column.numbers.clear();
  if (present == 0) return column;
  column.kind = Column::Kind::words;
  read_words(table, column);
  return column;
}

void fill_missing(Column& column) {
  if (column.kind == Column::Kind::numbers) {
    const std::vector<double> present = present_numbers(column);
    const double median = (present[(present.size() - 1) / 2] + present[present.size() / 2]) / 2;
    for (double& x : column.numbers)
      if (std::isnan(x)) x = median;
  } else {
    std::vector<int> count(column.words.size(), 0);
    for (int code : column.codes)
      if (code >= 0) count[std::size_t(code)]++;
    const int most_frequent = int(std::max_element(count.begin(), count.end()) - count.begin());
    for (int& code : column.codes)
      if (code < 0) code = most_frequent;
  }
}

Column numbers_as_words(Column column) {
  std::vector<double> classes = present_numbers(column);
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  for (double x : column.numbers)
    column.codes.push_back(std::isnan(x) ? -1 : int(std::lower_bound(classes.begin(), classes.end(), x) - classes.begin()));
  for (double x : classes) column.words.push_back(nn::number_text(x));
  column.numbers.clear();
  column.kind = Column::Kind::words;
  return column;
}

std::size_t distinct_numbers(const Column& column) {
  const std::vector<double> present = present_numbers(column);
  return std::set<double>(present.begin(), present.end()).size();
}

bool integers(const Column& column) {
  return std::all_of(column.numbers.begin(), column.numbers.end(), [](double x) { return std::isnan(x) || x == std::floor(x); });
}

}  // namespace data
