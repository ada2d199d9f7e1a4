// A drawing pad: strokes of a pen and an eraser, painted with smooth edges into pixels in memory. It knows no window.
#pragma once
#include <vector>

#include "datasets/picture.h"
#include "viz/scene.h"

namespace viz {

class Pad {
 public:
  // In pixels; `ground` is what is there before anything is drawn, and what the eraser brings back.
  Pad(int width, int height, Color ground);

  // A stroke goes from place to place, in pixels of the pad; places beside it are cut off. Without a second place it is a dot.
  struct Pen {
    double width;  // pixels
    Color color;
    bool eraser = false;
  };
  void begin(Point at, const Pen& pen);
  void go_on(Point to);  // of the last stroke; nothing before the first
  void clear();
  void undo();  // takes the last stroke, or the last clear(), back

  bool can_undo() const { return !strokes_.empty(); }
  bool empty() const;  // nothing but ground
  const data::Pixels& pixels() const { return pixels_; }
  Color ground() const { return ground_; }

 private:
  struct Stroke {
    Pen pen;
    std::vector<Point> points;  // none: everything is cleared
  };
  void paint(const Stroke& stroke);
  void cover(const Pen& pen, Point from, Point to);
  void lay_down();

  Color ground_;
  std::vector<Stroke> strokes_;
  data::Pixels pixels_, before_;  // with the last stroke and without it
  std::vector<float> covered_;    // by the last stroke, 0 .. 1
};

}  // namespace viz
