// The picture of a text in Markdown: block below block.
#pragma once
#include <span>

#include "viz/markdown.h"
#include "viz/method.h"

namespace viz {

// As wide as `width` and as high as it needs; lines are no longer than what can be read well.
Scene notes_picture(std::span<const markdown::Block> blocks, double width, const Theme& theme);

}  // namespace viz
