// Pictures as files of pixels: PNG out; PNG, JPEG, BMP, GIF and PNM in.
#pragma once
#include <string>
#include <string_view>

#include "viz/paint_file.h"

namespace viz {

// Errors: std::invalid_argument when the picture lacks bytes.
std::string png(const Picture& picture);

// The pixels of an image file's bytes. Errors: std::runtime_error with the decoder's reason, or over 100 million pixels; `name` is for the
// message.
Picture decode_image(std::string_view bytes, const std::string& name);

}  // namespace viz
