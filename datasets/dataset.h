// A data set in memory: inputs with their classes or values. What the loaders and generators return, and all that the rest knows of data.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/matrix.h"

namespace data {

struct TextSet;  // text_set.h

enum class Task { classification, regression };

struct Dataset {
  std::string name;
  nn::Matrix inputs;                     // N x inputs: one example a row, as it lies in a file; a batch is a transpose of rows
  std::vector<int> labels;               // class of each example, 0 .. classes - 1; empty for regression
  nn::Matrix values;                     // N x outputs for regression; empty for classification
  std::vector<std::string> input_names;  // one a column of inputs
  std::vector<std::string> class_names;  // empty for regression
  nn::Shape shape;                       // how one row of inputs reads as a picture; {inputs, 1, 1} for a table
  std::vector<std::string> notes;        // what was done on the way, a sentence each: "4 rows with missing values were dropped"
  std::vector<int> fixed_test;           // rows that the source itself sets apart for testing (MNIST's t10k); may be empty
  std::string target_name;               // what is to be predicted: "class", or the name of the target column
  nn::Matrix masks = {};                 // N x (height * width): 1 where what decides the class is, else 0; empty where nobody says

  // Of a text, whose examples are its symbols in order, each labelled by the next; or of sequences of symbols: what the numbers stand for.
  std::shared_ptr<const TextSet> text = {};
  bool tagged = false;  // values are classes, one a step, below zero where there is no step

  nn::Index examples() const { return inputs.rows(); }
  bool classification() const { return !class_names.empty(); }
};

// Which rows train and which test.
struct Split {
  std::vector<int> train, test;
};

// The given rows of a set, in that order; fixed_test follows them. Throws where a row is not 0 .. N - 1.
Dataset rows(const Dataset& set, std::span<const int> chosen);

// Throws std::invalid_argument naming row (from 1) and column where an input or value is infinite or not a number.
void check_finite(const Dataset& set);

// "pixel_0_0", "pixel_0_1", ...: channel (where there are several), row, column.
std::vector<std::string> pixel_names(nn::Shape shape);

}  // namespace data
