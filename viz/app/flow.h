// What moves in the picture of a network while it trains: dots run along a link as its weight changes, forward where it grows, back where
// it shrinks, faster where it changes faster. They stand for the changes between two pictures and for nothing else.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/trainer.h"
#include "viz/scene.h"

namespace viz {

class Flow {
 public:
  // Notes how fast weights change from the snapshot before to this one. `seconds` is a clock.
  void look(const std::shared_ptr<const nn::Snapshot>& snapshot, double seconds);
  // Dots on the links of a picture, whose ids say which weight they are.
  void draw(Scene& scene, const Scene& picture, Color color);
  bool moves() const { return moves_; }
  // Of a weight, in lengths of its link a second; 0 where it rests.
  double speed(const std::string& parameter, nn::Index row, nn::Index column) const;

 private:
  std::shared_ptr<const nn::Snapshot> before_;
  std::vector<double> rates_;  // of all parameters, changes a second, smoothed
  double seen_ = 0, drawn_ = 0, now_ = 0;
  bool moves_ = false;
  std::map<std::string, double> phases_;  // of each link's dots, 0..1
};

}  // namespace viz
