// The small real data sets: four that ship with the program, and two that it knows when the user has the files. Origins are in README.md.
#pragma once
#include <filesystem>

#include "datasets/dataset.h"

namespace data {

// The folder datasets/files: above the program's own place, else in the current folder.
// Throws std::runtime_error naming where it was looked for.
std::filesystem::path files_folder();

Dataset iris();           // 150 flowers, 4 measures in cm, 3 species (Fisher 1936)
Dataset wine();           // 178 wines, 13 measures, 3 growers (Aeberhard and Forina 1991)
Dataset breast_cancer();  // 569 tumours, 30 measures, malignant or benign (Wolberg, Street and Mangasarian 1995)
Dataset digits();         // 1,797 digits of 8x8 pixels 0..16, divided by 16 (Alpaydin and Kaynak 1998); the same rows as optdigits.tes

// optdigits.tra, 3,823 rows, and behind them optdigits.tes, 1,797 fixed test rows. Throws std::runtime_error where one is missing.
Dataset optdigits(const std::filesystem::path& folder);

}  // namespace data
