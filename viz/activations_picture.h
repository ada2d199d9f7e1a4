// The picture of all stages of a network: a row for each, with its heading at the left.
#pragma once
#include "viz/map_tiles.h"
#include "viz/stage_rows.h"

namespace viz::activations {

class Picture {
 public:
  Picture(const Numbers& numbers, Box box, const Style& style);
  Scene drawn();

 private:
  struct Unit {
    std::size_t stage;
    nn::Index number;
  };
  bool gradients() const { return numbers_.has("chosen") && !words_of(numbers_, "cost").empty(); }
  nn::Index units(std::size_t stage) const { return stage_(stage).shape[0]; }
  bool is_maps(std::size_t stage) const { return stage_(stage).shape[1] * stage_(stage).shape[2] > 1; }
  int pictures_before(std::size_t stage) const;  // the input in its own colours stands before its channels
  std::string name_of(Unit unit) const;          // of a class or an input; empty for others
  std::string tip_of(Unit unit) const;
  RowWish wish(std::size_t stage) const;
  const nn::Tensor& stage_(std::size_t stage) const { return numbers_[words_of(numbers_, "stages")[stage]]; }
  nn::ConstView statistics_(std::size_t stage) const { return rows_of(numbers_[words_of(numbers_, "stages")[stage] + " statistics"]); }

  void add_row(std::size_t stage, const StageRow& row);
  void add_heading(std::size_t stage, const StageRow& row);
  void add_input(Box box);
  void add_unit(Unit unit, Box box);
  void add_cell(Unit unit, Box box);
  void add_sentences(const StageRow& row);
  void add_legend(Box row);
  void add_keys();

  const Numbers& numbers_;
  const Style& style_;
  Scene scene_;
  Unit chosen_;
};

}  // namespace viz::activations
