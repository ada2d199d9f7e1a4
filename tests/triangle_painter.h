// A slow painter of triangles: what a graphics card would show, written as its rules say.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "viz/paint_file.h"
#include "viz/triangles/triangles.h"

namespace viz::triangles {

using Light = std::array<double, 4>;  // red, green, blue, alpha from 0 to 1, multiplied by alpha

inline Light light_of(Color c) { return {c.r / 255.0, c.g / 255.0, c.b / 255.0, c.a / 255.0}; }

// A page between its pixels' middles.
inline Light texel(const Pixels& page, double u, double v) {
  const double x = std::floor(u - 0.5), y = std::floor(v - 0.5), fx = u - 0.5 - x, fy = v - 0.5 - y;
  Light sum{};
  for (int j = 0; j < 2; j++)
    for (int i = 0; i < 2; i++) {
      const int column = std::clamp(int(x) + i, 0, page.width - 1), row = std::clamp(int(y) + j, 0, page.height - 1);
      const Light light = light_of(page.row(row)[column]);
      for (std::size_t k = 0; k < 4; k++) sum[k] += light[k] * (i ? fx : 1 - fx) * (j ? fy : 1 - fy);
    }
  return sum;
}

// Twice the area of a, b, p; the same but for its sign when a and b are exchanged.
inline double side(const Vertex& a, const Vertex& b, double x, double y) {
  const bool ordered = a.x != b.x ? a.x < b.x : a.y < b.y;
  const Vertex &p = ordered ? a : b, &q = ordered ? b : a;
  const double area = (double(q.x) - p.x) * (y - p.y) - (double(q.y) - p.y) * (x - p.x);
  return ordered ? area : -area;
}

// Each pixel whose middle lies inside, and of two triangles with a common side only one.
inline void fill_triangle(std::vector<Light>& picture, int width, int height, std::array<Vertex, 3> t, const Pixels& page) {
  double area = side(t[0], t[1], t[2].x, t[2].y);
  if (area == 0) return;
  if (area < 0) std::swap(t[1], t[2]), area = -area;
  const auto [left, right] = std::minmax({t[0].x, t[1].x, t[2].x});
  const auto [top, bottom] = std::minmax({t[0].y, t[1].y, t[2].y});
  for (int y = std::max(0, int(top) - 1); y < std::min(height, int(bottom) + 2); y++)
    for (int x = std::max(0, int(left) - 1); x < std::min(width, int(right) + 2); x++) {
      double w[3];
      bool inside = true;
      for (std::size_t k = 0; k < 3; k++) {
        const Vertex &a = t[(k + 1) % 3], &b = t[(k + 2) % 3];
        w[k] = side(a, b, x + 0.5, y + 0.5);
        const bool owns = a.y > b.y || (a.y == b.y && a.x < b.x);
        inside = inside && (w[k] > 0 || (w[k] == 0 && owns));
      }
      if (!inside) continue;
      double u = 0, v = 0;
      Light color{};
      for (std::size_t k = 0; k < 3; k++) {
        u += t[k].u * w[k] / area, v += t[k].v * w[k] / area;
        const Light own = light_of(t[k].color);
        for (std::size_t c = 0; c < 4; c++) color[c] += own[c] * w[k] / area;
      }
      const Light on = texel(page, u, v);
      Light& below = picture[std::size_t(y) * std::size_t(width) + std::size_t(x)];
      for (std::size_t c = 0; c < 3; c++) below[c] = on[c] * color[c] + below[c] * (1 - on[3] * color[3]);
    }
}

// The triangles on white.
inline Picture painted(const Scene& scene, double scale, Triangulator& triangulator) {
  const Triangles& triangles = triangulator.triangles(scene, scale);
  Picture picture{int(std::ceil(scene.box.width * scale)), int(std::ceil(scene.box.height * scale)), {}};
  std::vector<Light> light(std::size_t(picture.width) * std::size_t(picture.height), Light{1, 1, 1, 1});
  std::size_t first = 0;
  for (const Batch& batch : triangles.batches) {
    for (std::size_t i = first; i < first + batch.vertices; i += 3)
      fill_triangle(light, picture.width, picture.height, {triangles.vertices[i], triangles.vertices[i + 1], triangles.vertices[i + 2]},
                    triangulator.atlas().pages()[std::size_t(std::max(batch.page, 0))]);  // none has white vertices as well
    first += batch.vertices;
  }
  for (const Light& l : light)
    for (const double c : l) picture.rgba.push_back(uint8_t(std::lround(255 * std::clamp(c, 0.0, 1.0))));
  return picture;
}

}  // namespace viz::triangles
