// One column of a CSV table at a time: is it made of numbers or of words, and what becomes of it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "datasets/csv_records.h"

namespace data {

// Records of equal length with a name for each column.
struct Table {
  Records records;
  std::size_t first = 0;                 // the first record that holds data
  std::vector<std::string> names;        // the number of the column, from 1, where it has no name
  std::vector<std::string> class_names;  // from a first line such as "150,4,setosa,versicolor,virginica"; else empty
  bool decimal_comma = false;            // "1,5" is a number too
  std::string who;                       // the file, for messages

  std::size_t rows() const { return records.size() - first; }
  std::string_view cell(std::size_t row, std::size_t column) const { return records[first + row][column]; }
  std::string place(std::size_t row, std::size_t column) const;  // "iris.csv: line 3, column 'petal width'"
};

// Names the columns and checks that all rows have as many cells. The first record is a heading where `header` says so; where nothing is
// said: if it holds no number but the one below does, or if its words are all different and come back in no row. Throws std::runtime_error
// where there are no rows, or one has a different number of cells.
enum class Header { guess, present, absent };
Table read_table(Records records, Header header, bool decimal_comma, const std::string& who);

struct Column {
  enum class Kind { empty, numbers, words };
  std::string name;
  std::size_t index = 0;  // in the file, from 0
  Kind kind = Kind::empty;
  std::vector<double> numbers;     // one a row; NaN where missing
  std::vector<int> codes;          // one a row, which of the words; -1 where missing
  std::vector<std::string> words;  // sorted, each once

  bool missing(std::size_t row) const;
  bool nameless() const { return name == std::to_string(index + 1); }
};

std::optional<double> cell_number(std::string_view cell, bool decimal_comma);
bool is_missing(std::string_view cell);  // empty, ?, NA, N/A, nan, null in any case

// Numbers where more than nine in ten of the cells are. Throws std::runtime_error naming line and column where one of the others
// is found there, or an infinite number.
Column read_column(const Table& table, std::size_t index);

void fill_missing(Column& column);       // by the median, or by the most frequent word
Column numbers_as_words(Column column);  // for classes that are written as numbers, in their order
std::size_t distinct_numbers(const Column& column);
bool integers(const Column& column);

}  // namespace data
