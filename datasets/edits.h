// Examples added and removed by hand. Whatever else was there stays as it is, and on the side of the split where it was.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "datasets/dataset.h"

namespace data {

struct Edited {
  Dataset set;                         // what is left of the source, in its order, then what was added
  Split split;                         // of the set's rows; those added train
  std::vector<nn::Index> source_rows;  // of each row of the set: its number in the source, from 1; 0 where it was added
};

// `removed`: rows of the source, counted from 1. `added`: a text for each, the inputs and then the class or the values, "1.5, -2, +1".
// A class is said by its name, or by a number where no name is one. Throws std::invalid_argument for what cannot be meant.
Edited edit(Dataset source, const Split& split, std::span<const nn::Index> removed, std::span<const std::string> added);

}  // namespace data
