// Runs a recurrent network along a text.
#include "viz/text_study.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/text_runner.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

struct GateName {
  const char* name;
  Index place;  // among the four blocks of rows
};
std::vector<GateName> gate_names(nn::Cell cell) {
  if (cell == nn::Cell::lstm) return {{"forget", 0}, {"input", 1}, {"output", 3}};
  if (cell == nn::Cell::gru) return {{"reset", 0}, {"update", 1}};
  return {};
}

Reading empty_reading(const TextRunner& runner, const data::TextSet& text, Part part, Kept kept) {
  Reading reading;
  reading.vocabulary = text.symbols.symbols();
  reading.symbols.assign(text.ids.begin() + part.first, text.ids.begin() + part.first + part.count);
  reading.first = part.first, reading.length = Index(text.ids.size());
  for (const nn::Unrolled& layer : runner.network.recurrent) {
    const Index n = runner.program[layer.states[0]].size.rows;
    for (Index i = 0; i < n; i++) reading.cell_names.push_back(layer.name + " " + std::to_string(i + 1));
    if (!kept.gates) continue;
    for (const GateName& gate : gate_names(layer.cell)) reading.gates.push_back({gate.name, layer.name, nn::Matrix(n, part.count)});
  }
  const Index cells = std::ssize(reading.cell_names);
  reading.cells = nn::Matrix(cells, part.count), reading.states = nn::Matrix(cells, part.count);
  if (kept.next) reading.next = nn::Matrix(std::ssize(reading.vocabulary), part.count);
  for (const data::Track& track : text.tracks)
    reading.tracks.push_back({track.name, {track.values.begin() + part.first, track.values.begin() + part.first + part.count}});
  return reading;
}

// Column `column` of the values at step t of the window to a column of the reading.
void keep(Reading& reading, const TextRunner& runner, Index t, Index stream, Index to, Kept kept) {
  Index first = 0;
  std::size_t gate = 0;
  for (const nn::Unrolled& layer : runner.network.recurrent) {
    const nn::ConstView h = runner.values[layer.states[std::size_t(t)]];
    for (Index i = 0; i < h.rows; i++) reading.states(first + i, to) = reading.cells(first + i, to) = h(i, stream);
    if (layer.cell == nn::Cell::lstm) {
      const nn::ConstView C = runner.values[layer.cells[std::size_t(t)]];
      for (Index i = 0; i < h.rows; i++) reading.cells(first + i, to) = std::tanh(C(i, stream));
    }
    if (kept.gates)
      for (const GateName& name : gate_names(layer.cell)) {
        const nn::ConstView all = runner.values[layer.gates[std::size_t(t)]];
        for (Index i = 0; i < h.rows; i++) reading.gates[gate].values(i, to) = all(name.place * h.rows + i, stream);
        gate++;
      }
    first += h.rows;
  }
  if (!kept.next) return;
  const nn::ConstView output = runner.values[runner.network.output];
  const Index column = t * runner.x.columns() + stream;
  for (Index k = 0; k < output.rows; k++) reading.next(k, to) = output(k, column);
}

}  // namespace

const data::TextSet& text_of(const Study& study, const std::string& who) {
  const data::TextSet* text = study.given_text ? study.given_text : study.set.text.get();
  if (!study.set.text || !study.set.text->running || !text)
    throw std::invalid_argument(who + ": this network does not read a running text; a run that has learned one, such as latch, would do");
  return *text;
}

data::TextSet own_text(std::string characters, const data::Dataset& learned, const std::string& who) {
  data::TextSet text;
  text.symbols = learned.text->symbols, text.running = true;
  text.ids = text.symbols.ids(characters, who);
  text.tracks = data::tracks_of_symbols(characters, data::tracks_of(characters), text.symbols.kind());
  text.characters = std::move(characters);
  return text;
}

data::TextSet text_given(const std::filesystem::path& file, const data::Dataset& learned, const std::string& who) {
  if (!learned.text || !learned.text->running) throw std::invalid_argument(who + ": the network of this run does not read a running text");
  return own_text(data::load_text(file), learned, who + " " + file.string());
}

Part part_of(const Study& study, const data::TextSet& text, double from, double length) {
  const Index all = std::ssize(text.ids);
  Index first = Index(from) - 1;
  if (from == 0) first = study.given_text || study.split.test.empty() ? 0 : Index(study.split.test.front());
  first = std::clamp<Index>(first, 0, std::max<Index>(0, all - 2));
  return {first, std::clamp<Index>(Index(length), 2, all - first)};
}

Reading read_text(const Study& study, const nn::Parameters& parameters, const data::TextSet& text, Part part, Kept kept,
                  const std::string& who) {
  TextRun run(study, parameters, text, part);
  Reading reading = empty_reading(run.runner(), text, part, kept);
  while (run.next())
    for (Index t = 0; t < run.steps(); t++)
      for (Index stream = 0; stream < run.streams(); stream++)
        if (const Index at = run.place(t, stream); at >= part.first) keep(reading, run.runner(), t, stream, at - part.first, kept);
  check_numbers(reading.states, who);
  if (kept.next) check_numbers(reading.next, who);
  return reading;
}

nn::Parameters untrained(const Study& study) {
  nn::Parameters fresh = study.parameters;
  nn::Generator random(1, "weights");
  nn::initialize(nn::Initializer::xavier, fresh, random);
  return fresh;
}

}  // namespace viz
