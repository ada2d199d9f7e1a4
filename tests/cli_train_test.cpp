// `train` and `show` as their user meets them: runs that go on, and what they print and write.
#include <cmath>
#include <nlohmann/json.hpp>

#include "engine/save.h"
#include "tests/cli.h"
#include "viz/workbench.h"
#include "viz/method.h"

using namespace cli;

namespace {

std::vector<double> doubles(const nn::Tensor& tensor) {
  return std::visit([](const auto& numbers) { return std::vector<double>(numbers.begin(), numbers.end()); }, tensor.numbers);
}

}  // namespace

TEST_CASE("a run that was stopped and goes on ends as one that was not") {
  if (!has_program()) return;
  const Place place("optimizer = \"adam\"\n[model]\nlayers = \"dense 6, tanh, dropout 0.2, dense 3, relu\"\n");
  place.prints({"train", "c.toml", "--out", "straight", "--set", "train.epochs=6"});
  place.prints({"train", "c.toml", "--out", "halves", "--set", "train.epochs=3"});
  CHECK(place.model("halves") != place.model("straight"));
  CHECK(place.prints({"train", "halves", "--set", "train.epochs=6"}).find("epoch 6") != std::string::npos);
  CHECK(place.model("halves") == place.model("straight"));
  CHECK(fs::exists(place / "halves/loss.png"));
}

TEST_CASE("training starts from given weights, and refuses those of another model") {
  if (!has_program()) return;
  const Place place("epochs = 3\n");
  place.prints({"train", "c.toml", "--out", "first"});
  place.prints({"train", "c.toml", "--out", "second", "--weights", "first/model.safetensors", "--seed", "0"});
  const nn::Run first = nn::load_run(place / "first"), second = nn::load_run(place / "second");
  CHECK(second.history.size() == first.history.size());
  CHECK(second.history.front().epoch == 0);
  CHECK(second.history.front().train_loss == first.history.back().train_loss);
  CHECK_FALSE(second.now->state.parameters.numbers == first.now->state.parameters.numbers);

  const Result other =
      place.run({"train", "c.toml", "--out", "third", "--weights", "first/model.safetensors", "--set", "model.layers=dense 9, tanh"});
  CHECK(other.code == 1);
  CHECK(other.error.find("first/model.safetensors: parameter 'dense1.weight' is [") != std::string::npos);
  CHECK_FALSE(fs::exists(place / "third"));
}

TEST_CASE("the same seed gives the same bits with any number of threads, another seed others") {
  if (!has_program()) return;
  const Place place("epochs = 4\nbatch = 64\n[model]\nlayers = \"dense 40, tanh, dense 30, relu\"\n");
  const auto model = [&](const Words& more) {
    place.prints(with({"train", "c.toml", "--out", "run"}, more));
    return place.model("run");
  };
  const std::string first = model({});
  CHECK(model({}) == first);
  CHECK(model({"--threads", "2"}) == first);
  CHECK(model({"--seed", "0"}) == first);
  CHECK(model({"--seed", "1"}) != first);
}

TEST_CASE("all hot loops learn the same") {
  if (!has_program()) return;
  const Place place("epochs = 3\n");
  std::vector<nn::Tensors> models;
  for (const char* kernels : {"reference", "portable", "avx2", "avx512"}) {
    const Result result = place.run({"train", "c.toml", "--out", kernels, "--kernels", kernels});
    if (result.code == 2 && std::string(kernels).starts_with("avx")) continue;  // not on this machine
    REQUIRE(result.code == 0);
    models.push_back(nn::parse_safetensors(place.model(kernels), kernels));
  }
  REQUIRE(models.size() >= 2);
  for (const nn::Tensors& other : models)
    for (std::size_t i = 0; i < other.list.size(); i++) {
      const std::vector<double> a = doubles(models[0].list[i]), b = doubles(other.list[i]);
      REQUIRE(a.size() == b.size());
      for (std::size_t j = 0; j < a.size(); j++) CHECK(a[j] == Approx(b[j]).margin(1e-4));
    }
}

