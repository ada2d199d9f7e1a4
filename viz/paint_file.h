// Paints a Scene by Cairo into pixels or into a file. Needs no display.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "viz/scene.h"

namespace viz {

struct Picture {
  int width = 0, height = 0;
  std::vector<uint8_t> rgba;  // width * height * 4, rows from the top, not premultiplied
  Color at(int x, int y) const;
};

// The scene at `scale` pixels a unit. Errors: std::invalid_argument for an empty, a huge (over 16384 pixels a side) or a not finite scene.
Picture render(const Scene& scene, double scale = 1);

// The bytes of a vector file; text can be searched and copied. One unit is a pixel (SVG) or a point (PDF), times `scale`.
std::string svg(const Scene& scene, double scale = 1);
std::string pdf(const Scene& scene, double scale = 1);

// Writes .png, .svg or .pdf, atomically (engine/file.h). Errors: std::invalid_argument for another ending, std::runtime_error when writing
// fails.
void save(const Scene& scene, const std::filesystem::path& path, double scale = 1);

}  // namespace viz
