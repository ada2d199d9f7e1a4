// CIFAR-10 in its binary form (Krizhevsky 2009): records of 3,073 bytes, the class and then 32x32 pixels red, green and blue.
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "datasets/dataset.h"

namespace data {

// The records of one file. Throws std::runtime_error beginning with `who`: no record, part of a record at the end, a class above 9.
void check_cifar(std::string_view bytes, const std::string& who);

// The files one after another; pixels are divided by 255. The records of a file called test_batch.bin come last and are fixed_test.
Dataset cifar(std::span<const std::filesystem::path> files);

// All files *.bin of a folder, in the order of their names.
Dataset cifar_folder(const std::filesystem::path& folder);
bool has_cifar(const std::filesystem::path& folder);

}  // namespace data
