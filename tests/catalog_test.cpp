// The sets that ship, and the one door to all data.
#include "datasets/catalog.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>

#include "datasets/shipped.h"
#include "datasets/split.h"
#include "engine/file.h"
#include "tests/support.h"

using data::Dataset;
using Words = std::vector<std::string>;

TEST_CASE("the sets that ship are whole") {
  const Dataset iris = data::iris(), wine = data::wine(), cancer = data::breast_cancer(), digits = data::digits();
  CHECK(iris.examples() == 150);
  CHECK(iris.inputs.columns() == 4);
  CHECK(iris.class_names == Words{"setosa", "versicolor", "virginica"});
  CHECK(iris.inputs(0, 0) == nn::Real(5.1));
  CHECK(wine.examples() == 178);
  CHECK(wine.inputs.columns() == 13);
  CHECK(std::count(wine.labels.begin(), wine.labels.end(), 1) == 71);
  CHECK(cancer.examples() == 569);
  CHECK(cancer.input_names[20] == "worst_radius");
  CHECK(cancer.class_names == Words{"malignant", "benign"});
  CHECK(std::count(cancer.labels.begin(), cancer.labels.end(), 0) == 212);
  CHECK(digits.examples() == 1797);
  CHECK(digits.shape == nn::Shape{1, 8, 8});
  CHECK(digits.class_names.size() == 10);
  CHECK(digits.labels[0] == 0);
  CHECK(*std::max_element(digits.inputs.data(), digits.inputs.data() + digits.inputs.size()) == 1);
}

TEST_CASE("a source is a generator, a set that ships, or a file; its list tells the truth") {
  CHECK(data::load({.name_or_path = "spiral", .samples = 100}).examples() == 100);
  CHECK(data::load({.name_or_path = "iris", .features = {"petal_width^2"}}).inputs.columns() == 1);
  CHECK(data::load({.name_or_path = "wine", .samples = 10}).examples() == 10);
  for (const auto& entry : data::list()) {
    INFO(entry.name);
    if (entry.origin.find("DATA") != std::string::npos) continue;
    const Dataset set = data::load({.name_or_path = entry.name});
    CHECK(set.name == entry.name);
    CHECK(set.examples() == entry.examples);
    CHECK(set.inputs.columns() == entry.inputs);
    CHECK(int(set.class_names.size()) == entry.classes);
  }
  TemporaryFolder folder;
  nn::write_file(folder / "my.csv", "p,q\n1,a\n2,b\n");
  const Dataset mine = data::load({.name_or_path = (folder / "my.csv").string(), .target = "p"});
  CHECK(mine.name == "my.csv");
  CHECK(mine.target_name == "p");
  CHECK(data::load({.name_or_path = "my.csv", .data_folder = folder.path}).target_name == "q");
  CHECK_THROWS_WITH(data::load({.name_or_path = "irs"}), Catch::Contains("did you mean 'iris'?"));
  CHECK_THROWS_WITH(data::load({.name_or_path = "no/such.csv"}), Catch::Contains("no file or folder 'no/such.csv'"));
  CHECK_THROWS_WITH(data::load({.name_or_path = "iris", .noise = 10}), Catch::Contains("no noise"));
  CHECK_THROWS_WITH(data::load({.name_or_path = "iris", .target = "1"}), Catch::Contains("has its own target"));
  CHECK_THROWS_WITH(data::load({.name_or_path = "iris", .samples = -1}), Catch::Contains("-1 samples"));
}

TEST_CASE("rows can be chosen, and what is not finite is found") {
  Dataset set = data::rows(data::load({.name_or_path = "overfit", .samples = 20}), std::vector<int>{19, 0, 4});
  CHECK(set.examples() == 3);
  CHECK(set.fixed_test == std::vector<int>{0, 2});
  CHECK_THROWS_WITH(data::rows(set, std::vector<int>{3}), Catch::Contains("no row 3 among 3"));
  set.inputs(1, 0) = std::numeric_limits<nn::Real>::quiet_NaN();
  CHECK_THROWS_WITH(data::check_finite(set), Catch::Contains("row 2, input 'x1' is nan"));
  Dataset values = data::load({.name_or_path = "line1d", .samples = 3});
  values.values(2, 0) = -std::numeric_limits<nn::Real>::infinity();
  CHECK_THROWS_WITH(data::check_finite(values), Catch::Contains("row 3, value 1 is -inf"));
}

TEST_CASE("optdigits: 3,823 rows train, 1,797 test, and those are the digits that ship") {
  const char* folder = std::getenv("GLASSBOX_DATA");
  if (!folder) return skip("GLASSBOX_DATA is not set");
  const Dataset set = data::load({.name_or_path = "optdigits"}), digits = data::digits();
  CHECK(set.examples() == 5620);
  const data::Split split = data::fixed_split(set);
  CHECK(split.train.size() == 3823);
  const Dataset test = data::rows(set, split.test);
  CHECK(test.inputs == digits.inputs);
  CHECK(test.labels == digits.labels);
  CHECK(test.class_names == digits.class_names);
}

TEST_CASE("California housing, without a heading, is a regression on eight inputs") {
  const char* folder = std::getenv("GLASSBOX_DATA");
  if (!folder) return skip("GLASSBOX_DATA is not set");
  const Dataset set = data::load({.name_or_path = "csv/cal_housing.data"});
  CHECK(set.examples() == 20640);
  CHECK(set.inputs.columns() == 8);
  CHECK(set.values(0, 0) == 452600);
}
