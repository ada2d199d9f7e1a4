// What is made ready for training from an experiment, and that it can be learned.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "datasets/prepare.h"
#include "tests/support.h"

using namespace data;
namespace fs = std::filesystem;

namespace {

Experiment with(std::initializer_list<const char*> assignments) {
  Experiment e;
  for (const char* assignment : assignments) set(e, assignment);
  return e;
}

Prepared prepared(std::initializer_list<const char*> assignments) { return prepare(with(assignments), ""); }

}  // namespace

TEST_CASE("every experiment that needs no other files trains a step") {
  for (const auto& entry : fs::directory_iterator(experiments_folder())) {
    const fs::path file = entry.path();
    Experiment e = load_experiment(file);
    if (e.source == "mnist" || e.source == "optdigits" || e.source == "cifar10") continue;
    INFO(file);
    nn::Trainer t = trainer(prepare(e, ""), e);
    t.step();
    CHECK(t.state().step == 1);
    CHECK(std::isfinite(t.batch_loss()));
  }
}

TEST_CASE("the output decides how two classes are written as targets") {
  const auto check = [](const Prepared& p, nn::Index outputs, double yes, double no) {
    REQUIRE(p.problem->train.targets.columns() == outputs);
    std::set<int> seen;
    for (nn::Index i = 0; i < p.problem->train.count(); i++) {
      const int label = p.set.labels[std::size_t(p.split.train[std::size_t(i)])];
      seen.insert(label);
      if (outputs == 1) CHECK(double(p.problem->train.targets(i, 0)) == (label == 1 ? yes : no));
      if (outputs == 2) CHECK((p.problem->train.targets(i, label) == 1 && p.problem->train.targets(i, 1 - label) == 0));
    }
    CHECK(seen.size() == 2);
  };
  check(prepared({"model.output=tanh"}), 1, 1, -1);
  check(prepared({"model.output=linear"}), 1, 1, -1);
  check(prepared({"model.output=sigmoid"}), 1, 1, 0);
  check(prepared({"model.output=softmax"}), 2, 0, 0);
  CHECK(prepared({"train.loss=cross-entropy"}).problem->model.text == "dense 4, tanh, dense 2, tanh, dense 2, softmax");
  CHECK(prepared({"data.source=iris", "model.output=sigmoid"}).problem->train.targets.columns() == 3);
}

TEST_CASE("layers that end with softmax are a whole model, if it has a unit for each class") {
  const std::string whole = "conv 4 3x3, relu, maxpool 2, dense 10, softmax", layers = "model.layers=" + whole;
  CHECK(prepared({"data.source=digits", layers.c_str()}).problem->model.text == whole);
  CHECK(prepared({"data.source=digits", layers.c_str(), "model.output=softmax"}).problem->model.text == whole);
  CHECK_THROWS_WITH(prepared({"data.source=digits", "model.layers=dense 8, softmax"}),
                    "model.layers ends with softmax over 8 units, but the data have 10 classes; end it with 'dense 10, softmax', or leave "
                    "the last layer away");
  CHECK_THROWS_WITH(prepared({"data.source=digits", layers.c_str(), "model.output=tanh"}),
                    "model.layers ends with softmax, but model.output is tanh");
}

TEST_CASE("values are learned as they are, by a linear output") {
  const Prepared p = prepared({"data.source=reg-plane", "model.layers="});
  CHECK(p.problem->model.text == "dense 1, linear");
  CHECK_FALSE(p.classification());
  for (nn::Index i = 0; i < p.problem->test.count(); i++)
    CHECK(p.problem->test.targets(i, 0) == p.set.values(p.split.test[std::size_t(i)], 0));
}

TEST_CASE("inputs are standardized over the training rows alone") {
  const Prepared p = prepared({"data.source=wine", "data.split=every 5"});
  REQUIRE(p.standardization);
  CHECK(p.problem->test.count() == nn::Index(p.split.test.size()));
  for (nn::Index j = 0; j < p.problem->train.inputs.columns(); j++) {
    double sum = 0, squares = 0;
    for (nn::Index i = 0; i < p.problem->train.count(); i++) {
      sum += double(p.problem->train.inputs(i, j));
      squares += double(p.problem->train.inputs(i, j)) * double(p.problem->train.inputs(i, j));
    }
    CHECK(sum / double(p.problem->train.count()) == Approx(0).margin(1e-5));
    CHECK(squares / double(p.problem->train.count()) == Approx(1).epsilon(1e-4));
  }
  CHECK_FALSE(prepared({"data.source=digits"}).standardization);
  CHECK(prepared({"data.standardize=on"}).standardization);
  CHECK_FALSE(prepared({"data.source=iris", "data.standardize=off"}).standardization);
}

