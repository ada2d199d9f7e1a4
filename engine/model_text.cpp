// Reading the text of a model.
#include <charconv>
#include <map>
#include <stdexcept>

#include "engine/model.h"

namespace nn {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

double number(std::string_view text, const std::string& layer, double low, double high, const std::string& expected) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !(value >= low && value <= high))
    throw std::invalid_argument(layer + ": '" + std::string(text) + "' is not " + expected);
  return value;
}

// The words behind a layer's name, taken one after another.
struct Words {
  const std::string& where;
  std::string_view rest;

  std::string_view next() {
    const std::size_t space = rest.find(' ');
    const std::string_view word = rest.substr(0, space);
    rest = space == rest.npos ? "" : trimmed(rest.substr(space));
    return word;
  }

  Index whole(std::string_view word, const std::string& what, int low = 1) {
    const std::string expected = what + ", a whole number from " + std::to_string(low) + " to 65536";
    const double value = number(word, where, low, 65536, expected);
    if (value != double(Index(value))) throw std::invalid_argument(where + ": '" + std::string(word) + "' is not " + expected);
    return Index(value);
  }

  Index last(const std::string& what) {
    const Index value = whole(next(), what);
    if (!rest.empty()) throw std::invalid_argument(where + ": '" + std::string(rest) + "' is more than was expected");
    return value;
  }

  // Pairs such as "pad 2", each written to where its name says.
  void options(const std::map<std::string_view, Index*>& places) {
    while (!rest.empty()) {
      const std::string_view name = next();
      std::string known;
      for (const auto& [other, place] : places) known += (known.empty() ? "" : ", ") + std::string(other);
      const auto found = places.find(name);
      if (found == places.end()) throw std::invalid_argument(where + ": '" + std::string(name) + "' is not one of " + known);
      *found->second = whole(next(), "a number for " + std::string(name), name == "pad" ? 0 : 1);
    }
  }
};

Layer conv(Words& words, bool transposed) {
  Conv layer{words.whole(words.next(), "a number of filters"), {}, transposed};
  const std::string_view kernel = words.next();
  const std::size_t cross = kernel.find('x');
  if (cross == kernel.npos)
    throw std::invalid_argument(words.where + ": '" + std::string(kernel) + "' is not the size of a kernel, such as 5x5");
  layer.how.kernel_height = words.whole(kernel.substr(0, cross), "the height of a kernel");
  layer.how.kernel_width = words.whole(kernel.substr(cross + 1), "the width of a kernel");
  words.options(
      {{"pad", &layer.how.padding}, {"stride", &layer.how.stride}, {"dilation", &layer.how.dilation}, {"groups", &layer.how.groups}});
  return layer;
}

Layer pool(Words& words, bool average) {
  const Index size = words.whole(words.next(), "the size of a window");
  Pool layer{{size, size, 0}, average};
  words.options({{"stride", &layer.window.stride}, {"pad", &layer.window.padding}});
  return layer;
}

Layer upsampling(Words& words) {
  const Index factor = words.whole(words.next(), "a factor");
  if (!words.rest.empty() && words.rest != "bilinear")
    throw std::invalid_argument(words.where + ": '" + std::string(words.rest) + "' is not 'bilinear'");
  return Upsampling{factor, !words.rest.empty()};
}

// The rest are words of these, each at most once.
void flags(Words& words, const std::map<std::string_view, bool*>& places) {
  while (!words.rest.empty()) {
    const std::string_view word = words.next();
    std::string known;
    for (const auto& [other, place] : places) known += (known.empty() ? "" : ", ") + std::string(other);
    const auto found = places.find(word);
    if (found == places.end()) throw std::invalid_argument(words.where + ": '" + std::string(word) + "' is not one of " + known);
    *found->second = true;
  }
}

Layer symbols(Words& words, bool embedded) {
  Symbols layer{words.whole(words.next(), "a number of symbols"), 0, false};
  if (embedded) layer.size = words.whole(words.next(), "the size of a vector");
  flags(words, {{"padded", &layer.padded}});
  return layer;
}

Layer recurrent(Words& words, Cell cell) {
  Recurrent layer{cell, words.whole(words.next(), "a number of units"), Function::tanh, false};
  bool relu = false;
  std::map<std::string_view, bool*> places{{"both", &layer.both}};
  if (cell == Cell::rnn) places.insert({"relu", &relu});
  flags(words, places);
  if (relu) layer.sigma = Function::relu;
  return layer;
}

Layer parse_layer(std::string_view text, int place) {
  const std::string where = "model: layer " + std::to_string(place) + " '" + std::string(text) + "'";
  const std::size_t space = text.find(' ');
  const std::string_view word = text.substr(0, space), rest = space == text.npos ? "" : trimmed(text.substr(space));
  if (word == "dense") {
    const double units = number(rest, where, 1, 65536, "a number of neurons from 1 to 65536");
    if (units != double(Index(units))) throw std::invalid_argument(where + ": a number of neurons is whole");
    return Dense{Index(units)};
  }
  if (word == "dropout") return Dropout{number(rest, where, 0, 0.95, "a probability from 0 to 0.95")};
  if (text == "softmax") return Softmax{};
  Words words{where, rest};
  if (word == "conv" || word == "deconv") return conv(words, word == "deconv");
  if (word == "maxpool" || word == "avgpool") return pool(words, word == "avgpool");
  if (word == "upsample") return upsampling(words);
  if (word == "lrn") return Normalize{Norm::local_response, rest.empty() ? Index(5) : words.last("a number of channels")};
  if (word == "onehot" || word == "embed") return symbols(words, word == "embed");
  if (word == "rnn") return recurrent(words, Cell::rnn);
  if (word == "lstm") return recurrent(words, Cell::lstm);
  if (word == "gru") return recurrent(words, Cell::gru);
  if (text == "last") return LastStep{};
  if (text == "batchnorm") return Normalize{Norm::batch, 0};
  if (text == "layernorm") return Normalize{Norm::layer, 0};
  if (text == "gap") return GlobalPool{};
  if (text == "flatten") return Flatten{};
  try {
    return Activate{function_named(text)};
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(where +
                                ": expected 'dense N', 'dropout P', 'softmax', 'conv N HxW', 'deconv N HxW', 'maxpool K', 'avgpool K', "
                                "'gap', 'upsample F', 'batchnorm', 'layernorm', 'lrn', 'flatten', 'rnn N', 'lstm N', "
                                "'gru N', 'last', 'onehot V', 'embed V N' or an activation (" +
                                error.what() + ")");
  }
}

}  // namespace

Model parse_model(std::string_view text, Shape input) {
  Model model{std::string(text), input, {}};
  for (int place = 1;; place++) {
    const std::size_t comma = text.find(',');
    const std::string_view word = trimmed(text.substr(0, comma));
    if (word.empty()) throw std::invalid_argument("model: layer " + std::to_string(place) + " is empty");
    if (!model.layers.empty() && std::holds_alternative<Softmax>(model.layers.back()))
      throw std::invalid_argument("model: layer " + std::to_string(place) + " '" + std::string(word) +
                                  "' follows softmax, which must be the last");
    model.layers.push_back(parse_layer(word, place));
    if (comma == text.npos) return model;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace nn
