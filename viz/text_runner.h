// A recurrent network that reads on: some symbols of some streams at a time, each call beginning with the states that the last one ended
// with.
#pragma once
#include <string>
#include <vector>

#include "viz/study.h"

namespace viz {

struct TextRunner {
  nn::Network network;
  nn::Program program;
  nn::Values values;
  nn::Matrix x;                     // symbols, steps x streams: to be filled before forward()
  std::vector<nn::Matrix> carried;  // the states, zero at first

  TextRunner(const Study& study, const nn::Parameters& parameters, nn::Index streams, nn::Index steps);
  void forward();
  void forget(nn::Index stream);  // its states become zero
  nn::Index cells() const;        // of all recurrent layers
};

// std::invalid_argument, beginning with `who`, where one of them is none, as after a training that has diverged.
void check_numbers(const nn::Matrix& states, const std::string& who);

// Symbols first .. first + count - 1 of a text.
struct Part {
  nn::Index first = 0, count = 0;
  bool operator==(const Part&) const = default;
};

// A network on its way along a part of a text, in windows of fifty steps. Up to a hundred symbols before the part are read too, so that the
// states are not those of a text that begins there; a longer part is read in several streams side by side, each of which begins a hundred
// symbols earlier.
class TextRun {
 public:
  TextRun(const Study& study, const nn::Parameters& parameters, const data::TextSet& text, Part part);
  // Reads the next window; false behind the last. Tells the study how far it is, and throws Cancelled where nobody waits any more.
  bool next();
  const TextRunner& runner() const { return runner_; }
  nn::Index streams() const { return streams_; }
  nn::Index steps() const { return steps_; }  // of this window
  // Where in the text step t of a stream lies; before or behind the part where it is only on the way, or read by another stream.
  nn::Index place(nn::Index t, nn::Index stream) const;

 private:
  const Study& study_;
  const data::TextSet& text_;
  Part part_;
  nn::Index start_, streams_, length_, before_, from_ = 0, steps_ = 0;
  TextRunner runner_;
};

}  // namespace viz
