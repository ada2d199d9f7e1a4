// Mistakes in experiments and words, damaged runs, full disks: one line that says what is wrong, the right exit code, and nothing lost.
#include "tests/cli.h"

using namespace cli;

namespace {

// A folder with an experiment c.toml and a small run of it in run/.
struct WithRun : TemporaryFolder {
  WithRun() {
    write(*this / "c.toml", experiment("circle", "samples = 40\n[train]\nepochs = 2\n"));
    const Result result = run_program({"train", "c.toml", "--out", "run"}, {.folder = path});
    REQUIRE(result.error == "");
    REQUIRE(result.code == 0);
  }
};

}  // namespace

TEST_CASE("a mistake in an experiment is found with line, column and the nearest key") {
  if (!has_program()) return;
  TemporaryFolder folder;
  const auto refuses_toml = [&](const std::string& text, const Words& parts) {
    write(folder / "e.toml", text);
    refuses(folder, {"train", "e.toml"}, 1, with({"e.toml: line"}, parts));
  };
  refuses_toml("[train\nrate = 1\n", {"line 1, column 7"});
  refuses_toml("[train]\nrat = 1\n", {"line 2, column 1", "'train.rat'", "did you mean 'train.rate'"});
  refuses_toml("[train]\nrate = \"fast\"\n", {"line 2, column 8", "a number from 0 to 1000", "\"fast\""});
  refuses_toml("[train]\nbatch = 0\n", {"line 2, column 9", "a whole number from 1"});
  refuses_toml("[model]\nlayers = \"dense 4, tahn\"\n", {"line 2, column 10", "tahn", "tanh"});
  refuses_toml("[train]\nloss = \"cross-entrpy\"\n", {"line 2", "cross-entropy"});
  refuses(folder, {"train", "missing.toml"}, 1, {"missing.toml"});
  refuses(folder, {"check-gradients", "."}, 1, {"folder"});
  write(folder / "e.toml", "[train]\nloss = \"cross-entropy\"\n[model]\noutput = \"tanh\"\n");
  refuses(folder, {"train", "e.toml"}, 1, {"cross-entropy", "softmax or sigmoid, not tanh"});
}

TEST_CASE("wrong words are wrong usage, and the nearest right one is named") {
  if (!has_program()) return;
  const WithRun folder;
  refuses(folder, {"trian"}, 2, {"'trian'", "'train'"});
  refuses(folder, {"train"}, 2, {"which experiment"});
  refuses(folder, {"train", "c.toml", "more"}, 2, {"more words"});
  refuses(folder, {"train", "c.toml", "--sat", "x"}, 2, {"'--sat'", "'--set'"});
  refuses(folder, {"train", "c.toml", "--set", "train.rat=1"}, 2, {"'train.rat'", "'train.rate'"});
  refuses(folder, {"train", "c.toml", "--set", "train.rate"}, 2, {"key=value"});
  refuses(folder, {"train", "c.toml", "--seed", "lucky"}, 2, {"--seed", "\"lucky\""});
  refuses(folder, {"train", "c.toml", "--seed", "-1"}, 2, {"--seed", "-1"});
  refuses(folder, {"train", "c.toml", "--seeds", "0"}, 2, {"--seeds 0"});
  refuses(folder, {"train", "c.toml", "--seeds", "2", "--json"}, 2, {"--json"});
  refuses(folder, {"train", "c.toml", "--threads", "0"}, 2, {"--threads 0"});
  refuses(folder, {"train", "c.toml", "--kernels", "abacus"}, 2, {"'abacus'", "reference"});
  refuses(folder, {"train", "run"}, 2, {"run has done its 2 epochs"});
  refuses(folder, {"train", "run", "--set", "data.noise=3", "--set", "train.epochs=9"}, 2, {"[train]"});
  refuses(folder, {"train", "run", "--seed", "3"}, 2, {"seed"});
  refuses(folder, {"show"}, 2, {"glassbox methods"});
  refuses(folder, {"show", "bondary"}, 2, {"'bondary'", "'boundary'"});
  refuses(folder, {"show", "boundary", "--resolutoin", "20"}, 2, {"'--resolutoin'", "'--resolution'"});
  refuses(folder, {"show", "boundary", "--resolution", "3000"}, 2, {"3000", "10 to 300"});
  refuses(folder, {"show", "boundary", "--palette", "organge"}, 2, {"'organge'", "orange-blue"});
  refuses(folder, {"show", "boundary", "--size", "10x10"}, 2, {"10x10"});
  refuses(folder, {"show", "boundary", "--out", "x.gif"}, 2, {"x.gif", ".png"});
  refuses(folder, {"show", "boundary", "--run", "run", "--example", "40"}, 2, {"--example 40", "0 to 39"});
  refuses(folder, {"show", "boundary", "--run", "run", "--example", "-1"}, 2, {"--example -1"});
  refuses(folder, {"bench", "--only", "W9"}, 2, {"'W9'", "W2b10"});
  refuses(folder, {"help", "nonsense"}, 2, {"'nonsense'"});
}

TEST_CASE("a method that the data do not suit says what would do") {
  if (!has_program()) return;
  TemporaryFolder folder;
  write(folder / "e.toml", experiment("iris"));
  REQUIRE(run_program({"train", "e.toml", "--out", "iris", "--quiet"}, {.folder = folder.path}).code == 0);
  refuses(folder, {"show", "boundary", "--run", "iris", "--out", "x.png"}, 1, {"boundary", "4 inputs", "'hidden'"});
  write(folder / "e.toml", experiment("reg-plane"));
  REQUIRE(run_program({"train", "e.toml", "--out", "plane", "--quiet"}, {.folder = folder.path}).code == 0);
  refuses(folder, {"show", "confusion", "--run", "plane", "--out", "x.png"}, 1, {"confusion", "class"});
  refuses(folder, {"show", "hidden", "--run", "plane", "--image", "cat.png", "--out", "x.png"}, 1, {"--image", "not pictures"});
  refuses(folder, {"show", "input", "--image", "cat.png", "--out", "x.png"}, 1, {"cat.png"});
  refuses(folder, {"show", "input", "--image", "cat.png", "--example", "1", "--out", "x.png"}, 2, {"--image", "--example"});
}

