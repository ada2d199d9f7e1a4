// What is made ready for training from an experiment, and that it can be learned.
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
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
    if (e.source == "mnist" || e.source == "optdigits") continue;
    INFO(file);
    nn::Trainer t = trainer(prepare(e, ""), e);
    t.step();
    CHECK(t.state().step == 1);
    CHECK(std::isfinite(t.batch_loss()));
  }
}

TEST_CASE("the output decides how two classes are written as targets") {
  const auto check = [](const Prepared& p, nn::Index outputs, double yes, double no) {
    REQUIRE(p.train.targets.columns() == outputs);
    std::set<int> seen;
    for (nn::Index i = 0; i < p.train.count(); i++) {
      const int label = p.set.labels[std::size_t(p.split.train[std::size_t(i)])];
      seen.insert(label);
      if (outputs == 1) CHECK(double(p.train.targets(i, 0)) == (label == 1 ? yes : no));
      if (outputs == 2) CHECK((p.train.targets(i, label) == 1 && p.train.targets(i, 1 - label) == 0));
    }
    CHECK(seen.size() == 2);
  };
  check(prepared({"model.output=tanh"}), 1, 1, -1);
  check(prepared({"model.output=linear"}), 1, 1, -1);
  check(prepared({"model.output=sigmoid"}), 1, 1, 0);
  check(prepared({"model.output=softmax"}), 2, 0, 0);
  CHECK(prepared({"train.loss=cross-entropy"}).model.text == "dense 4, tanh, dense 2, tanh, dense 2, softmax");
  CHECK(prepared({"data.source=iris", "model.output=sigmoid"}).train.targets.columns() == 3);
}

TEST_CASE("values are learned as they are, by a linear output") {
  const Prepared p = prepared({"data.source=reg-plane", "model.layers="});
  CHECK(p.model.text == "dense 1, linear");
  CHECK_FALSE(p.classification());
  for (nn::Index i = 0; i < p.test.count(); i++) CHECK(p.test.targets(i, 0) == p.set.values(p.split.test[std::size_t(i)], 0));
}

TEST_CASE("inputs are standardized over the training rows alone") {
  const Prepared p = prepared({"data.source=wine", "data.split=every 5"});
  REQUIRE(p.standardization);
  CHECK(p.test.count() == nn::Index(p.split.test.size()));
  for (nn::Index j = 0; j < p.train.inputs.columns(); j++) {
    double sum = 0, squares = 0;
    for (nn::Index i = 0; i < p.train.count(); i++) {
      sum += double(p.train.inputs(i, j));
      squares += double(p.train.inputs(i, j)) * double(p.train.inputs(i, j));
    }
    CHECK(sum / double(p.train.count()) == Approx(0).margin(1e-5));
    CHECK(squares / double(p.train.count()) == Approx(1).epsilon(1e-4));
  }
  CHECK_FALSE(prepared({"data.source=digits"}).standardization);
  CHECK(prepared({"data.standardize=on"}).standardization);
  CHECK_FALSE(prepared({"data.source=iris", "data.standardize=off"}).standardization);
}

TEST_CASE("new rows become the model's inputs as the training rows did") {
  const Prepared p = prepared({"data.features=x1, x1*x2", "data.standardize=on"});
  CHECK(p.input_names == std::vector<std::string>{"x1", "x1*x2"});
  const nn::Matrix inputs = model_inputs(p, p.set.inputs);
  for (nn::Index i = 0; i < p.train.count(); i++)
    for (nn::Index j = 0; j < 2; j++) CHECK(inputs(p.split.train[std::size_t(i)], j) == p.train.inputs(i, j));
  CHECK_THROWS_WITH(model_inputs(p, nn::Matrix(1, 3)), "data: rows of 3 numbers, where 'circle' has 2 inputs");
}

TEST_CASE("the same seed prepares the same examples, another seed others") {
  const Prepared a = prepared({"seed=5"}), b = prepared({"seed=5"}), c = prepared({"seed=6"});
  CHECK(a.train.inputs == b.train.inputs);
  CHECK(a.test.targets == b.test.targets);
  CHECK_FALSE(a.train.inputs == c.train.inputs);
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
