// From an experiment to what is trained: the data as the model wants them, and the model as the data want it.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "datasets/dataset.h"
#include "datasets/experiment.h"
#include "datasets/standardize.h"
#include "engine/model.h"
#include "engine/trainer.h"

namespace data {

struct Prepared {
  Dataset set;                                     // as its source has it, but for examples removed and added; those added are last
  std::vector<std::string> features;               // formulas that make the model's inputs; none: the inputs as they are
  std::optional<Standardization> standardization;  // of the model's inputs
  std::vector<std::string> input_names;            // of the model
  Split split;                                     // rows of the set
  std::vector<nn::Index> source_rows;              // of each row of the set: its number in the source, from 1; 0 where it was added
  std::shared_ptr<const nn::Problem> problem;      // its examples are in the order of the split

  bool classification() const { return set.classification(); }
};

// Loads the data, splits, removes and adds examples, computes features, standardizes, encodes the targets and builds the model.
// The split, and the mean and deviation over the training part, are those of the source: an example more or less moves no other.
//   two classes, one output     +1 for class 1 and -1 for class 0; with sigmoid 1 and 0
//   several outputs, or softmax one for each class, 1 for the right one and 0 for the others
//   values                      as they are
// `data_folder` as in Source. Throws std::invalid_argument or std::runtime_error, also where loss, output and data do not go together.
Prepared prepare(const Experiment& experiment, const std::filesystem::path& data_folder);

// The model's inputs, examples x inputs, from rows as the data's source has them: features and standardization.
nn::Matrix model_inputs(const Prepared& prepared, const nn::Matrix& raw);

// At step 0, or where the experiment's run folder will take it.
nn::Trainer trainer(const Prepared& prepared, const Experiment& experiment);

}  // namespace data
