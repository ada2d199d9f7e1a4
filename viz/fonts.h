// The font files: Inter first, DejaVu Sans for what it lacks. Loaded once, at the first use, and kept.
#pragma once
#include <vector>

#include "viz/text.h"

namespace viz {

// In the order in which a character is looked for. Errors: std::runtime_error naming the packages when there is none at all.
const std::vector<FontFile>& font_chain(Font font);

}  // namespace viz
