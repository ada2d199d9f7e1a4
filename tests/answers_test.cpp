// What a network says of many examples: shares, the best few, precision and recall, and the views made of them.
#include "viz/answers.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/methods_study.h"
#include "viz/link.h"
#include "viz/method.h"

using namespace viz;
using nn::Index;
using nn::Real;

namespace {

Numbers run(const std::string& name, const Study& study, const Arguments& given = {}) {
  return method(name).compute(study, arguments(method(name), given));
}

std::vector<std::int64_t> integers(const Numbers& numbers, const std::string& name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}
std::vector<Real> reals(const Numbers& numbers, const std::string& name) { return std::get<std::vector<Real>>(numbers[name].numbers); }

// Six examples of three classes: one of class 0 is taken for 1, one of class 2 for 0.
Answers six() {
  Answers all;
  all.rows = {10, 11, 12, 13, 14, 15}, all.examples = 6;
  all.truth = {0, 0, 1, 1, 2, 2}, all.said = {0, 1, 1, 1, 2, 0};
  all.shares =
      nn::Matrix(6, 3, {0.7f, 0.2f, 0.1f, 0.3f, 0.5f, 0.2f, 0.1f, 0.8f, 0.1f, 0.2f, 0.6f, 0.2f, 0.1f, 0.3f, 0.6f, 0.9f, 0.06f, 0.04f});
  return all;
}

nn::Matrix row_of(const Study& study, int row) {
  const nn::Matrix& all = study.set.inputs;
  return nn::Matrix(nn::ConstView{all.view().row(row), 1, all.columns(), all.columns()});
}

bool has_press(const Scene& scene, const Settings& settings) { return find(scene, on_press(settings)) != nullptr; }

}  // namespace

TEST_CASE("precision, recall and F1 are what a hand counts") {
  const auto counts = class_counts(six());
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].precision() == Approx(1 / 2.0));
  CHECK(counts[0].recall() == Approx(1 / 2.0));
  CHECK(counts[1].precision() == Approx(2 / 3.0));
  CHECK(counts[1].recall() == Approx(1));
  CHECK(counts[1].f1() == Approx(2 * (2 / 3.0) * 1 / (2 / 3.0 + 1)));
  CHECK(counts[2].precision() == Approx(1));
  CHECK(counts[2].recall() == Approx(1 / 2.0));
  CHECK(counts[2].f1() == Approx(2 / 3.0));
  CHECK(std::isnan(ClassCount{}.precision()));
  CHECK(std::isnan(ClassCount{}.f1()));
}

TEST_CASE("accuracy among the best few counts the right class wherever it stands among them") {
  CHECK(accuracy(six(), 1) == Approx(4 / 6.0));
  CHECK(accuracy(six(), 2) == Approx(5 / 6.0));  // of the two mistakes one has its class second
  CHECK(accuracy(six(), 3) == Approx(1));
}

TEST_CASE("the best few come largest first, equals by their number, what is not a number last") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  const std::vector<Real> shares = {0.1f, nan, 0.4f, 0.1f, 0.4f};
  CHECK(best(shares.data(), 5, 3) == std::vector<int>{2, 4, 0});
  CHECK(best(shares.data(), 5, 9) == std::vector<int>{2, 4, 0, 3, 1});
}

TEST_CASE("mistakes and the examples of a cell are sorted by certainty") {
  CHECK(mistakes(six()) == std::vector<Index>{5, 1});
  CHECK(examples_of(six(), 1, 1) == std::vector<Index>{2, 3});
  CHECK(examples_of(six(), 1, 2).empty());
}

TEST_CASE("a share is said with as many digits as tell it from all and nothing") {
  CHECK(percent_words(0.976) == "97.6 %");
  CHECK(percent_words(1) == "100 %");
  CHECK(percent_words(0.004) == "0.4 %");
  CHECK(percent_words(NAN) == "–");
}

TEST_CASE("answers to a part are those to its examples one by one") {
  for (const char* name : {"pictures", "convolutions", "ring", "ring with features"}) {
    const Study study = named(name).study();
    for (const bool test : {true, false}) {
      const Answers all = answers(study, test, "test");
      REQUIRE(all.rows == (test ? study.split.test : study.split.train));
      for (Index i = 0; i < all.count(); i++) {
        const nn::Matrix shares = shares_of(study, row_of(study, all.rows[std::size_t(i)]));
        double sum = 0;
        for (Index k = 0; k < all.classes(); k++) {
          CHECK(double(all.shares(i, k)) == Approx(double(shares(0, k))).margin(1e-5));
          sum += shares(0, k);
        }
        CHECK(sum == Approx(1));
        CHECK(all.said[std::size_t(i)] == best(shares.data(), all.classes(), 1)[0]);
        CHECK(all.truth[std::size_t(i)] == study.set.labels[std::size_t(all.rows[std::size_t(i)])]);
      }
    }
  }
}

