// Keeps indexes, and makes them.
#include "viz/text_memory.h"

#include <algorithm>
#include <cmath>

#include "viz/text_runner.h"

namespace viz {

namespace {

using nn::Index;

constexpr std::size_t most_kept = 3;  // the largest has a hundred megabytes and more

// All steps of a window at once: cell by cell and stream by stream, whose steps lie side by side in the index.
PatternIndex made(const Study& study, const data::TextSet& text, Part part, bool of_cells) {
  TextRun run(study, study.parameters, text, part);
  const TextRunner& runner = run.runner();
  PatternIndex index(runner.cells(), part.count);
  while (run.next()) {
    for (const nn::Matrix& states : runner.carried) check_numbers(states, "lstmvis");
    Index first = 0;
    for (const nn::Unrolled& layer : runner.network.recurrent) {
      const bool is_cell = of_cells && layer.cell == nn::Cell::lstm;
      const Index n = runner.program[layer.states[0]].size.rows;
      for (Index t = 0; t < run.steps(); t++) {
        const nn::ConstView values = runner.values[is_cell ? layer.cells[std::size_t(t)] : layer.states[std::size_t(t)]];
        for (Index stream = 0; stream < run.streams(); stream++) {
          const Index to = run.place(t, stream) - part.first;
          if (to < 0 || to >= part.count) continue;
          for (Index i = 0; i < n; i++) index.set(first + i, to, is_cell ? std::tanh(values(i, stream)) : values(i, stream));
        }
      }
      first += n;
    }
  }
  return index;
}

}  // namespace

std::shared_ptr<const PatternIndex> TextMemory::index(Part part, bool of_cells, const std::function<PatternIndex()>& make) {
  const std::lock_guard lock(mutex_);
  auto kept = std::ranges::find_if(indexes_, [&](const Kept& k) { return k.part == part && k.of_cells == of_cells; });
  if (kept == indexes_.end()) {
    indexes_.push_front({part, of_cells, std::make_shared<const PatternIndex>(make())});
    if (indexes_.size() > most_kept) indexes_.pop_back();
  } else {
    indexes_.splice(indexes_.begin(), indexes_, kept);
  }
  return indexes_.front().index;
}

std::shared_ptr<const PatternIndex> pattern_index(const Study& study, const data::TextSet& text, Part part, bool of_cells) {
  const auto make = [&] { return made(study, text, part, of_cells); };
  return study.text_memory ? study.text_memory->index(part, of_cells, make) : std::make_shared<const PatternIndex>(make());
}

}  // namespace viz
