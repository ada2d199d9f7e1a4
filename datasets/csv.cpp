// From a CSV table to a data set.
#include "datasets/csv.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "datasets/gzip.h"
#include "engine/text.h"

namespace data {

namespace {

using Kind = Column::Kind;

// "2 columns without any value left out: a, b.", or nothing for no columns.
void note(Dataset& set, const std::string& what, std::vector<std::string> columns) {
  if (columns.empty()) return;
  const std::size_t count = columns.size(), shown = 8;
  if (count > shown) columns.resize(shown);
  set.notes.push_back(std::to_string(count) + (count == 1 ? " column " : " columns ") + what + ": " + nn::join(columns, ", ") +
                      (count > shown ? ", ..." : "") + ".");
}

// The text behind its byte order mark, if it is text at all.
std::string_view text_without_mark(std::string_view text, const std::string& who) {
  if (text.size() > largest_file) throw std::runtime_error(who + ": over 2 GB; cut it into smaller files");
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    throw std::runtime_error(who + ": the text is UTF-16; save it as UTF-8");
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (const std::size_t at = text.find('\0'); at != text.npos)
    throw std::runtime_error(who + ": byte " + std::to_string(at) + " is 0; this is no text but binary data");
  return text;
}

// By name, by number from 1, or from the end by -1.
std::size_t column_of(const Table& table, const std::string& wanted, const std::string& what) {
  const std::size_t columns = table.names.size();
  const auto named = std::find(table.names.begin(), table.names.end(), wanted);
  if (named != table.names.end()) return std::size_t(named - table.names.begin());
  const double number = nn::number(wanted).value_or(0), count = double(columns);
  if (number == std::floor(number) && number >= 1 && number <= count) return std::size_t(number) - 1;
  if (number == std::floor(number) && number <= -1 && number >= -count) return columns - std::size_t(-number);
  std::vector<std::string> shown(table.names.begin(), table.names.begin() + long(std::min<std::size_t>(columns, 30)));
  throw std::runtime_error(table.who + ": there is no column '" + wanted + "' (" + what + "); did you mean '" +
                           nn::nearest(wanted, table.names) + "'? The " + std::to_string(columns) +
                           " columns are, by name or number from 1: " + nn::join(shown, ", ") + (columns > shown.size() ? ", ..." : ""));
}

// Decides the task: afterwards the target is of words for classification and of numbers for regression.
Column read_target(const Table& table, std::size_t index, const CsvOptions& options, Dataset& set) {
  constexpr std::size_t most_guessed = 20, most_classes = 1000;
  Column target = read_column(table, index);
  const std::string who = table.who + ": the target '" + target.name + "' ";
  if (target.kind == Kind::empty) throw std::runtime_error(who + "is missing in every row; choose another column as target");
  if (options.task == Task::regression) {
    if (target.kind == Kind::words)
      throw std::runtime_error(who + "holds words such as '" + target.words[0] + "'; regression needs numbers, so take classification");
    return target;
  }
  if (target.kind == Kind::numbers) {
    const std::size_t different = distinct_numbers(target);
    if (!options.task && !(integers(target) && different <= most_guessed)) return target;
    if (!options.task)
      set.notes.push_back("The target '" + target.name + "' holds " + std::to_string(different) +
                          " different integers, which were taken as classes; task = regression takes them as numbers.");
    if (different <= most_classes)
      target = numbers_as_words(std::move(target));
    else
      throw std::runtime_error(who + "holds " + std::to_string(different) + " different numbers; at most 1000 classes, so take regression");
  }
  if (target.words.size() < 2) throw std::runtime_error(who + "is '" + target.words[0] + "' in every row; there is nothing to tell apart");
  if (target.words.size() > most_classes)
    throw std::runtime_error(who + "holds " + std::to_string(target.words.size()) +
                             " different words; at most 1000 classes can be learned");
  return target;
}

std::vector<Column> read_inputs(const Table& table, std::vector<bool> left_out, Dataset& set) {
  constexpr std::size_t most_words = 100;
  std::vector<Column> inputs;
  std::vector<std::string> empty, wordy;
  std::size_t width = 0;
  for (std::size_t j = 0; j < table.names.size(); j++) {
    if (left_out[j]) continue;
    Column column = read_column(table, j);
    if (column.kind == Kind::empty)
      empty.push_back(column.name);
    else if (column.words.size() > most_words)
      wordy.push_back(column.name);
    else {
      width += column.kind == Kind::numbers ? 1 : column.words.size();
      inputs.push_back(std::move(column));
    }
  }
  note(set, "without any value left out", empty);
  note(set, "with more than 100 different words left out (names or running text?)", wordy);
  if (inputs.empty()) throw std::runtime_error(table.who + ": beside the target there is no column to learn from; is the separator right?");
  if (width > most_columns)
    throw std::runtime_error(table.who + ": " + std::to_string(width) + " inputs, one for each word; at most " +
                             std::to_string(most_columns));
  return inputs;
}

// The rows that stay; columns are filled where that is asked for.
std::vector<std::size_t> complete_rows(const Table& table, const Column& target, std::vector<Column>& inputs, Missing missing,
                                       Dataset& set) {
  std::vector<std::size_t> rows;
  std::size_t without_target = 0, incomplete = 0, cells = 0;
  for (std::size_t i = 0; i < table.rows(); i++) {
    if (target.missing(i)) {
      without_target++;
      continue;
    }
    const std::size_t holes = std::size_t(std::count_if(inputs.begin(), inputs.end(), [i](const Column& c) { return c.missing(i); }));
    incomplete += holes > 0;
    cells += holes;
    if (holes == 0 || missing == Missing::impute) rows.push_back(i);
  }
  if (without_target > 0) set.notes.push_back(std::to_string(without_target) + " rows without a target were dropped.");
  if (incomplete > 0 && missing == Missing::drop)
    set.notes.push_back(std::to_string(incomplete) + " rows with missing values were dropped.");
  if (incomplete > 0 && missing == Missing::impute) {
    for (Column& column : inputs) fill_missing(column);
    set.notes.push_back(std::to_string(cells) + " missing values in " + std::to_string(incomplete) +
                        " rows were filled with the column's median or most frequent word (over all rows).");
  }
  if (rows.empty())
    throw std::runtime_error(table.who + ": a value is missing in every row, so that none is left; missing = impute fills them");
  return rows;
}

void fill_inputs(Dataset& set, const std::vector<Column>& inputs, const std::vector<std::size_t>& rows) {
  std::vector<std::string> constant;
  for (const Column& column : inputs) {
    if (column.kind == Kind::numbers)
      set.input_names.push_back(column.nameless() ? "x" + std::to_string(set.input_names.size() + 1) : column.name);
    for (const std::string& word : column.words) set.input_names.push_back(column.name + "=" + word);
  }
  set.inputs = nn::Matrix(nn::Index(rows.size()), nn::Index(set.input_names.size()));
  set.shape = {set.inputs.columns(), 1, 1};
  nn::Index j = 0;
  for (const Column& column : inputs) {
    bool same = true;
    for (std::size_t i = 0; i < rows.size(); i++) {
      const std::size_t row = rows[i];
      if (column.kind == Kind::numbers) {
        set.inputs(nn::Index(i), j) = nn::Real(column.numbers[row]);
        same = same && column.numbers[row] == column.numbers[rows[0]];
      } else {
        set.inputs(nn::Index(i), j + column.codes[row]) = 1;
        same = same && column.codes[row] == column.codes[rows[0]];
      }
    }
    if (same) constant.push_back(column.name);
    j += column.kind == Kind::numbers ? 1 : nn::Index(column.words.size());
  }
  note(set, "with the same value in every row", constant);
}

void fill_target(Dataset& set, const Column& target, const std::vector<std::size_t>& rows) {
  set.target_name = !target.nameless() ? target.name : target.kind == Kind::words ? "class" : "y";
  if (target.kind == Kind::words) {
    set.class_names = target.words;
    for (std::size_t row : rows) set.labels.push_back(target.codes[row]);
  } else {
    set.values = nn::Matrix(nn::Index(rows.size()), 1);
    for (std::size_t i = 0; i < rows.size(); i++) set.values(nn::Index(i), 0) = nn::Real(target.numbers[rows[i]]);
  }
}

}  // namespace

Dataset parse_csv(std::string_view text, const CsvOptions& options) {
  const std::string& who = options.name;
  text = text_without_mark(text, who);
  const char separator = options.separator.value_or(guess_separator(text));
  if (separator == '"' || separator == '\n' || separator == '\r')
    throw std::runtime_error(who + ": quotes and line ends can't separate cells");
  const Table table = read_table(read_records(text, separator, who), options.header, separator == ';', who);

  Dataset set;
  set.name = who;
  const std::size_t target_index = options.target.empty() ? table.names.size() - 1 : column_of(table, options.target, "the target");
  std::vector<bool> left_out(table.names.size(), false);
  for (const std::string& column : options.ignore) left_out[column_of(table, column, "to be left out")] = true;
  left_out[target_index] = true;

  const Column target = read_target(table, target_index, options, set);
  std::vector<Column> inputs = read_inputs(table, left_out, set);
  const std::vector<std::size_t> rows = complete_rows(table, target, inputs, options.missing, set);
  fill_inputs(set, inputs, rows);
  fill_target(set, target, rows);
  if (table.class_names.size() == set.class_names.size() && target_index + 1 == table.names.size()) set.class_names = table.class_names;
  return set;
}

Dataset load_csv(const std::filesystem::path& path, CsvOptions options) {
  options.name = path.filename().string();
  return parse_csv(read_bytes(path), options);
}

}  // namespace data
