// Experiments: the table of keys, and TOML there and back.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "datasets/experiment.h"
#include "datasets/prepare.h"
#include "datasets/split.h"
#include "tests/support.h"

using namespace data;
namespace fs = std::filesystem;

namespace {

Experiment parse(const std::string& text) { return parse_experiment(text, "a.toml"); }

Experiment with(std::initializer_list<const char*> assignments) {
  Experiment e;
  for (const char* assignment : assignments) set(e, assignment);
  return e;
}

std::vector<fs::path> shipped() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(experiments_folder())) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("an empty file is the playground as it opens") {
  const Experiment e = parse("");
  CHECK(e == Experiment{});
  CHECK(e.source == "circle");
  CHECK(e.layers == "dense 4, tanh, dense 2, tanh");
  CHECK(e.training.rate == 0.03);
  CHECK(e.training.batch == 10);
  CHECK(e.training.epochs == 0);
  const Prepared p = prepare(e, "");
  CHECK(p.set.examples() == 500);
  CHECK(p.problem->train.count() == 250);
  CHECK(p.problem->test.count() == 250);
  CHECK(p.problem->model.text == "dense 4, tanh, dense 2, tanh, dense 1, tanh");
  CHECK(p.input_names == std::vector<std::string>{"x1", "x2"});
  CHECK_FALSE(p.standardization);
}

TEST_CASE("every key can be read, set and written, and its default is what it expects") {
  std::set<std::string_view> names;
  for (const Key& k : keys()) {
    INFO(k.name);
    CHECK(names.insert(k.name).second);
    CHECK(&key(k.name) == &k);
    CHECK(k.help.ends_with('.'));
    Experiment e;
    set(e, std::string(k.name) + "=" + value_text(e, k));
    CHECK(e == Experiment{});
    CHECK(help_keys().find(std::string(k.name) + " = " + value_text(e, k) + "\n    " + std::string(k.help) + "\n    " + expected(k)) !=
          std::string::npos);
  }
}

TEST_CASE("every key changed to another value survives a round trip through TOML") {
  for (const Key& k : keys()) {
    INFO(k.name);
    Experiment e;
    const Place place = k.place(e);
    if (auto* x = std::get_if<double*>(&place)) **x = k.low + (k.high - k.low) / 3;
    if (auto* n = std::get_if<nn::Index*>(&place)) **n = nn::Index(k.high);
    if (auto* words = std::get_if<Choice>(&place)) words->choose(words->words.size() - 1);
    if (auto* list = std::get_if<std::vector<nn::Index>*>(&place)) **list = {7, 1, 30};
    if (auto* list = std::get_if<std::vector<std::string>*>(&place)) **list = {"x1", "say \"a\", b\\\n\x7f\xc3\xa4", ""};
    if (auto* text = std::get_if<std::string*>(&place))
      **text = k.name == "data.split"     ? "every 5"
               : k.name == "model.input"  ? "1x2x3"
               : k.name == "model.layers" ? "dense 3, relu"
               : k.name == "data.augment" ? "shift 2, flip"
                                          : "\"\\\t.csv";
    CHECK_FALSE(e == Experiment{});
    CHECK(parse(to_toml(e)) == e);
    Experiment other;
    set(other, std::string(k.name) + " = " + value_text(e, k));
    CHECK(other == e);
  }
}

TEST_CASE("a control has a short title, and its slider rests within the key's range, from low to high") {
  std::set<std::string_view> titles;
  for (const Key& k : keys()) {
    INFO(k.name);
    CHECK(titles.insert(k.title).second);
    CHECK((!k.title.empty() && k.title.size() <= 20));
    Experiment e;
    const Place place = k.place(e);
    if (!k.stops.empty()) CHECK((std::holds_alternative<double*>(place) || std::holds_alternative<nn::Index*>(place)));
    for (std::size_t i = 0; i < k.stops.size(); i++) {
      CHECK((k.stops[i] >= k.low && k.stops[i] <= k.high));
      if (i > 0) CHECK(k.stops[i] > k.stops[i - 1]);
      if (std::holds_alternative<nn::Index*>(place)) CHECK(k.stops[i] == double(nn::Index(k.stops[i])));
    }
  }
  const std::span<const double> rates = key("train.rate").stops;
  CHECK(std::vector<double>(rates.begin(), rates.end()) ==
        std::vector<double>{0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10});
  CHECK(key("train.rate").title == "Learning rate");
}