TEST_CASE("new rows become the model's inputs as the training rows did") {
  const Prepared p = prepared({"data.features=x1, x1*x2", "data.standardize=on"});
  CHECK(p.input_names == std::vector<std::string>{"x1", "x1*x2"});
  const nn::Matrix inputs = model_inputs(p, p.set.inputs);
  for (nn::Index i = 0; i < p.problem->train.count(); i++)
    for (nn::Index j = 0; j < 2; j++) CHECK(inputs(p.split.train[std::size_t(i)], j) == p.problem->train.inputs(i, j));
  CHECK_THROWS_WITH(model_inputs(p, nn::Matrix(1, 3)), "data: rows of 3 numbers, where 'circle' has 2 inputs");
}

TEST_CASE("the same seed prepares the same examples, another seed others") {
  const Prepared a = prepared({"seed=5"}), b = prepared({"seed=5"}), c = prepared({"seed=6"});
  CHECK(a.problem->train.inputs == b.problem->train.inputs);
  CHECK(a.problem->test.targets == b.problem->test.targets);
  CHECK_FALSE(a.problem->train.inputs == c.problem->train.inputs);
}

TEST_CASE("loss, output and data that do not go together are refused before training") {
  const auto refused = [](std::initializer_list<const char*> assignments, const char* sentence) {
    CHECK_THROWS_WITH(prepared(assignments), sentence);
  };
  refused({"train.loss=cross-entropy", "model.output=tanh"}, "train.loss cross-entropy needs model.output softmax or sigmoid, not tanh");
  refused({"train.loss=hinge", "model.output=softmax"},
          "train.loss hinge is for two classes and model.output linear or tanh; 'circle' has 2 classes and the output is softmax");
  refused({"train.loss=hinge", "data.source=iris", "model.output=linear"},
          "train.loss hinge is for two classes and model.output linear or tanh; 'iris' has 3 classes and the output is linear");
  refused({"data.source=reg-plane", "model.output=softmax"},
          "data: 'reg-plane' has values to predict, and train.loss quadratic with model.output softmax is for classes; take quadratic or "
          "huber, and linear");
  refused({"model.input=1x2x2"}, "model.input 1x2x2 is 4 numbers, but 'circle' gives 2 inputs");
}

TEST_CASE("the CSV keys reach the loader") {
  TemporaryFolder folder;
  std::ofstream(folder / "t.csv") << "a,y,b\n1,3,?\n2,4,7\n3,5,9\n4,6,8\n";
  Experiment e = with({"data.target=y", "data.task=regression", "data.split=every 3", "data.header=present"});
  e.source = (folder / "t.csv").string();
  Prepared p = prepare(e, "");
  CHECK(p.set.examples() == 3);
  CHECK(p.set.target_name == "y");
  CHECK_FALSE(p.classification());
  CHECK(p.standardization);
  set(e, "data.missing=impute");
  set(e, "data.task=classification");
  p = prepare(e, "");
  CHECK(p.set.examples() == 4);
  CHECK(p.set.class_names.size() == 4);
  set(e, "data.header=absent");
  set(e, "data.target=2");
  CHECK(prepare(e, "").set.class_names.size() == 5);  // "y" is one of them now
}

TEST_CASE("noise and split never draw the points anew") {
  for (const char* source : {"circle", "xor", "reg-plane", "reg-gauss", "checkerboard", "line1d", "overfit"}) {
    INFO(source);
    const std::string set = std::string("data.source=") + source;
    const Prepared calm = prepared({set.c_str()}), loud = prepared({set.c_str(), "data.noise=40"}),
                   other = prepared({set.c_str(), "data.split=80 %"});
    CHECK(calm.set.inputs == loud.set.inputs);  // labels and values alone follow the noise
    CHECK(calm.split.train == loud.split.train);
    CHECK(calm.set.inputs == other.set.inputs);
    CHECK_FALSE((calm.set.labels == loud.set.labels && calm.set.values == loud.set.values));
  }
  // Positions that noise moves: each by the same draw, twice as far for twice the noise.
  for (const char* source : {"spiral", "moons", "spirals3", "xor4"}) {
    INFO(source);
    const std::string set = std::string("data.source=") + source;
    const Prepared calm = prepared({set.c_str()}), some = prepared({set.c_str(), "data.noise=20"}),
                   more = prepared({set.c_str(), "data.noise=40"});
    CHECK(calm.set.labels == more.set.labels);
    for (nn::Index i = 0; i < calm.set.inputs.size(); i++) {
      const double x = double(calm.set.inputs.data()[i]);
      CHECK(double(more.set.inputs.data()[i]) - x == Approx(2 * (double(some.set.inputs.data()[i]) - x)).margin(1e-5));
    }
  }
  // x = +-2 + sqrt(0.5 + 7 nu) z
  const Prepared calm = prepared({"data.source=gauss"}), loud = prepared({"data.source=gauss", "data.noise=50"});
  for (nn::Index i = 0; i < 500; i++) {
    const double c = i < 250 ? 2 : -2;
    CHECK((double(loud.set.inputs(i, 0)) - c) / std::sqrt(4) == Approx((double(calm.set.inputs(i, 0)) - c) / std::sqrt(0.5)).margin(1e-5));
  }
}

