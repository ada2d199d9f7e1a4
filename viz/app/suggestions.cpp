// Networks and settings to begin with.
#include "viz/app/suggestions.h"

#include <algorithm>
#include <filesystem>

#include "datasets/text_set.h"

namespace viz {

std::span<const NetworkSuggestion> networks_for(data::Kind kind) {
  static constexpr NetworkSuggestion recurrent[] = {
      {"RNN", "rnn 32", "One state, written anew at every step: s = tanh(U x + W s) (Elman 1990)."},
      {"RNN with ReLU", "rnn 32 relu", "The same with ReLU: the state can grow without bound; clip the gradient."},
      {"LSTM", "lstm 32", "A sum that gates guard: what to forget, what to add, what to show (Hochreiter and Schmidhuber 1997)."},
      {"GRU", "gru 32", "Two gates and no cell of its own (Cho 2014)."},
      {"Two LSTMs", "lstm 32, dropout 0.1, lstm 32", "The second reads what the first says; dropout between them (Zaremba 2014)."},
      {"Embedding, then LSTM", "embed 16, lstm 32", "Each symbol is a learned vector of 16 numbers; for words and large alphabets."},
      {"Both directions", "lstm 16 both", "A second one reads backwards: where the whole sequence is known (Schuster and Paliwal 1997)."},
  };
  static constexpr NetworkSuggestion pictures[] = {
      {"One hidden layer", "dense 32, relu", "Every pixel goes to every neuron: what convolutions are compared with."},
      {"One convolution", "conv 8 5x5 pad 2, relu, maxpool 2", "Eight filters that look everywhere for the same thing."},
      {"Two convolutions", "conv 8 5x5 pad 2, relu, maxpool 2, conv 16 5x5 pad 2, relu, maxpool 2",
       "The usual small network for digits: filters, and filters of what these found."},
      {"Averages of maps", "conv 8 3x3 pad 1, relu, maxpool 2, conv 16 3x3 pad 1, relu, conv 16 3x3 pad 1, relu, gap",
       "Each class is a weighted mean of whole maps, so that maps say where a class is (Lin 2013)."},
      {"With batch normalization", "conv 8 3x3 pad 1, batchnorm, relu, maxpool 2, conv 16 3x3 pad 1, batchnorm, relu, maxpool 2",
       "Every map is brought to mean 0 and variance 1 over the batch (Ioffe and Szegedy 2015)."},
      {"Tiny VGG",
       "conv 10 3x3 pad 1, relu, conv 10 3x3 pad 1, relu, maxpool 2, conv 10 3x3 pad 1, relu, conv 10 3x3 pad 1, relu, maxpool 2",
       "Pairs of small convolutions, as in CNN Explainer."},
      {"LeNet", "conv 6 5x5 pad 2, tanh, avgpool 2, conv 16 5x5 pad 2, tanh, avgpool 2, dense 120, tanh, dense 84, tanh",
       "Much as in LeCun et al. 1998."},
  };
  switch (kind) {
    case data::Kind::picture:
      return pictures;
    case data::Kind::text:
      return std::span(recurrent).first(6);  // what comes next is not known
    case data::Kind::sequence:
      return recurrent;
    default:
      return {};
  }
}

namespace {

// Whether a text came with the program: one of its experiments says it of itself.
bool ships(const std::string& about) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(data::experiments_folder(), none))
    if (entry.path().extension() == ".toml" && data::load_experiment(entry.path()).about == about) return true;
  return false;
}

}  // namespace

data::Experiment with_source(const data::Experiment& now, const std::string& source, bool same_kind) {
  data::Experiment after = now;
  std::string file = source;
  std::ranges::replace(file, '-', '_');
  auto shipped = data::experiments_folder() / (file + ".toml");
  // A text of one's own stays beside all data; those that ship each speak of theirs.
  const bool own = !now.about.empty() && !ships(now.about);
  const std::string about = own ? now.about : std::filesystem::exists(shipped) ? data::load_experiment(shipped).about : "";
  if (data::is_text(source) && !std::filesystem::exists(shipped)) shipped = data::experiments_folder() / "latch.toml";
  if (!same_kind && std::filesystem::exists(shipped)) {
    after = data::load_experiment(shipped);
    after.seed = now.seed, after.data_seed = now.data_seed;
    after.controls = now.controls, after.palette = now.palette, after.scale = now.scale;
  }
  after.source = source;
  after.about = about;
  after.added.clear(), after.removed.clear(), after.target.clear(), after.input.clear();
  return after;
}

}  // namespace viz
