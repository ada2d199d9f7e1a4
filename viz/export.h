// A method's result as a file: a picture or its numbers, by the ending of the name.
#pragma once
#include <filesystem>

#include "viz/method.h"

namespace viz {

// The picture in a box, or where it wants to be higher, beyond its bottom: as it is shown and saved.
Scene picture_of(const Method& method, const Numbers& numbers, Box box, const Style& style);

// ".png", ".svg", ".pdf", ".npy", ".csv".
bool is_export_ending(const std::string& ending);

// Pictures are `size` units large, or higher where a text needs it, and have `scale` pixels a unit; .npy and .csv hold the first tensor.
// Replaces the file atomically.
// Errors: std::invalid_argument for another ending, std::runtime_error when writing fails.
void write_result(const Method& method, const Numbers& numbers, const std::filesystem::path& path, Box size, const Style& style,
                  double scale);

}  // namespace viz
