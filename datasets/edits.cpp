// Examples added and removed by hand.
#include "datasets/edits.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

// The class that a word means: by its name ("+1" may be written 1), else by its number from 1, where no name is a number. -1: none.
int class_named(const Dataset& set, const std::string& word) {
  const std::vector<std::string>& names = set.class_names;
  if (const auto found = std::find(names.begin(), names.end(), word); found != names.end()) return int(found - names.begin());
  const auto wanted = nn::number(word);
  if (!wanted) return -1;
  bool numbered = false;
  for (std::size_t i = 0; i < names.size(); i++) {
    const auto name = nn::number(names[i]);
    if (name && *name == *wanted) return int(i);
    numbered = numbered || name;
  }
  const bool in_range = *wanted >= 1 && *wanted <= double(names.size()) && *wanted == std::floor(*wanted);
  return !numbered && in_range ? int(*wanted) - 1 : -1;
}

// One text of `added`, being read into a row of a set.
struct Added {
  const std::string& text;
  std::size_t number;  // which text, from 1

  [[noreturn]] void fail(const std::string& what) const {
    throw std::invalid_argument("data.added: example " + std::to_string(number) + " '" + text + "' " + what);
  }

  nn::Real number_of(const std::string& word) const {
    const auto x = nn::number(word);
    if (!x || !std::isfinite(nn::Real(*x))) fail("has '" + word + "' where a number is due");
    return nn::Real(*x);
  }

  void read_into(Dataset& set, nn::Index row) const {
    const std::vector<std::string> words = nn::split(text, ',');
    const std::size_t inputs = std::size_t(set.inputs.columns()), outputs = set.classification() ? 1 : std::size_t(set.values.columns());
    if (words.size() < inputs + outputs || (words.size() > inputs + outputs && !set.classification()))
      fail("has " + std::to_string(words.size()) + " parts; write " + std::to_string(inputs) + " inputs and then the " +
           (set.classification() ? "class" : "value") + ", with commas between them");
    for (std::size_t j = 0; j < inputs; j++) set.inputs(row, nn::Index(j)) = number_of(words[j]);
    if (!set.classification()) {
      for (std::size_t k = 0; k < outputs; k++) set.values(row, nn::Index(k)) = number_of(words[inputs + k]);
      return;
    }
    const std::string name = nn::join(std::span(words).subspan(inputs), ", ");  // a name may have commas of its own
    const int label = class_named(set, name);
    if (label < 0) fail("is of class '" + name + "'; the classes are " + nn::join(set.class_names, ", "));
    set.labels.push_back(label);
  }
};

std::vector<bool> marked(nn::Index rows, std::span<const nn::Index> removed) {
  std::vector<bool> gone(std::size_t(rows), false);
  for (const nn::Index row : removed) {
    if (row < 1 || row > rows)
      throw std::invalid_argument("data.removed: there is no row " + std::to_string(row) + " to take away from " + std::to_string(rows));
    if (gone[std::size_t(row - 1)]) throw std::invalid_argument("data.removed: row " + std::to_string(row) + " is taken away twice");
    gone[std::size_t(row - 1)] = true;
  }
  return gone;
}

nn::Matrix with_rows(const nn::Matrix& x, std::size_t more) {
  nn::Matrix y(x.rows() + nn::Index(more), x.columns());
  std::copy_n(x.data(), x.size(), y.data());
  return y;
}

}  // namespace

Edited edit(Dataset source, const Split& split, std::span<const nn::Index> removed, std::span<const std::string> added) {
  const std::vector<bool> gone = marked(source.examples(), removed);
  Edited result;
  std::vector<int> kept, place(gone.size(), 0);  // place: where a row of the source comes to be
  for (std::size_t row = 0; row < gone.size(); row++) {
    if (gone[row]) continue;
    place[row] = int(kept.size());
    kept.push_back(int(row));
    result.source_rows.push_back(nn::Index(row) + 1);
  }
  const auto moved = [&](const std::vector<int>& rows) {
    std::vector<int> list;
    for (const int row : rows)
      if (!gone[std::size_t(row)]) list.push_back(place[std::size_t(row)]);
    return list;
  };
  result.split = {moved(split.train), moved(split.test)};
  result.set = removed.empty() ? std::move(source) : rows(source, kept);

  if (!added.empty()) {
    result.set.inputs = with_rows(result.set.inputs, added.size());
    if (!result.set.classification()) result.set.values = with_rows(result.set.values, added.size());
    if (result.set.masks.rows() > 0) result.set.masks = with_rows(result.set.masks, added.size());  // nobody says
  }
  for (std::size_t i = 0; i < added.size(); i++) {
    const int row = int(kept.size() + i);
    Added{added[i], i + 1}.read_into(result.set, row);
    result.split.train.push_back(row);
    result.source_rows.push_back(0);
  }
  if (result.split.train.empty()) throw std::invalid_argument("data.removed: no example is left to train on");
  return result;
}

}  // namespace data
