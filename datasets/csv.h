// CSV as it is met: the separator, a heading, missing values, words among the numbers and the target are found out, or can be told.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/csv_columns.h"
#include "datasets/dataset.h"

namespace data {

enum class Missing { drop, impute };  // drop the rows; or take the column's median, for words the most frequent

struct CsvOptions {
  std::string name = "csv";       // of the set, and at the front of messages
  std::string target = "";        // by name, or by number from 1 (from the end: -1); empty: the last column
  std::optional<Task> task;       // none: classification where the target holds words, or at most 20 different integers
  std::optional<char> separator;  // none: guessed among tab ; , and blanks
  Header header = Header::guess;
  Missing missing = Missing::drop;       // rows without a target are dropped in any case
  std::vector<std::string> ignore = {};  // columns to leave out, named like the target
};

// Columns of words become one input for each word ("colour=red", 0 or 1); those with more than 100 different words, and columns without
// any value, are left out. A column of numbers without a name is called after its place among the inputs, x1, x2, .... Classes are in the
// order of their numbers, or of the alphabet. With ';' between cells, 1,5 is a number. All that was done is in the notes. Throws
// std::runtime_error with line and column where the text can't be read that way.
Dataset parse_csv(std::string_view text, const CsvOptions& options = {});

// The same from a file, packed by gzip or not; name: the file's.
Dataset load_csv(const std::filesystem::path& path, CsvOptions options = {});

}  // namespace data
