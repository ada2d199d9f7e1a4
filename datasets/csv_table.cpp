// From records to a table: the heading, and the check that all rows are equally long.
#include <algorithm>
#include <set>
#include <stdexcept>

#include "datasets/csv_columns.h"

namespace data {

namespace {

bool any_number(std::span<const std::string_view> record, bool decimal_comma) {
  return std::any_of(record.begin(), record.end(), [=](std::string_view cell) { return cell_number(cell, decimal_comma).has_value(); });
}

// "150,4,setosa,versicolor,virginica", as scikit-learn's files begin: the numbers of rows and inputs, then the classes.
bool counts_and_classes(const Records& records) {
  if (records.size() < 2 || records[0].size() < 4) return false;
  if (records[0][0] != std::to_string(records.size() - 1) || records[0][1] != std::to_string(records[1].size() - 1)) return false;
  return !any_number(records[0].subspan(2), false);
}

bool looks_like_header(const Records& records, bool decimal_comma) {
  if (records.size() < 2 || any_number(records[0], decimal_comma)) return false;
  if (any_number(records[1], decimal_comma)) return true;
  std::set<std::string_view> words(records[0].begin(), records[0].end());
  if (words.size() < records[0].size()) return false;
  for (std::size_t r = 1; r < std::min<std::size_t>(records.size(), 100); r++)
    for (std::string_view cell : records[r])
      if (words.contains(cell)) return false;
  return true;
}

}  // namespace

std::string Table::place(std::size_t row, std::size_t column) const {
  return who + ": line " + std::to_string(records.lines[first + row]) + ", column '" + names[column] + "'";
}

Table read_table(Records records, Header header, bool decimal_comma, const std::string& who) {
  if (records.size() == 0) throw std::runtime_error(who + ": the file holds no rows");
  Table table;
  table.who = who;
  table.decimal_comma = decimal_comma;
  if (header == Header::guess && counts_and_classes(records)) {
    table.first = 1;
    for (std::string_view name : records[0].subspan(2)) table.class_names.emplace_back(name);
  } else if (header == Header::present || (header == Header::guess && looks_like_header(records, decimal_comma))) {
    table.first = 1;
    for (std::string_view name : records[0]) table.names.emplace_back(name);
  }
  if (records.size() == table.first) throw std::runtime_error(who + ": the file holds a heading but no rows");

  const std::size_t columns = table.names.empty() ? records[table.first].size() : table.names.size();
  for (std::size_t r = table.first; r < records.size(); r++)
    if (records[r].size() != columns)
      throw std::runtime_error(who + ": line " + std::to_string(records.lines[r]) + " has " + std::to_string(records[r].size()) +
                               " cells, but the rows before it have " + std::to_string(columns) +
                               "; every row needs as many (is the separator right, or a quote missing?)");
  table.names.resize(columns);
  for (std::size_t j = 0; j < columns; j++)
    if (table.names[j].empty()) table.names[j] = std::to_string(j + 1);
  table.records = std::move(records);
  return table;
}

}  // namespace data
