// A network run on many inputs at once, in blocks: what covering, masking and mixing pictures needs.
#pragma once
#include <functional>

#include "engine/model.h"
#include "viz/score.h"
#include "viz/study.h"

namespace viz {

// The numbers of a matrix, row by row, as one column: an input.
nn::Matrix column_of(nn::ConstView numbers);

class ManyInputs {
 public:
  explicit ManyInputs(const Study& study);
  ManyInputs(const nn::Model& model, const nn::Parameters& parameters);

  const nn::Network& network() const { return network_; }
  const nn::Program& program() const { return program_; }  // for a block

  // Runs the network, dropout asleep, on the columns of `inputs`, which go into the network. `visit` gets the first column and the number
  // of columns of each block; columns behind them hold nothing.
  using Visit = std::function<void(nn::Index first, nn::Index count, const nn::Values& values)>;
  void run(nn::ConstView inputs, const Visit& visit);
  // A node's values: its rows x inputs.
  nn::Matrix values(nn::ConstView inputs, int node);
  // sum_i seed_i y_i of a node, for each input. The scores refer to this.
  Score score(int node, nn::Matrix seed);

 private:
  nn::Network network_;
  nn::Program program_;
  nn::Values values_;
  nn::Matrix x_;
};

}  // namespace viz
