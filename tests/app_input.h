// A window with the input pane on the shipped digits, and strokes on its pad.
#pragma once
#include <algorithm>

#include "tests/app_driver.h"
#include "viz/app/input_source.h"

namespace test {

inline constexpr const char* digits = R"(
[data]
source = "digits"
split = "stratified 80 %"
[model]
layers = "conv 8 3x3 pad 1, relu, maxpool 2, conv 16 3x3 pad 1, relu"
output = "softmax"
init = "he"
[train]
loss = "cross-entropy"
optimizer = "adam"
rate = 0.003
batch = 32
shuffle = "each epoch"
[view]
panes = ["input 60 %, activations 40 %"]
)";

// The shipped digits, trained for some epochs.
struct Trained : Driver {
  explicit Trained(nn::Index epochs = 0) : Driver(digits) {
    while (session().snapshot()->state.epoch < epochs) session().advance(40);
    draw();
  }
  InputSource& input() { return *state().input; }
  void source(int k) { click("source:" + std::to_string(state().panes.rows()[0].panes[0].id) + "/" + std::to_string(k)); }
  Box pad() { return state().interaction.find("pad")->box; }
  // A stroke through places given as parts of the pad.
  void stroke(const std::vector<Point>& parts) {
    const Box box = pad();
    const auto place = [&](Point p) { return Point{box.x + p.x * box.width, box.y + p.y * box.height}; };
    send(PointerMoved{place(parts[0])}), send(PointerDown{place(parts[0])});
    for (std::size_t k = 1; k < parts.size(); k++)
      for (int i = 1; i <= 4; i++)
        send(PointerMoved{
            place({parts[k - 1].x + (parts[k].x - parts[k - 1].x) * i / 4, parts[k - 1].y + (parts[k].y - parts[k - 1].y) * i / 4})});
    send(PointerUp{place(parts.back())}), draw();
  }
  int said() { return int(std::ranges::max_element(input().answer) - input().answer.begin()); }
  std::string text(const std::string& id) {
    const Mark* mark = find(scene(), id);
    return mark ? std::get<Text>(*mark).string : "";
  }
};

inline const std::vector<Point> seven = {{0.25, 0.2}, {0.72, 0.2}, {0.45, 0.85}},
                                three = {{0.3, 0.22},  {0.5, 0.13},  {0.68, 0.2},  {0.68, 0.36}, {0.48, 0.47},
                                         {0.68, 0.56}, {0.72, 0.74}, {0.52, 0.87}, {0.28, 0.78}};

}  // namespace test
