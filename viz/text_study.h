// Reading a text with the network of a study: what all views of texts begin with. A text is read in windows whose states go on in the next.
#pragma once
#include <filesystem>
#include <string>

#include "datasets/text_set.h"
#include "viz/reading.h"
#include "viz/study.h"
#include "viz/text_runner.h"

namespace viz {

// The text of the study, or the one that was given to be read instead. std::invalid_argument, beginning with `who`, where there is none.
const data::TextSet& text_of(const Study& study, const std::string& who);

// Characters as symbols of the text that was learned, with the tracks of any text. std::invalid_argument, beginning with `who`, names
// characters that this network does not know.
data::TextSet own_text(std::string characters, const data::Dataset& learned, const std::string& who);
// A text file as symbols of the text that was learned, with the tracks of any text. std::invalid_argument, beginning with `who`, where no
// running text was learned, or one names characters that this network does not know; std::runtime_error as load_text().
data::TextSet text_given(const std::filesystem::path& file, const data::Dataset& learned, const std::string& who);

// As options say it: `from`, a symbol counted from 1, or 0 for the first one that tests; `length`. Cut where the text ends; at least two.
Part part_of(const Study& study, const data::TextSet& text, double from, double length);

// What is kept of a reading: the states always.
struct Kept {
  bool next = true, gates = false;
};
// As TextRun goes along it. std::invalid_argument, beginning with `who`, where the network says what is no number.
Reading read_text(const Study& study, const nn::Parameters& parameters, const data::TextSet& text, Part part, Kept kept,
                  const std::string& who = "text");

// Of the same network before it has learned anything: other weights, drawn as those of an experiment with init = "xavier" and seed 1.
nn::Parameters untrained(const Study& study);

}  // namespace viz