TEST_CASE("lists of whole numbers are TOML integers") {
  CHECK(to_toml(with({"data.removed=3, 17"})) == "seed = 0\n\n[data]\nremoved = [3, 17]\n");
  CHECK(with({"data.removed=[3, 17]"}).removed == std::vector<nn::Index>{3, 17});
  CHECK(with({"data.removed=3"}).removed == std::vector<nn::Index>{3});
  CHECK(with({"data.removed=3", "data.removed="}).removed.empty());
  CHECK_THROWS_WITH(parse("[data]\nremoved = [3, \"a\"]\n"),
                    "a.toml: line 2, column 11: data.removed has to be a list of whole numbers from 1 to 1e+09, not \"a\"");
  CHECK_THROWS_WITH(parse("[data]\nremoved = [0]\n"), Catch::Contains("a list of whole numbers from 1 to 1e+09, not 0"));
  CHECK_THROWS_WITH(with({"data.removed=x"}), "data.removed has to be a list of whole numbers from 1 to 1e+09, not \"x\"");
}

TEST_CASE("only what is not the default is written, and the seed") {
  CHECK(to_toml({}) == "seed = 0\n");
  CHECK(to_toml(with({"train.rate=0.1", "data.source=spiral", "data.features=x1, x1*x2", "seed=7"})) ==
        "seed = 7\n\n[data]\nsource = \"spiral\"\nfeatures = [\"x1\", \"x1*x2\"]\n\n[train]\nrate = 0.1\n");
}

TEST_CASE("set takes texts without quotes and lists without brackets") {
  CHECK(with({"data.split=0.8"}).split == "0.8");
  CHECK(with({"data.split = \"stratified 80 %\""}).split == "stratified 80 %");
  CHECK(with({"data.source=/a/b = c.csv"}).source == "/a/b = c.csv");
  CHECK(with({"train.shuffle=each epoch"}).training.shuffle == nn::Order::each_epoch);
  CHECK(with({"data.features=[\"max(x1, x2)\"]"}).features == std::vector<std::string>{"max(x1, x2)"});
  CHECK(with({"data.features=x1", "data.features="}).features.empty());
  CHECK(with({"model.layers="}).layers.empty());
  CHECK(with({"train.rate=1"}).training.rate == 1);
}

TEST_CASE("what can't be set is said in one sentence, and nothing changes") {
  const auto refused = [](const char* assignment, const char* sentence) {
    Experiment e;
    CHECK_THROWS_WITH(set(e, assignment), sentence);
    CHECK(e == Experiment{});
  };
  refused("train.rate", "'train.rate' sets nothing; write it as key=value, such as train.rate=0.1");
  refused("train.rat=1", "there is no key 'train.rat'; did you mean 'train.rate'?");
  refused("rate=1", "there is no key 'rate'; did you mean 'train.rate'?");
  refused("data.epochs=1", "there is no key 'data.epochs'; did you mean 'train.epochs'?");
  refused("train.rate=fast", "train.rate has to be a number from 0 to 1000, not \"fast\"");
  refused("train.rate=-1", "train.rate has to be a number from 0 to 1000, not -1");
  refused("train.rate=nan", "train.rate has to be a number from 0 to 1000, not nan");
  refused("train.rate=true", "train.rate has to be a number from 0 to 1000, not true");
  refused("train.rate=", "train.rate has to be a number from 0 to 1000, not \"\"");
  refused("train.rate=1\nseed=2", "train.rate has to be a number from 0 to 1000, not \"1\\u000aseed=2\"");
  refused("train.batch=0", "train.batch has to be a whole number from 1 to 1e+06, not 0");
  refused("train.batch=2.5", "train.batch has to be a whole number from 1 to 1e+06, not 2.5");
  refused("train.loss=cross_entropy",
          "train.loss has to be one of quadratic, cross-entropy, huber, hinge, not \"cross_entropy\"; did you mean 'cross-entropy'?");
  refused("data.split=half",
          "data.split: split 'half': no number can be read; write '50 %' or '0.5' (the part that trains), 'stratified 80 %', 'every 5', 'first 2000' or "
          "'fixed'");
  refused("model.input=28x28", "model.input: '28x28' is no shape; give channels x height x width, such as 1x28x28");
}

