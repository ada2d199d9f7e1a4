// Pictures of one's own: a folder that holds a folder for each class, with PNG and JPEG files in it.
#pragma once
#include <filesystem>

#include "datasets/dataset.h"

namespace data {

// What pictures are brought to where nobody says otherwise (model.input does).
inline constexpr nn::Shape usual_picture{3, 32, 32};

// Classes in the order of the alphabet, pictures in that of their names, each brought into `shape` as picture_row does it. Where the
// folder holds the folders `train` and `test` and no other, each with class folders, the pictures in test are fixed_test. Files that are
// neither PNG nor JPEG, by their first bytes and by their name, are skipped, and so is what a class folder's folders hold; the notes say
// so. Throws std::runtime_error: fewer than two classes, a class without pictures, a picture that can't be read.
Dataset picture_folder(const std::filesystem::path& folder, nn::Shape shape = usual_picture);

bool has_class_folders(const std::filesystem::path& folder);

}  // namespace data
