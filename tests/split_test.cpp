// Which rows train, and z-scores of those alone.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "datasets/generators.h"
#include "datasets/split.h"
#include "datasets/standardize.h"

using data::Dataset;
using data::Split;

namespace {

bool all_once(const Split& split, int n) {
  std::multiset<int> rows(split.train.begin(), split.train.end());
  rows.insert(split.test.begin(), split.test.end());
  return int(rows.size()) == n && int(std::set<int>(rows.begin(), rows.end()).size()) == n && *rows.begin() == 0 && *rows.rbegin() == n - 1;
}

}  // namespace

TEST_CASE("a random split holds every row once, and another ratio moves only the border") {
  const Split half = data::random_split(101, 0.5, 7), most = data::random_split(101, 0.9, 7);
  CHECK(all_once(half, 101));
  CHECK(half.train.size() == 50);
  CHECK(most.train.size() == 90);
  CHECK(std::equal(half.train.begin(), half.train.end(), most.train.begin()));
  CHECK_FALSE(std::is_sorted(half.train.begin(), half.train.end()));
  CHECK(data::random_split(101, 0.5, 7).train == half.train);
  CHECK_FALSE(data::random_split(101, 0.5, 8).train == half.train);
  CHECK(data::random_split(100, 0.29, 1).train.size() == 29);
  CHECK(data::random_split(10, 1, 1).test.empty());
}

TEST_CASE("a ratio that leaves nothing to train on is an error") {
  CHECK_THROWS_WITH(data::random_split(10, 0.05, 1), Catch::Contains("no row is left"));
  CHECK_THROWS_WITH(data::random_split(10, 0, 1), Catch::Contains("ratio of 0"));
  CHECK_THROWS_WITH(data::random_split(10, 1.5, 1), Catch::Contains("1.5"));
  CHECK_THROWS_WITH(data::random_split(0, 0.5, 1), Catch::Contains("no row is left"));
}

TEST_CASE("a stratified split takes the same part of every class, one row at least") {
  Dataset set;
  set.name = "three";
  set.class_names = {"a", "b", "c"};
  set.inputs = nn::Matrix(61, 1);
  for (int i = 0; i < 61; i++) set.labels.push_back(i < 40 ? 0 : i < 60 ? 1 : 2);
  const Split split = data::stratified_split(set, 0.8, 3);
  CHECK(all_once(split, 61));
  std::map<int, int> count;
  for (int row : split.train) count[set.labels[std::size_t(row)]]++;
  CHECK(count == std::map<int, int>{{0, 32}, {1, 16}, {2, 1}});
  set.class_names.clear();
  CHECK_THROWS_WITH(data::stratified_split(set, 0.8, 3), Catch::Contains("no classes"));
}

TEST_CASE("every fifth row tests, the others train, in the order of the file") {
  const Split split = data::every_split(12, 5);
  CHECK(split.test == std::vector<int>{0, 5, 10});
  CHECK(split.train == std::vector<int>{1, 2, 3, 4, 6, 7, 8, 9, 11});
  CHECK_THROWS_WITH(data::every_split(12, 1), Catch::Contains("2 is the least"));
}

TEST_CASE("the fixed split is the source's") {
  const Dataset set = data::generate("overfit", 20, 0, 1);
  const Split split = data::fixed_split(set);
  CHECK(split.train == std::vector<int>{0, 1, 2, 3});
  CHECK(split.test == set.fixed_test);
  CHECK_THROWS_WITH(data::fixed_split(data::generate("circle", 20, 0, 1)), Catch::Contains("circle") && Catch::Contains("80 %"));
}