TEST_CASE("the data seed decides points and split alone") {
  const Prepared a = prepared({"seed=5"}), b = prepared({"seed=9", "data.seed=5"}), c = prepared({"seed=5", "data.seed=9"});
  CHECK(a.problem->train.inputs == b.problem->train.inputs);
  CHECK(a.split.train == b.split.train);
  CHECK_FALSE(a.problem->train.inputs == c.problem->train.inputs);
  const Experiment e = with({"seed=5"}), f = with({"seed=5", "data.seed=9"});
  CHECK(trainer(a, e).state().parameters.numbers == trainer(c, f).state().parameters.numbers);
}

TEST_CASE("an example more or less moves no other") {
  for (const char* source : {"data.source=circle", "data.source=wine"}) {
    const Prepared before = prepared({source, "data.split=stratified 70 %"});
    Experiment e = with({source, "data.split=stratified 70 %", "data.removed=3, 100"});
    std::string example;
    for (nn::Index j = 0; j < before.set.inputs.columns(); j++) example += "1000, ";  // far out: it would move mean and deviation
    e.added = {example + before.set.class_names[1], example + before.set.class_names[0]};
    const Prepared after = prepare(e, "");
    REQUIRE(after.set.examples() == before.set.examples());
    // By its number in the source: the side that each example is on, and what the network gets of it.
    const auto sides = [](const Prepared& p) {
      std::map<nn::Index, std::pair<char, std::vector<nn::Real>>> all;
      const auto add = [&](char side, const std::vector<int>& rows, const nn::Examples& examples) {
        for (std::size_t i = 0; i < rows.size(); i++) {
          const nn::Real* x = examples.inputs.view().row(nn::Index(i));
          if (const nn::Index number = p.source_rows[std::size_t(rows[i])]) all[number] = {side, {x, x + examples.inputs.columns()}};
        }
      };
      add('a', p.split.train, p.problem->train);
      add('b', p.split.test, p.problem->test);
      return all;
    };
    auto left = sides(before);
    CHECK(left.erase(3) + left.erase(100) == 2);
    CHECK(sides(after) == left);
    const std::vector<int>& train = after.split.train;
    CHECK(after.set.labels[std::size_t(train[train.size() - 2])] == 1);
    CHECK(after.set.labels[std::size_t(train.back())] == 0);
    CHECK(after.source_rows.back() == 0);
  }
}

TEST_CASE("a class is added by its name or number, a value as it is") {
  const auto label = [](const char* source, const std::string& example) {
    Experiment e = with({source});
    e.added = {example};
    return prepare(e, "").set.labels.back();
  };
  CHECK(label("data.source=circle", "1.5, -2, +1") == 1);
  CHECK(label("data.source=circle", "1.5,-2,1") == 1);  // not the first class: the names are numbers
  CHECK(label("data.source=circle", "1.5, -2, -1") == 0);
  CHECK(label("data.source=spirals3", "0, 0, 3") == 2);
  CHECK(label("data.source=iris", "1, 2, 3, 4, virginica") == label("data.source=iris", "1, 2, 3, 4, 3"));
  Experiment e = with({"data.source=reg-plane"});
  e.added = {"1.5, -2, 0.25"};
  const Prepared p = prepare(e, "");
  CHECK(p.set.values(1200, 0) == nn::Real(0.25));
  CHECK(p.set.inputs(1200, 1) == -2);
  CHECK(p.problem->train.targets(p.problem->train.count() - 1, 0) == nn::Real(0.25));
}

TEST_CASE("a wrong example to add or to remove is said in a sentence") {
  const auto refused = [](std::vector<std::string> added, std::vector<nn::Index> removed, const char* sentence, Experiment e = {}) {
    e.added = std::move(added);
    e.removed = std::move(removed);
    CHECK_THROWS_WITH(prepare(e, ""), sentence);
  };
  refused({"1, 2, +1", "1, 2"}, {},
          "data.added: example 2 '1, 2' has 2 parts; write 2 inputs and then the class, with commas between them");
  refused({"1, two, +1"}, {}, "data.added: example 1 '1, two, +1' has 'two' where a number is due");
  refused({"1, 1e60, +1"}, {}, "data.added: example 1 '1, 1e60, +1' has '1e60' where a number is due");
  refused({"1, 2, 3"}, {}, "data.added: example 1 '1, 2, 3' is of class '3'; the classes are -1, +1");
  refused({"1, 2, 3, 4"}, {}, "data.added: example 1 '1, 2, 3, 4' has 4 parts; write 2 inputs and then the value, with commas between them",
          with({"data.source=reg-plane"}));
  refused({}, {501}, "data.removed: there is no row 501 to take away from 500");
  refused({}, {7, 7}, "data.removed: row 7 is taken away twice");
  refused({}, {2, 3, 4}, "data.removed: no example is left to train on", with({"data.source=xor4", "data.split=every 2"}));
}
