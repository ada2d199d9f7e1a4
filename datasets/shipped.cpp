// Loads the small real data sets, and names what their files leave unnamed.
#include "datasets/shipped.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/csv.h"

namespace data {

namespace {

namespace fs = std::filesystem;

// A set of 8x8 pixels from 0 to 16.
void as_digits(Dataset& set, const std::string& name) {
  if (set.inputs.columns() != 64) throw std::runtime_error(set.name + ": " + std::to_string(set.inputs.columns()) + " pixels, not 64");
  set.name = name;
  set.shape = {1, 8, 8};
  set.input_names = pixel_names(set.shape);
  set.notes.clear();  // that border pixels are always 0 is nothing to be told
  for (nn::Index i = 0; i < set.inputs.size(); i++) set.inputs.data()[i] /= 16;
}

Dataset digits_of(const fs::path& file) {
  return load_csv(file, {.task = Task::classification, .separator = ',', .header = Header::absent});
}

Dataset table(const std::string& file, const std::string& name, const std::string& target, std::vector<std::string> inputs) {
  Dataset set = load_csv(files_folder() / file, {.task = Task::classification, .separator = ','});
  if (set.input_names.size() != inputs.size()) throw std::runtime_error(file + ": the file that came with the program was altered");
  set.name = name;
  set.target_name = target;
  set.input_names = std::move(inputs);
  return set;
}

}  // namespace

fs::path files_folder() {
  const fs::path inside = fs::path("datasets") / "files";
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  for (fs::path folder = program.parent_path(); !folder.empty(); folder = folder.parent_path()) {
    if (fs::is_directory(folder / inside)) return folder / inside;
    if (folder == folder.root_path()) break;
  }
  if (fs::is_directory(inside)) return inside;
  throw std::runtime_error("the folder datasets/files was found neither above " + program.string() + " nor in " +
                           fs::current_path().string() + "; start the program in the project's folder");
}

Dataset iris() { return table("iris.csv", "iris", "species", {"sepal_length", "sepal_width", "petal_length", "petal_width"}); }

Dataset wine() {
  return table("wine.csv", "wine", "grower",
               {"alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids", "nonflavanoid_phenols",
                "proanthocyanins", "color_intensity", "hue", "od280_od315", "proline"});
}

Dataset breast_cancer() {
  std::vector<std::string> names;
  for (const char* figure : {"mean_", "error_", "worst_"})
    for (const char* measure : {"radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave_points",
                                "symmetry", "fractal_dimension"})
      names.push_back(std::string(figure) + measure);
  return table("breast_cancer.csv", "breast_cancer", "diagnosis", names);
}

Dataset digits() {
  Dataset set = digits_of(files_folder() / "digits.csv.gz");
  as_digits(set, "digits");
  return set;
}

Dataset optdigits(const fs::path& folder) {
  Dataset set = digits_of(folder / "optdigits.tra");
  const Dataset test = digits_of(folder / "optdigits.tes");
  if (test.class_names != set.class_names || test.inputs.columns() != set.inputs.columns())
    throw std::runtime_error(folder.string() + ": optdigits.tra and optdigits.tes don't belong together");
  const nn::Index n = set.examples();
  nn::Matrix all(n + test.examples(), set.inputs.columns());
  std::copy_n(set.inputs.data(), set.inputs.size(), all.data());
  std::copy_n(test.inputs.data(), test.inputs.size(), all.view().row(n));
  set.inputs = std::move(all);
  set.labels.insert(set.labels.end(), test.labels.begin(), test.labels.end());
  for (nn::Index i = n; i < set.examples(); i++) set.fixed_test.push_back(int(i));
  as_digits(set, "optdigits");
  return set;
}

}  // namespace data