TEST_CASE("--class alone asks about that class") {
  if (!has_program()) return;
  TemporaryFolder folder;
  const auto map = [&](const std::vector<std::string>& options) {
    std::vector<std::string> words = {"show", "saliency", "--out", "map.csv"};
    words.insert(words.end(), options.begin(), options.end());
    REQUIRE(run_program(words, {.folder = folder.path}).code == 0);
    return nn::read_file(folder / "map.csv", 1 << 20);
  };
  const std::string alone = map({"--class", "4"});
  CHECK(alone == map({"--target", "class", "--class", "4"}));
  CHECK(alone != map({"--class", "5"}));
  CHECK(map({"--target", "answer", "--class", "4"}) == map({}));
  refuses(folder, {"show", "saliency", "--class", "99", "--out", "x.png"}, 1, {"no class 99"});
}

TEST_CASE("files of a run that were cut off or exchanged are named") {
  if (!has_program()) return;
  const WithRun folder;
  const auto refuses_with = [&](const std::string& name, const std::string& text) {
    const std::string before = text_of(folder / "run" / name);
    write(folder / "run" / name, text);
    refuses(folder, {"show", "loss", "--run", "run", "--out", "x.png"}, 1, {"run/" + name});
    refuses(folder, {"train", "run", "--set", "train.epochs=4"}, 1, {"run/" + name});
    write(folder / "run" / name, before);
  };
  for (const char* name : {"model.safetensors", "state.safetensors", "history.jsonl"}) {
    const std::string whole = text_of(folder / "run" / name);
    refuses_with(name, whole.substr(0, whole.size() - 9));
    refuses_with(name, "");
  }
  refuses_with("experiment.toml", "[train\n");
  REQUIRE(run_program({"train", "c.toml", "--out", "other", "--set", "model.layers=dense 3, tanh"}, {.folder = folder.path}).code == 0);
  fs::copy_file(folder / "other/model.safetensors", folder / "run/model.safetensors", fs::copy_options::overwrite_existing);
  refuses(folder, {"show", "loss", "--run", "run", "--out", "x.png"}, 1, {"run: ", "dense1.weight (3x2)"});
  refuses(folder, {"show", "loss", "--run", "nowhere"}, 1, {"nowhere is no run folder"});
}

TEST_CASE("a place that can't be written is named before the work") {
  if (!has_program()) return;
  const WithRun folder;
  refuses(folder, {"train", "c.toml", "--out", "c.toml/x"}, 1, {"c.toml"});
  refuses(folder, {"train", "c.toml", "--out", "c.toml"}, 1, {"c.toml"});
  refuses(folder, {"train", "c.toml", "--out", "/proc/nothing"}, 1, {"/proc/nothing"});
  refuses(folder, {"train", "c.toml", "--seeds", "2", "--out", "/proc/nothing"}, 1, {"/proc/nothing"});
  refuses(folder, {"show", "loss", "--run", "run", "--out", "/proc/nothing/x.png"}, 1, {"/proc/nothing/x.png"});
  refuses(folder, {"demo", "--out", "c.toml/out"}, 1, {"c.toml/out"});
  fs::create_directory(folder / "mine");
  write(folder / "mine/letter.txt", "dear");
  refuses(folder, {"train", "c.toml", "--out", "mine"}, 1, {"mine", "other things"});
  refuses(folder, {"train", "c.toml", "--seeds", "2", "--out", "mine"}, 1, {"mine", "other things"});
}

TEST_CASE("a full disk leaves what was there") {
  if (!has_program()) return;
  const WithRun folder;
  write(folder / "x.svg", "old");
  const Conditions full{.largest_file = 300};
  refuses(folder, {"show", "loss", "--run", "run", "--out", "x.svg"}, 1, {"x.svg", "File too large"}, full);
  refuses(folder, {"train", "c.toml", "--out", "run"}, 1, {"run", "File too large"}, full);
  refuses(folder, {"train", "run", "--set", "train.epochs=4"}, 1, {"run", "File too large"}, full);
  fs::create_directory(folder / "out");
  refuses(folder, {"demo"}, 1, {"File too large"}, full);
  fs::create_symlink("/dev/full", folder / "full.png");
  refuses(folder, {"show", "loss", "--run", "run", "--out", "full.png"}, 1, {"full.png", "No space left"});
}

TEST_CASE("output that nobody takes is an error") {
  if (!has_program()) return;
  const WithRun folder;
  for (const Words& words : {Words{"help"}, {"methods"}, {"data"}, {"help", "keys"}, {"check-gradients", "c.toml", "--quiet"}}) {
    refuses(folder, words, 1, {"standard output cannot be written"}, {.output_file = "/dev/full"});
    refuses(folder, words, 1, {"standard output cannot be written"}, {.reader_gone = true});
  }
  const Result result = run_program({"train", "c.toml", "--json", "--out", "new"}, {.folder = folder.path, .reader_gone = true});
  CHECK(result.code == 1);
  CHECK(result.error == "glassbox: standard output cannot be written\n");
  CHECK(run_program({"show", "loss", "--run", "new", "--out", "x.csv"}, {.folder = folder.path}).code == 0);
}
