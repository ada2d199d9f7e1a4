// Which rows train and which test: by chance, by class, by place, or as the source sets them apart.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "datasets/dataset.h"

namespace data {

// One seeded Fisher-Yates order of all n rows, whatever the ratio; its first floor(n ratio) train, so that another ratio moves only the
// border. All throw std::invalid_argument where no row would train. 0 < ratio <= 1 is the part that trains.
Split random_split(nn::Index n, double ratio, std::uint64_t seed);

// The same order, but of each class the first floor(count ratio) train, one at least. For classification only.
Split stratified_split(const Dataset& set, double ratio, std::uint64_t seed);

// Counted from 1, the rows 1, n + 1, 2n + 1 ... test, the others train; both in the order of the file.
Split every_split(nn::Index rows, int n);

// The first n rows train, the others test.
Split first_split(nn::Index rows, int n);

// fixed_test tests, the rest trains. Throws where the source sets no rows apart.
Split fixed_split(const Dataset& set);

struct SplitRule {
  enum class Kind { random, stratified, every, first, fixed };
  Kind kind = Kind::random;
  double amount = 0.5;  // the ratio, or the n of every and first
  bool operator==(const SplitRule&) const = default;
};

// "50 %" or "0.5", "stratified 80 %" or "stratified 0.8", "every 5", "first 2000", "fixed". Throws std::invalid_argument for anything else.
SplitRule parse_split(std::string_view text);
std::string split_text(const SplitRule& rule);  // reads back as the same rule

Split split(const Dataset& set, const SplitRule& rule, std::uint64_t seed);

}  // namespace data
