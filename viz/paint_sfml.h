// Paints a Scene on a window by triangles and one atlas of letters, discs and images: a few draw calls a picture. The triangles are made
// in triangles/, which knows no window; edges are soft by themselves, there is no multisampling.
#pragma once
#include <memory>

#include "viz/scene.h"

namespace sf {
class RenderTarget;
}

namespace viz {

// Needs an open window: textures belong to its graphics card.
class WindowPainter {
 public:
  WindowPainter();
  ~WindowPainter();
  // The scene at `scale` pixels a unit, its corner at the target's. Makes the triangles ...
  void prepare(const Scene& scene, double scale);
  // ... and draws them on the scene's background, or on white; again and again, if need be.
  void draw(sf::RenderTarget& target);
  int triangles() const;
  int draw_calls() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace viz
