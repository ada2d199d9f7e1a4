// Which rows train and which test.
#include "datasets/split.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/random.h"
#include "engine/text.h"

namespace data {

namespace {

std::vector<int> order(nn::Index n, std::uint64_t seed) {
  std::vector<int> rows(std::size_t(n), 0);
  std::iota(rows.begin(), rows.end(), 0);
  nn::Generator random(seed, "split");
  nn::shuffle(rows, random);
  return rows;
}

// The floor of n ratio; what 0.29 * 100 lacks of 29 is rounding.
nn::Index part(nn::Index n, double ratio) { return nn::Index(std::floor(double(n) * ratio + 1e-9)); }

void check_ratio(double ratio) {
  if (!(ratio > 0 && ratio <= 1))
    throw std::invalid_argument("split: a ratio of " + nn::number_text(ratio) +
                                " was asked for; the part that trains is above 0 and at most 1");
}

Split checked(Split result, const std::string& how) {
  if (result.train.empty())
    throw std::invalid_argument("split " + how + ": no row is left to train on (of " + std::to_string(result.test.size()) + ")");
  return result;
}

}  // namespace

Split random_split(nn::Index n, double ratio, std::uint64_t seed) {
  check_ratio(ratio);
  const std::vector<int> rows = order(n, seed);
  const auto border = rows.begin() + part(n, ratio);
  return checked({{rows.begin(), border}, {border, rows.end()}}, nn::number_text(ratio));
}

Split stratified_split(const Dataset& set, double ratio, std::uint64_t seed) {
  check_ratio(ratio);
  if (!set.classification()) throw std::invalid_argument("split stratified: '" + set.name + "' has no classes; take a plain ratio");
  std::vector<nn::Index> left(set.class_names.size(), 0);  // rows of each class that still go to training
  for (int label : set.labels) left[std::size_t(label)]++;
  for (nn::Index& count : left) count = count == 0 ? 0 : std::max<nn::Index>(1, part(count, ratio));
  Split result;
  for (int row : order(set.examples(), seed))
    (left[std::size_t(set.labels[std::size_t(row)])]-- > 0 ? result.train : result.test).push_back(row);
  return checked(std::move(result), "stratified");
}

Split every_split(nn::Index rows, int n) {
  if (n < 2) throw std::invalid_argument("split every " + std::to_string(n) + ": 2 is the least, or no row trains");
  Split result;
  for (int row = 0; row < rows; row++) (row % n == 0 ? result.test : result.train).push_back(row);
  return checked(std::move(result), "every " + std::to_string(n));
}

Split first_split(nn::Index rows, int n) {
  if (n < 1 || n > rows)
    throw std::invalid_argument("split first " + std::to_string(n) + ": there are " + std::to_string(rows) +
                                " rows, of which one at least trains");
  Split result;
  for (int row = 0; row < rows; row++) (row < n ? result.train : result.test).push_back(row);
  return result;
}

Split fixed_split(const Dataset& set) {
  if (set.fixed_test.empty())
    throw std::invalid_argument("split fixed: '" + set.name + "' sets no rows apart for testing; take a ratio such as 80 %");
  std::vector<bool> tests(std::size_t(set.examples()), false);
  for (int row : set.fixed_test) tests[std::size_t(row)] = true;
  Split result;
  for (int row = 0; row < set.examples(); row++) (tests[std::size_t(row)] ? result.test : result.train).push_back(row);
  return checked(std::move(result), "fixed");
}

namespace {

constexpr const char* forms = "write '50 %' or '0.5' (the part that trains), 'stratified 80 %', 'every 5', 'first 2000' or 'fixed'";

[[noreturn]] void fail(std::string_view text, const std::string& why) {
  throw std::invalid_argument("split '" + std::string(text) + "': " + why + "; " + forms);
}

double parse_ratio(std::string_view ratio, std::string_view text) {
  const bool percent = ratio.ends_with('%');
  if (percent) ratio.remove_suffix(1);
  const auto x = nn::number(nn::trim(ratio));
  if (!x) fail(text, "no number can be read");
  const double part = percent ? *x / 100 : *x;
  if (!(part > 0 && part <= 1))
    fail(text, percent ? "more than 0 and at most 100 % can train" : "more than 0 and at most 1 can train (with % for percent)");
  return part;
}

}  // namespace

SplitRule parse_split(std::string_view text) {
  const std::string_view rule = nn::trim(text);
  const std::string_view word = rule.substr(0, rule.find_first_of(" \t")), rest = nn::trim(rule.substr(word.size()));
  if (word == "fixed" && rest.empty()) return {SplitRule::Kind::fixed, 0};
  if (word == "stratified") return {SplitRule::Kind::stratified, parse_ratio(rest, text)};
  if (word == "every") {
    const double n = nn::number(rest).value_or(0);
    if (!(n >= 2 && n <= 1e6 && n == std::floor(n))) fail(text, "every takes a whole number from 2 up");
    return {SplitRule::Kind::every, n};
  }
  if (word == "first") {
    const double n = nn::number(rest).value_or(0);
    if (!(n >= 1 && n <= 1e9 && n == std::floor(n))) fail(text, "first takes a whole number from 1 up");
    return {SplitRule::Kind::first, n};
  }
  return {SplitRule::Kind::random, parse_ratio(rule, text)};
}

std::string split_text(const SplitRule& rule) {
  switch (rule.kind) {
    case SplitRule::Kind::random:
      return nn::number_text(rule.amount);
    case SplitRule::Kind::stratified:
      return "stratified " + nn::number_text(rule.amount);
    case SplitRule::Kind::every:
      return "every " + nn::number_text(rule.amount);
    case SplitRule::Kind::first:
      return "first " + nn::number_text(rule.amount);
    case SplitRule::Kind::fixed:
      break;
  }
  return "fixed";
}

Split split(const Dataset& set, const SplitRule& rule, std::uint64_t seed) {
  switch (rule.kind) {
    case SplitRule::Kind::random:
      return random_split(set.examples(), rule.amount, seed);
    case SplitRule::Kind::stratified:
      return stratified_split(set, rule.amount, seed);
    case SplitRule::Kind::every:
      return every_split(set.examples(), int(rule.amount));
    case SplitRule::Kind::first:
      return first_split(set.examples(), int(rule.amount));
    case SplitRule::Kind::fixed:
      break;
  }
  return fixed_split(set);
}

}  // namespace data
