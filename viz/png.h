// Pictures as PNG files; datasets/picture.h reads them.
#pragma once
#include <string>

#include "viz/paint_file.h"

namespace viz {

// Errors: std::invalid_argument when the picture lacks bytes.
std::string png(const Picture& picture);

}  // namespace viz
