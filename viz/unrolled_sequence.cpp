// Texts and sequences as a network reads them.
#include "viz/unrolled_sequence.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/text_set.h"
#include "viz/backward.h"
#include "viz/figure.h"
#include "viz/neurons.h"
#include "viz/text_study.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

constexpr Index warm_up = 100;

SequenceRead text_read(const Study& study, const std::string& who, double from, double length) {
  const data::TextSet& text = text_of(study, who);
  const Part part = part_of(study, text, from, length);
  SequenceRead read;
  read.text = read.each_step = true;
  read.before = std::min(part.first, warm_up), read.steps = part.count;
  read.first = part.first, read.length = std::ssize(text.ids);
  const Index all = read.before + read.steps, start = part.first - read.before;
  read.shape = {1, 1, all};
  read.x = nn::Matrix(all, 1), read.targets = nn::Matrix(1, all);
  for (Index t = 0; t < all; t++) {
    const Index next = start + t + 1;
    read.x(t, 0) = Real(text.ids[std::size_t(start + t)]);
    read.targets(0, t) = t < read.before || next >= read.length ? Real(-1) : Real(text.ids[std::size_t(next)]);
  }
  for (Index t = 0; t < part.count; t++) read.symbols.push_back(text.symbols.symbols()[std::size_t(text.ids[std::size_t(part.first + t)])]);
  return read;
}

// Of a sequence of symbols those that are there, else all.
Index length_of(const Study& study, const nn::Matrix& x) {
  if (!study.set.text) return study.model.input.width;
  const Real* const end = x.data() + x.size();
  return std::max<Index>(1, std::find_if(x.data(), end, [](Real symbol) { return symbol < 0; }) - x.data());
}

SequenceRead example_read(const Study& study, double from, double length) {
  const nn::Matrix row = study.inputs_of(chosen_example(study));
  SequenceRead read;
  read.shape = study.model.input;
  read.x = nn::Matrix(row.size(), 1);
  std::copy_n(row.data(), row.size(), read.x.data());
  read.length = length_of(study, row);
  read.first = read.before = std::clamp<Index>(Index(from) - 1, 0, std::max<Index>(0, read.length - 2));
  read.steps = std::clamp<Index>(Index(length), 1, read.length - read.first);
  read.each_step = study.set.tagged;
  const nn::Matrix target = target_of_example(study);
  if (target.size() > 0) {
    read.targets = read.each_step ? nn::Matrix(1, target.size()) : nn::Matrix(target.size(), 1);
    std::copy_n(target.data(), target.size(), read.targets.data());
  }
  if (study.set.text)
    for (Index t = 0; t < read.steps; t++)
      read.symbols.push_back(study.set.text->symbols.symbols()[std::size_t(read.x(read.first + t, 0))]);
  return read;
}

}  // namespace

std::vector<RecurrentLayer> recurrent_layers(const nn::Model& model, const std::string& who) {
  nn::Tape tape;
  const nn::Network network = model.record(tape, 1, nn::Mode::evaluation);
  std::vector<RecurrentLayer> all;
  Index first = 0;
  for (const nn::Layer& layer : model.layers) {
    const auto* recurrent = std::get_if<nn::Recurrent>(&layer);
    for (int direction = 0; recurrent && direction < (recurrent->both ? 2 : 1); direction++, first += recurrent->units)
      all.push_back({network.recurrent[all.size()].name, recurrent->cell, recurrent->sigma, direction == 1, recurrent->units, first});
  }
  if (all.empty())
    throw std::invalid_argument(who +
                                ": this network has no recurrent layer; a run with an rnn, lstm or gru layer, such as latch, would do");
  return all;
}

SequenceRead sequence_read(const Study& study, const std::string& who, double from, double length) {
  return study.set.text && study.set.text->running ? text_read(study, who, from, length) : example_read(study, from, length);
}

std::string step_words(const SequenceRead& read, Index step) {
  if (read.symbols.empty()) return "step " + count_words(read.first + step + 1);
  return data::character_name(read.symbols[std::size_t(step)]) + " at " + count_words(read.first + step + 1);
}

std::vector<std::string> feature_names(const Study& study, Index count) {
  std::vector<std::string> names;
  const nn::Shape shape = study.model.input;
  for (Index f = 0; f < count; f++) {
    std::string name = "input " + std::to_string(f + 1);
    if (count == shape.channels && std::ssize(study.input_names) == shape.size()) {  // "marker 7" without its step
      name = study.input_names[std::size_t(f * shape.width)];
      name = name.substr(0, name.rfind(' '));
    }
    names.push_back(name);
  }
  return names;
}

}  // namespace viz