TEST_CASE("of very many examples the first ten thousand are asked, and the picture says so") {
  const MadeStudy made =
      make_study({"many", "dense 2, tanh, dense 1, tanh", made_points(10'200, 2, 2), false, nn::Loss::quadratic, 0, 0.995});
  const Answers all = answers(made.study(), true, "test");
  CHECK(all.count() == most_answers);
  CHECK(all.examples == std::ssize(made.split.test));
  REQUIRE(all.examples > most_answers);
  CHECK(run("confusion", made.study()).words["title"][0].find("the first 10,000 of ") != std::string::npos);
}

TEST_CASE("errors are mistakes, the most certain first, with the certainty of both classes") {
  const Study study = named("convolutions").study();
  const Numbers numbers = run("errors", study, {{"part", 1}, {"count", 500}});
  const auto errors = reals(numbers, "errors");
  Index wrong = 0;
  for (const int row : study.split.train) {
    const nn::Matrix shares = shares_of(study, row_of(study, row));
    wrong += best(shares.data(), 8, 1)[0] != study.set.labels[std::size_t(row)];
  }
  REQUIRE(wrong > 0);
  REQUIRE(numbers["errors"].shape == std::vector<Index>{wrong, 5});
  CHECK(numbers["examples"].shape == std::vector<Index>{wrong, 8, 8});
  for (std::size_t i = 0; i < std::size_t(wrong); i++) {
    const Real* e = &errors[5 * i];
    const nn::Matrix shares = shares_of(study, row_of(study, int(e[0])));
    CHECK(int(e[1]) == study.set.labels[std::size_t(e[0])]);
    CHECK(int(e[2]) != int(e[1]));
    CHECK(double(e[3]) == Approx(double(shares(0, Index(e[2])))).margin(1e-5));
    CHECK(double(e[4]) == Approx(double(shares(0, Index(e[1])))).margin(1e-5));
    if (i > 0) CHECK(errors[5 * (i - 1) + 3] >= e[3]);
  }
  CHECK(has_press(method("errors").layout(numbers, {0, 0, 900, 600}, {}), {{"example", errors[0]}}));
}

TEST_CASE("a cell of the confusion matrix opens its examples, and closes by the same press") {
  const Study study = named("convolutions").study();
  const Numbers closed = run("confusion", study, {{"part", 1}});
  const auto counts = integers(closed, "confusion");
  const auto most = std::ranges::max_element(counts) - counts.begin();
  const double truth = double(most / 8 + 1), said = double(most % 8 + 1);
  for (const Box box : {Box{0, 0, 500, 350}, Box{0, 0, 900, 600}})
    CHECK(has_press(method("confusion").layout(closed, box, {}), {{"truth", truth}, {"said", said}}));
  const Numbers open = run("confusion", study, {{"part", 1}, {"truth", truth}, {"said", said}});
  const auto cell = reals(open, "cell");
  REQUIRE(open["cell"].shape == std::vector<Index>{counts[std::size_t(most)], 2});
  CHECK(open["examples"].shape == std::vector<Index>{counts[std::size_t(most)], 8, 8});
  for (std::size_t i = 0; i < cell.size(); i += 2) {
    CHECK(study.set.labels[std::size_t(cell[i])] == int(truth) - 1);
    if (i > 0) CHECK(cell[i - 1] >= cell[i + 1]);
  }
  for (const Box box : {Box{0, 0, 240, 160}, Box{0, 0, 500, 350}, Box{0, 0, 900, 600}}) {
    const Scene scene = method("confusion").layout(open, box, {});
    CHECK(has_press(scene, {{"truth", 0}, {"said", 0}}));
    CHECK(has_press(scene, {{"example", double(cell[0])}}));
  }
}

TEST_CASE("predictions show the chosen picture, and a picture that is given has no true class") {
  Study study = named("convolutions").study();
  const Numbers numbers = run("predictions", study, {{"count", 6}});
  const nn::Matrix shares = shares_of(study, row_of(study, int(study.example)));
  CHECK(reals(numbers, "probabilities") == std::vector<Real>(shares.data(), shares.data() + 8));
  CHECK(integers(numbers, "truth")[0] == study.set.labels[std::size_t(study.example)]);
  CHECK(integers(numbers, "strip rows") == std::vector<std::int64_t>(study.split.test.begin(), study.split.test.begin() + 6));
  const Scene scene = method("predictions").layout(numbers, {0, 0, 900, 600}, {});
  for (int i = 0; i < 6; i++) CHECK(has_press(scene, {{"example", double(study.split.test[std::size_t(i)])}}));
  CHECK(keyed(scene, "page down") == Settings{{"first", 7}});

  const Given given{nn::Matrix(1, 64), "nothing at all"};
  study.given = &given;
  const Numbers own = run("predictions", study);
  CHECK(integers(own, "truth")[0] == -1);
  CHECK(own.words.at("example")[0] == "nothing at all");
  const nn::Matrix expected = shares_of(study, given.row);
  CHECK(reals(own, "probabilities") == std::vector<Real>(expected.data(), expected.data() + 8));
}

TEST_CASE("what is asked once is remembered for the other views") {
  Study study = named("convolutions").study();
  int asked = 0;
  study.answered = [&](bool test) {
    asked++;
    return std::make_shared<const Answers>(answers(named("convolutions").study(), test, "test"));
  };
  const Numbers with = run("confusion", study);
  CHECK(asked == 1);
  study.answered = {};
  CHECK(integers(run("confusion", study), "confusion") == integers(with, "confusion"));
}

TEST_CASE("the input is the chosen row in the shape of the data") {
  const Study picture = named("coloured pictures").study(), table = named("ten classes").study();
  CHECK(run("input", picture)["input"].shape == std::vector<Index>{3, 9, 7});
  CHECK(run("input", table)["input"].shape == std::vector<Index>{1, 5});
  const nn::Matrix row = row_of(picture, int(picture.example));
  CHECK(reals(run("input", picture), "input") == std::vector<Real>(row.data(), row.data() + row.size()));
}
