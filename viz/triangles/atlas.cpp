// Places in the atlas.
#include "viz/triangles/atlas.h"

#include <algorithm>
#include <new>

namespace viz::triangles {
namespace {

constexpr int largest = 1 << 18;  // larger pictures, in pixels, are pages of their own, as are those wider than the atlas

}  // namespace

std::optional<Patch> Shelves::patch(int width, int height) {
  if (width > width_) return std::nullopt;
  Shelf* best = nullptr;
  for (Shelf& shelf : shelves_)
    if (height <= shelf.height && shelf.x + width <= width_ && (!best || shelf.height < best->height)) best = &shelf;
  const bool wasteful = best && best->height > height + height / 4 + 2;
  if ((!best || wasteful) && end_ + height <= bottom_) {
    best = &shelves_.emplace_back(Shelf{end_, height, 0});
    end_ += height;
  }
  if (!best) return std::nullopt;
  const Patch patch{0, best->x, best->y, width, height};
  best->x += width;
  return patch;
}

void Shelves::clear() {
  shelves_.clear();
  end_ = top_;
}

Atlas::Atlas(int size, int most) : most_(most), pages_(1), kept_(size, 0, size / 2), passing_(size, size / 2, size) {
  pages_[0] = {size, size, std::vector<Color>(std::size_t(size) * std::size_t(size), nothing)};
  clear();
}

const Sprite* Atlas::find(std::uint64_t key) const {
  const auto found = sprites_.find(key);
  return found == sprites_.end() ? nullptr : &found->second;
}

const Sprite& Atlas::keep(std::uint64_t key, const Pixels& pixels, int left, int top) {
  auto patch = kept_.patch(pixels.width + 1, pixels.height + 1);  // an empty row and column keep neighbours apart
  if (!patch) throw Full{};
  patch->width = pixels.width, patch->height = pixels.height;
  copy(pixels, *patch);
  return sprites_[key] = {*patch, left, top};
}

Patch Atlas::add(Pixels pixels) {
  if (pixels.width > pages_[0].width || pixels.height > pages_[0].height / 2 || pixels.width * pixels.height > largest) {
    pages_.push_back(std::move(pixels));
    return {int(pages_.size()) - 1, 0, 0, pages_.back().width, pages_.back().height};
  }
  const auto patch = passing_.patch(pixels.width, pixels.height);
  if (!patch) throw Full{};
  copy(pixels, *patch);
  return *patch;
}

void Atlas::begin() {
  pages_.resize(1);
  passing_.clear();
  cleared_ = false;
}

void Atlas::make_room() {
  const int size = pages_[0].width;
  if (cleared_ && size >= most_) throw std::bad_alloc();
  if (cleared_) *this = Atlas(2 * size, most_);
  pages_.resize(1);
  passing_.clear();
  clear();
  cleared_ = true;
}

Rows Atlas::changed() {
  const Rows rows = changed_;
  changed_ = {};
  return rows;
}

void Atlas::clear() {
  kept_.clear();
  sprites_.clear();
  Pixels& all = pages_[0];
  std::ranges::fill(all.colors, nothing);
  Patch dot = *kept_.patch(4, 4);
  dot.width = dot.height = 3;
  copy({3, 3, std::vector<Color>(9, Color{255, 255, 255, 255})}, dot);
  changed_ = {0, all.height};
}

void Atlas::copy(const Pixels& pixels, const Patch& patch) {
  for (int y = 0; y < pixels.height; y++) std::copy_n(pixels.row(y), pixels.width, pages_[0].row(patch.y + y) + patch.x);
  if (changed_.empty()) changed_ = {patch.y, patch.y + pixels.height};
  changed_ = {std::min(changed_.from, patch.y), std::max(changed_.to, patch.y + pixels.height)};
}

}  // namespace viz::triangles