TEST_CASE("the text of a split reads back as the same split") {
  using Kind = data::SplitRule::Kind;
  CHECK(data::parse_split("50 %") == data::SplitRule{Kind::random, 0.5});
  CHECK(data::parse_split(" 50% ") == data::SplitRule{Kind::random, 0.5});
  CHECK(data::parse_split("0.7") == data::SplitRule{Kind::random, 0.7});
  CHECK(data::parse_split("stratified 80 %") == data::SplitRule{Kind::stratified, 0.8});
  CHECK(data::parse_split("stratified 0.8") == data::SplitRule{Kind::stratified, 0.8});
  CHECK(data::parse_split("every 5") == data::SplitRule{Kind::every, 5});
  CHECK(data::parse_split("fixed").kind == Kind::fixed);
  for (const char* text : {"0.5", "stratified 0.8", "every 5", "fixed"}) {
    CHECK(data::split_text(data::parse_split(text)) == text);
    CHECK(data::parse_split(data::split_text(data::parse_split(text))) == data::parse_split(text));
  }
  for (const char* text : {"", "50", "0", "-1", "120 %", "half", "every", "every 1", "every 2.5", "stratified", "fixed 3", "nan", "%"}) {
    INFO(text);
    CHECK_THROWS_WITH(data::parse_split(text), Catch::Contains("split '" + std::string(text) + "'") && Catch::Contains("'every 5'"));
  }
}

TEST_CASE("a rule splits as its own function does") {
  const Dataset set = data::generate("overfit", 50, 0, 1);
  CHECK(data::split(set, data::parse_split("60 %"), 3).train == data::random_split(50, 0.6, 3).train);
  CHECK(data::split(set, data::parse_split("stratified 0.6"), 3).test == data::stratified_split(set, 0.6, 3).test);
  CHECK(data::split(set, data::parse_split("every 4"), 3).test == data::every_split(50, 4).test);
  CHECK(data::split(set, data::parse_split("fixed"), 3).test == set.fixed_test);
}

TEST_CASE("z-scores come from the training rows, and a constant input becomes 0") {
  Dataset set;
  set.name = "small";
  set.inputs = nn::Matrix(4, 3, {1, 0.1f, 5, 3, 0.1f, 5, 5, 0.1f, 8, 100, 7, -20});
  const std::vector<int> train{0, 1, 2};
  const auto z = data::standardization(set, train);
  CHECK(z.mean[0] == Approx(3));
  CHECK(z.deviation[0] == Approx(std::sqrt(8.0 / 3)));
  CHECK(z.deviation[1] == 0);
  CHECK(z.deviation[2] == Approx(std::sqrt(2.0)));
  z.apply(set.inputs);
  CHECK(set.inputs(0, 0) == Approx(-2 / std::sqrt(8.0 / 3)));
  CHECK(set.inputs(3, 0) == Approx(97 / std::sqrt(8.0 / 3)));
  for (int i = 0; i < 4; i++) CHECK(set.inputs(i, 1) == 0);
  CHECK(set.inputs(3, 2) == Approx(-26 / std::sqrt(2.0)));
  nn::Matrix other(2, 2);
  CHECK_THROWS_WITH(z.apply(other), Catch::Contains("2 inputs") && Catch::Contains("3"));
  CHECK_THROWS_WITH(data::standardization(set, {}), Catch::Contains("no training rows"));
}

TEST_CASE("a split by place takes the first rows, and tests those behind them") {
  const Split split = data::first_split(5, 3);
  CHECK(split.train == std::vector<int>{0, 1, 2});
  CHECK(split.test == std::vector<int>{3, 4});
  CHECK(data::first_split(3, 3).test.empty());
  CHECK_THROWS_WITH(data::first_split(3, 4), Catch::Contains("split first 4: there are 3 rows"));
  CHECK_THROWS_WITH(data::first_split(3, 0), Catch::Contains("split first 0"));
  CHECK(data::split_text(data::parse_split(" first 2000 ")) == "first 2000");
  for (const char* wrong : {"first", "first 0", "first 1.5", "first x", "first -3"}) {
    INFO(wrong);
    CHECK_THROWS_WITH(data::parse_split(wrong), Catch::Contains("first takes a whole number from 1 up"));
  }
}
