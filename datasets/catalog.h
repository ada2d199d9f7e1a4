// One door to all data: a generator, a set that ships, a set in the user's data folder, or a file.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "datasets/csv.h"
#include "datasets/dataset.h"

namespace data {

// The [data] section of an experiment.
struct Source {
  std::string name_or_path = "circle";
  double noise = 0;                        // percent, 0 .. 100; for generators alone
  int samples = 0;                         // 0: the generator's own number, or all rows; else the first so many
  std::uint64_t seed = 0;                  // for generators alone
  std::string target = "";                 // of a CSV file: name or number, as in CsvOptions, which it wins over; for CSV files alone
  std::vector<std::string> features = {};  // formulas (formula.h); empty: the inputs as they are
  std::filesystem::path data_folder = {};  // holds mnist, optdigits, cifar10, and files named relative to it; empty: $GLASSBOX_DATA
  int window = 0;                          // steps of generated sequences; 0: the generator's own
  int words = 0;                           // of a text: the symbols are its so many most frequent words; 0: its characters
  CsvOptions csv = {};
  std::optional<nn::Shape> picture = {};  // what the pictures of a folder are brought to; none: usual_picture (picture_folder.h)
};

// name_or_path: a generator; iris, wine, breast_cancer or digits; mnist, optdigits or cifar10; a CSV file, packed by gzip or not;
// a CIFAR-10 file (.bin), or several with commas between them; or a folder of IDX files, of CIFAR-10 files, or of a folder of PNG and JPEG
// pictures for each class. Of a set with fixed test rows, `samples` keeps the first so many training rows and the same share of test rows.
// All numbers are finite. Throws std::invalid_argument or std::runtime_error: a name that is nothing of these comes with the nearest known
// one.
Dataset load(const Source& source);

// Where data sets lie where neither --data nor GLASSBOX_DATA says so: $XDG_DATA_HOME/glassbox, else ~/.local/share/glassbox.
std::filesystem::path user_folder();

struct CatalogEntry {
  std::string name, title;
  int examples, inputs, classes;  // classes 0: regression
  std::string origin;
};
// What `glassbox data` lists: the generators, then the shipped sets, then those that need the data folder.
std::vector<CatalogEntry> list();

}  // namespace data
