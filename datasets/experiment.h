// An experiment: all that decides a run, as one TOML file says it. One table gives every key its type, range, default and help;
// from it come the parser, `--set`, the text that is saved, the controls of the window and `glassbox help keys`.
#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/training.h"

namespace data {

struct Experiment {
  nn::Index seed = 0;
  std::string about;  // what a student is told of it, in Markdown

  // [data]
  std::string source = "circle", split = "50 %", target, header = "guess", missing = "drop", task = "auto", standardize = "auto", augment;
  double noise = 0;                   // percent
  nn::Index samples = 0;              // 0: the source's own number
  nn::Index window = 0, words = 0;    // of a text: steps that are unrolled (0: 50), and words that are symbols (0: characters are)
  std::vector<std::string> features;  // formulas; none: the inputs as they are
  nn::Index data_seed = 0;            // 0: as `seed`
  std::vector<std::string> added;     // examples, "x1, x2, ..., class or value"
  std::vector<nn::Index> removed;     // rows of the source, counted from 1

  // [model]
  std::string input, layers = "dense 4, tanh, dense 2, tanh", output = "auto", init = "playground";

  // [train]
  nn::Training training;

  // [view]
  std::vector<std::string> panes, controls;  // none: all
  std::string palette = "orange-blue";
  double scale = 1;

  bool operator==(const Experiment&) const = default;
};

// One of a few words.
struct Choice {
  std::span<const std::string_view> words;
  std::function<std::size_t()> chosen;
  std::function<void(std::size_t)> choose;
};
// Where the value of a key is in an experiment.
using Place = std::variant<double*, nn::Index*, std::string*, std::vector<std::string>*, std::vector<nn::Index>*, Choice>;

struct Key {
  std::string_view name;   // "train.rate"
  std::string_view title;  // the label of its control: "Learning rate"
  Place (*place)(Experiment& experiment);
  double low, high;                        // of numbers
  void (*check)(const std::string& text);  // of texts: throws std::invalid_argument where one can't be meant; may be null
  std::string_view help;                   // a sentence
  std::span<const double> stops = {};      // where a slider rests, all within low and high; none: every number is as good
};

std::span<const Key> keys();
const Key& key(std::string_view name);  // std::invalid_argument naming the nearest

// "a number from 0 to 100", "one of once, each epoch".
std::string expected(const Key& key);
// The value as it stands in a file: 0.03, "each epoch", ["x1", "x2"].
std::string value_text(const Experiment& experiment, const Key& key);

// Reads a file's text. Throws std::invalid_argument with line and column: `who: line 3, column 5: there is no key ...`.
Experiment parse_experiment(std::string_view toml, const std::string& who);
Experiment load_experiment(const std::filesystem::path& file);  // std::runtime_error, too, where it can't be read

// "train.rate=0.1" as with --set: a value as in the file, but texts need no quotes and lists no brackets ("data.features=x1, x1*x2").
// Throws std::invalid_argument, the experiment unharmed.
void set(Experiment& experiment, std::string_view assignment);

// The seed and whatever is not the default, so that parsing it gives an equal experiment.
std::string to_toml(const Experiment& experiment);

// "1x28x28": channels, height, width. Throws std::invalid_argument.
nn::Shape parse_shape(std::string_view text);

// What `glassbox help keys` prints.
std::string help_keys();

// The folder of the experiments that ship, beside datasets/files.
std::filesystem::path experiments_folder();

}  // namespace data
