// IDX, the format of MNIST (LeCun, Cortes and Burges): a big-endian magic number and sizes, then bytes.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "datasets/dataset.h"

namespace data {

struct IdxImages {
  nn::Index count = 0;
  nn::Shape shape;
  std::string_view pixels;  // count x height x width bytes, 0 .. 255, within what was parsed
};

// Magic 0x803 (images) and 0x801 (labels). Both throw std::runtime_error beginning with `who` for a wrong magic number,
// no items, and sizes that do not agree with the number of bytes.
IdxImages parse_idx_images(std::string_view bytes, const std::string& who);
std::string_view parse_idx_labels(std::string_view bytes, const std::string& who);

// The images and labels of a folder: train-images*, train-labels* and, set apart as fixed_test rows behind them, t10k-images* and
// t10k-labels*, packed by gzip or not. Pixels are divided by 255; the classes are 0 .. the greatest label.
// Throws std::runtime_error where a file is missing or the counts of images and labels differ.
Dataset mnist_like(const std::filesystem::path& folder);

}  // namespace data
