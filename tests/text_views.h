// What tests of the views of texts look for in numbers and pictures.
#pragma once
#include <string>
#include <vector>

#include "viz/method.h"

inline const std::vector<std::int64_t>& whole(const viz::Numbers& numbers, std::string_view name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}

inline int marks_with(const viz::Scene& scene, const std::string& id_begin) {
  int count = 0;
  for (const viz::Mark& mark : scene.marks)
    if (const auto* rect = std::get_if<viz::Rect>(&mark)) count += rect->id.starts_with(id_begin);
  return count;
}

inline bool all_inside(const viz::Scene& scene, viz::Box box) {
  for (const viz::Mark& mark : scene.marks)
    if (const auto b = bounds(mark); b && b->width + b->height > 0)
      if (b->x < box.x - 1 || b->y < box.y - 1 || b->right() > box.right() + 1 || b->bottom() > box.bottom() + 1) return false;
  return finite(scene);
}

inline const viz::Box sizes[] = {{0, 0, 1200, 760}, {0, 0, 300, 200}, {0, 0, 240, 160}, {0, 0, 240, 900}, {0, 0, 1400, 160}};
