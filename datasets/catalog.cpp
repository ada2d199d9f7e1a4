// Finds out what a name means, and loads it.
#include "datasets/catalog.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "datasets/cifar.h"
#include "datasets/features.h"
#include "datasets/generators.h"
#include "datasets/idx.h"
#include "datasets/picture_folder.h"
#include "datasets/shipped.h"
#include "datasets/text_set.h"
#include "engine/text.h"

namespace data {

namespace {

namespace fs = std::filesystem;

fs::path data_folder(const Source& source) {
  if (!source.data_folder.empty()) return source.data_folder;
  if (const char* folder = std::getenv("GLASSBOX_DATA")) return folder;
  const fs::path folder = user_folder();
  return fs::is_directory(folder) ? folder : "";
}

// mnist, optdigits or cifar10.
Dataset from_data_folder(const Source& source) {
  const fs::path folder = data_folder(source);
  if (folder.empty())
    throw std::runtime_error("the data set '" + source.name_or_path +
                             "' does not ship with the program; name the folder that holds it by --data DIR or GLASSBOX_DATA" +
                             (source.name_or_path == "mnist" ? ", or fetch it by `glassbox data get mnist`" : ""));
  if (source.name_or_path == "cifar10") return cifar_folder(folder / "cifar10");
  return source.name_or_path == "mnist" ? mnist_like(folder / "mnist") : optdigits(folder / "optdigits");
}

// As it is named, else in the data folder.
fs::path found(const Source& source, const fs::path& path) {
  if (fs::exists(path) || !path.is_relative() || data_folder(source).empty()) return path;
  return data_folder(source) / path;
}

// A folder says by what is in it how it is read.
Dataset from_folder(const fs::path& folder, const Source& source) {
  const auto holds = [&](const std::string& part) {
    return std::any_of(fs::directory_iterator(folder), {},
                       [&](const auto& file) { return file.path().filename().string().starts_with(part); });
  };
  if (holds("train-images") || holds("train-labels")) return mnist_like(folder);
  if (has_cifar(folder)) return cifar_folder(folder);
  if (has_class_folders(folder)) return picture_folder(folder, source.picture.value_or(usual_picture));
  throw std::runtime_error("folder '" + folder.string() +
                           "' holds no data: neither IDX files (train-images*, train-labels*), nor CIFAR-10 files (*.bin), nor a folder of "
                           "PNG or JPEG pictures for each class");
}

// "a.bin, b.bin": files of CIFAR-10.
std::vector<fs::path> cifar_files(const Source& source) {
  std::vector<fs::path> files;
  for (const std::string& part : nn::split(source.name_or_path, ',')) {
    const fs::path file = found(source, nn::trim(part));
    if (file.extension() != ".bin") return {};
    files.push_back(file);
  }
  return files;
}

Dataset from_path(const Source& source) {
  if (const std::vector<fs::path> files = cifar_files(source); !files.empty()) return cifar(files);
  const fs::path path = found(source, source.name_or_path);
  if (fs::is_directory(path)) return from_folder(path, source);
  if (fs::exists(path)) {
    CsvOptions options = source.csv;
    if (!source.target.empty()) options.target = source.target;
    return load_csv(path, options);
  }
  if (source.name_or_path.find_first_of("/.") != std::string::npos)
    throw std::runtime_error("there is no file or folder '" + source.name_or_path + "'");
  std::vector<std::string> names;
  for (const CatalogEntry& entry : list()) names.push_back(entry.name);
  throw std::invalid_argument("there is no data set '" + source.name_or_path + "'; did you mean '" +
                              nn::nearest(source.name_or_path, names) + "'? There are " + nn::join(names, ", ") +
                              ", or the path of a CSV file or of a folder with pictures");
}

// The first n rows that train, and as large a share of those set apart.
Dataset first_rows(const Dataset& set, int n) {
  std::vector<bool> tests(std::size_t(set.examples()), false);
  for (int row : set.fixed_test) tests[std::size_t(row)] = true;
  const nn::Index test = nn::Index(set.fixed_test.size()), train = set.examples() - test;
  if (n >= train) return set;
  nn::Index left_train = n, left_test = test == 0 ? 0 : std::max<nn::Index>(1, test * n / train);
  std::vector<int> chosen;
  for (int row = 0; row < set.examples(); row++)
    if ((tests[std::size_t(row)] ? left_test : left_train)-- > 0) chosen.push_back(row);
  Dataset result = rows(set, chosen);
  result.notes.push_back("Only the first " + std::to_string(chosen.size()) + " of " + std::to_string(set.examples()) + " rows were taken.");
  return result;
}

Dataset from_files(const Source& source) {
  const std::string& name = source.name_or_path;
  if (name == "iris") return iris();
  if (name == "wine") return wine();
  if (name == "breast_cancer") return breast_cancer();
  if (name == "digits") return digits();
  if (name == "mnist" || name == "optdigits" || name == "cifar10") return from_data_folder(source);
  return from_path(source);
}

}  // namespace

Dataset load(const Source& source) {
  if (source.samples < 0) throw std::invalid_argument("data: " + std::to_string(source.samples) + " samples were asked for; 0 means all");
  const std::vector<CatalogEntry> named = list();
  if (!source.target.empty() &&
      std::any_of(named.begin(), named.end(), [&](const CatalogEntry& entry) { return entry.name == source.name_or_path; }))
    throw std::invalid_argument("data: '" + source.name_or_path + "' has its own target; only that of a CSV file can be chosen");
  const auto table = generators();
  const bool generated = std::any_of(table.begin(), table.end(), [&](const GeneratorEntry& g) { return g.name == source.name_or_path; });
  Dataset set;
  if (is_text(source.name_or_path)) {
    set = text_set(source);
  } else if (generated) {
    set = generate(source.name_or_path, source.samples, source.noise, source.seed);
  } else {
    set = from_files(source);
    if (source.noise != 0)
      throw std::invalid_argument("data: '" + source.name_or_path + "' is no generator, so that there is no noise to set");
    if (source.samples > 0) set = first_rows(set, source.samples);
  }
  check_finite(set);
  return source.features.empty() ? set : with_features(set, source.features);
}

fs::path user_folder() {
  const char *data = std::getenv("XDG_DATA_HOME"), *home = std::getenv("HOME");
  if (data && *data) return fs::path(data) / "glassbox";
  return home && *home ? fs::path(home) / ".local/share/glassbox" : fs::path();
}

std::vector<CatalogEntry> list() {
  std::vector<CatalogEntry> entries;
  for (const GeneratorEntry& g : generators())
    entries.push_back({std::string(g.name), std::string(g.title), g.samples, g.inputs(), g.classes, "generated: " + std::string(g.help)});
  const std::string uci = "UCI Machine Learning Repository, CC BY 4.0";
  entries.push_back({"iris", "Iris flowers", 150, 4, 3, "R. A. Fisher 1936; " + uci});
  entries.push_back({"wine", "Italian wines", 178, 13, 3, "S. Aeberhard, M. Forina 1991; " + uci});
  entries.push_back({"breast_cancer", "Breast tumours", 569, 30, 2, "W. H. Wolberg, W. N. Street, O. L. Mangasarian 1995; " + uci});
  entries.push_back({"digits", "Handwritten digits, 8x8", 1797, 64, 10, "E. Alpaydin, C. Kaynak 1998; " + uci});
  entries.push_back({"optdigits", "Handwritten digits, 8x8", 5620, 64, 10, "from DATA/optdigits: optdigits.tra and .tes; " + uci});
  entries.push_back(
      {"mnist", "Handwritten digits, 28x28", 70000, 784, 10, "from DATA/mnist: the four IDX files (LeCun, Cortes, Burges 1998)"});
  entries.push_back({"cifar10", "Small photographs, 32x32", 60000, 3072, 10, "from DATA/cifar10: binary files *.bin (Krizhevsky 2009)"});
  const std::vector<CatalogEntry> texts = text_entries();
  entries.insert(entries.end(), texts.begin(), texts.end());
  return entries;
}

}  // namespace data