TEST_CASE("letters beyond ASCII may stand in quotes and comments") {
  const Experiment e = parse("\xef\xbb\xbf# für die Klasse\n[data]\nsource = 'Blüten.csv'  # é\ntarget = \"\"\"\nGröße\\u0021\"\"\"\n");
  CHECK(e.source == "Blüten.csv");
  CHECK(e.target == "Größe!");
}

TEST_CASE("a wrong file is refused with line and column") {
  CHECK_THROWS_WITH(parse("seed = 1\n[train]\n  rat = 3\n"),
                    "a.toml: line 3, column 3: there is no key 'train.rat'; did you mean 'train.rate'?");
  CHECK_THROWS_WITH(parse("[trian]\nrate = 3\n"), "a.toml: line 1, column 2: there is no section [trian]; did you mean [train]?");
  CHECK_THROWS_WITH(parse("train = 3\n"), Catch::StartsWith("a.toml: line 1, column 1: there is no key 'train'"));
  CHECK_THROWS_WITH(parse("[train]\nrate = \"fast\"\n"),
                    "a.toml: line 2, column 8: train.rate has to be a number from 0 to 1000, not \"fast\"");
  CHECK_THROWS_WITH(parse("[train]\n\nbatch = 2.0\n"),
                    "a.toml: line 3, column 9: train.batch has to be a whole number from 1 to 1e+06, not 2");
  CHECK_THROWS_WITH(parse("[train.rate]\nx = 1\n"), Catch::Contains("train.rate has to be a number from 0 to 1000, not a section"));
  CHECK_THROWS_WITH(parse("[data]\nfeatures = [1]\n"), "a.toml: line 2, column 12: data.features has to be a list of texts, not a list");
  CHECK_THROWS_WITH(parse("[data]\nsource = 1979-05-27\n"), "a.toml: line 2, column 10: data.source has to be a text, not a date or time");
  CHECK_THROWS_WITH(parse("seed = \n"), Catch::StartsWith("a.toml: line 1, column 8: "));
  CHECK_THROWS_WITH(parse("seed = 1\nseed = 2\n"), Catch::StartsWith("a.toml: line 2, column "));
  CHECK_THROWS_WITH(parse("seed = 1\n  é = 2\n"), "a.toml: line 2, column 3: a letter beyond ASCII needs quotes around it");
  CHECK_THROWS_WITH(parse("[%model]\n"), Catch::StartsWith("a.toml: line 1, column 2: "));
  CHECK_THROWS_WITH(parse("[model]\nlayers = \"dense 4, tahn\"\n"),
                    Catch::StartsWith("a.toml: line 2, column 10: model.layers: model: layer 2 'tahn'"));
}

TEST_CASE("every experiment that ships is read, known in all its keys and equal to itself after a round trip") {
  std::set<std::string> names;
  for (const fs::path& file : shipped()) {
    INFO(file);
    CHECK(file.extension() == ".toml");
    names.insert(file.stem().string());
    const Experiment e = load_experiment(file);
    CHECK(parse(to_toml(e)) == e);
  }
  Experiment circle = load_experiment(experiments_folder() / "circle.toml");
  circle.about.clear();
  CHECK(circle == Experiment{});
  for (const char* name : {"circle", "xor", "gauss", "spiral", "spiral_features", "reg_plane", "reg_gauss", "iris", "wine", "breast_cancer",
                           "digits", "mnist", "optdigits"})
    CHECK(names.contains(name));
}
