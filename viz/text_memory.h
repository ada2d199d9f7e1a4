// What views keep of the text that one network has read, because it takes long to make: the first view that asks makes it, and the others
// wait for it. Whoever holds a memory begins a new one where the network or the text is another.
#pragma once
#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include "viz/patterns.h"
#include "viz/text_study.h"

namespace viz {

class TextMemory {
 public:
  // Of the cells tanh(C), or of the states h, of a part of the text. What was not asked for lately is forgotten.
  std::shared_ptr<const PatternIndex> index(Part part, bool of_cells, const std::function<PatternIndex()>& make);

 private:
  struct Kept {
    Part part;
    bool of_cells;
    std::shared_ptr<const PatternIndex> index;
  };
  std::mutex mutex_;
  std::list<Kept> indexes_;  // the last one that was asked for first
};

// The index of a part: from the memory of the study where it has one. Says how far it is, and throws Cancelled where nobody waits any more.
std::shared_ptr<const PatternIndex> pattern_index(const Study& study, const data::TextSet& text, Part part, bool of_cells);

}  // namespace viz