TEST_CASE("train --json prints the history and nothing else") {
  if (!has_program()) return;
  const Place place("epochs = 5\n");
  const Result result = place.run({"train", "c.toml", "--out", "run", "--json", "--quiet"});
  REQUIRE(result.code == 0);
  CHECK(result.error == "");
  const std::vector<std::string> printed = lines(result.out), kept = lines(text_of(place / "run/history.jsonl"));
  REQUIRE(printed.size() == 6);
  REQUIRE(kept.size() == 6);
  for (std::size_t i = 0; i < 6; i++) {
    auto a = nlohmann::json::parse(printed[i]), b = nlohmann::json::parse(kept[i]);
    CHECK(a.at("epoch") == i);
    CHECK(a.at("step") == 10 * i);
    CHECK(a.at("seconds").is_number());
    for (const char* figure : {"train_loss", "test_loss", "train_accuracy", "test_accuracy"}) CHECK(a.at(figure).is_number());
    a.erase("seconds");
    b.erase("seconds");
    CHECK(a == b);
  }
  const Result whole = place.run({"train", "c.toml", "--out", "run", "--json", "--set", "data.source=reg-plane"});
  CHECK(nlohmann::json::parse(lines(whole.out).back()).at("test_accuracy").is_null());
  CHECK(lines(whole.out).size() == 6);
}

TEST_CASE("a run replaces the one of that name, and files beside it stay") {
  if (!has_program()) return;
  const Place place("epochs = 2\n");
  place.prints({"train", "c.toml"});
  REQUIRE(nn::load_run(place / "out/c").history.size() == 3);
  std::ofstream(place / "out/c/notes.txt") << "mine";
  place.prints({"train", "c.toml", "--set", "train.epochs=4"});
  CHECK(nn::load_run(place / "out/c").history.size() == 5);
  CHECK(text_of(place / "out/c/notes.txt") == "mine");
}

TEST_CASE("show writes the numbers of a method as .npy and .csv, and pictures of the asked size") {
  if (!has_program()) return;
  const Place place("epochs = 2\n");
  place.prints({"train", "c.toml", "--out", "run"});
  const auto bench = viz::Workbench::open(place / "run", {});
  int shown = 0;
  for (const viz::Method& method : viz::methods()) {
    const std::string name(method.name);
    const viz::Study study = bench->study();
    nn::Tensor tensor;
    try {
      tensor = method.compute(study, viz::arguments(method, {})).tensors.front();
    } catch (const std::invalid_argument& error) {  // this one is for pictures
      CHECK(std::string(error.what()).starts_with(name + ": "));
      continue;
    }
    shown++;
    CHECK(place.prints({"show", name, "--run", "run", "--out", "x.npy"}) == "x.npy\n");
    const nn::Tensor written = nn::parse_npy(text_of(place / "x.npy"), "x.npy");
    CHECK(written.shape == tensor.shape);
    CHECK(doubles(written) == doubles(tensor));

    place.prints({"show", name, "--run", "run", "--out", "x.csv"});
    std::vector<double> cells;
    for (const std::string& line : lines(text_of(place / "x.csv")))
      for (const std::string& cell : nn::split(line, ',')) cells.push_back(nn::number(cell).value_or(NAN));
    const std::vector<double> numbers = doubles(tensor);
    REQUIRE(cells.size() == numbers.size());
    for (std::size_t i = 0; i < cells.size(); i++)
      if (!std::isnan(numbers[i])) CHECK(cells[i] == Approx(numbers[i]).epsilon(1e-6));

    place.prints({"show", name, "--run", "run", "--out", "x.png", "--size", "300x200", "--scale", "2", "--dark"});
    CHECK(text_of(place / "x.png").substr(16, 8) == std::string{0, 0, 2, 88, 0, 0, 1, char(144)});  // 600 x 400
    place.prints({"show", name, "--run", "run", "--out", "x.svg"});
    CHECK(text_of(place / "x.svg").find("<svg") != std::string::npos);
  }
  CHECK(shown > 8);
}

TEST_CASE("the program works from any folder, without a home, in plain C and in German") {
  if (!has_program()) return;
  const Place place("epochs = 2\n");
  const Words words = {"train", "c.toml", "--out", "run", "--set", "data.source=iris"};
  const std::string plain = place.prints(words), model = place.model("run");
  for (const std::vector<std::string>& environment : {std::vector<std::string>{"HOME"}, {"LANG=C", "LC_ALL=C"}, {"LC_ALL=de_DE.UTF-8"}}) {
    const Result result = place.run(words, environment);
    CHECK(result.code == 0);
    CHECK(result.out == plain);
    CHECK(place.model("run") == model);
  }
  place.prints({"show", "boundary", "--out", "x.png"});  // of a run that comes with the program
}
