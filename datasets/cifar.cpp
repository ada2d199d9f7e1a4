// Reads CIFAR-10.
#include "datasets/cifar.h"

#include <algorithm>
#include <stdexcept>

#include "engine/file.h"

namespace data {

namespace {

namespace fs = std::filesystem;

constexpr nn::Shape shape{3, 32, 32};
constexpr std::size_t record = 1 + 3 * 32 * 32, most_bytes = std::size_t(1) << 32;

std::vector<fs::path> records_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& file : fs::directory_iterator(folder))
    if (file.path().extension() == ".bin" && file.is_regular_file()) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

void check_cifar(std::string_view bytes, const std::string& who) {
  const std::size_t count = bytes.size() / record, rest = bytes.size() % record;
  if (bytes.empty()) throw std::runtime_error(who + ": the file is empty; CIFAR-10 records have 3073 bytes");
  if (rest != 0)
    throw std::runtime_error(who + ": " + std::to_string(count) + " whole CIFAR-10 records of 3073 bytes and a part of one (" +
                             std::to_string(rest) + " bytes); the file is cut off, or no CIFAR-10 file");
  for (std::size_t i = 0; i < count; i++)
    if (const int label = static_cast<unsigned char>(bytes[i * record]); label > 9)
      throw std::runtime_error(who + ": record " + std::to_string(i + 1) + " is of class " + std::to_string(label) +
                               "; CIFAR-10 has the classes 0 to 9");
}

Dataset cifar(std::span<const fs::path> given) {
  std::vector<fs::path> files(given.begin(), given.end());
  std::stable_partition(files.begin(), files.end(), [](const fs::path& file) { return file.filename() != "test_batch.bin"; });
  std::vector<std::string> contents;
  std::size_t count = 0;
  for (const fs::path& file : files) {
    contents.push_back(nn::read_file(file, most_bytes));
    check_cifar(contents.back(), file.string());
    count += contents.back().size() / record;
  }
  Dataset set;
  set.name = "cifar10";
  set.shape = shape;
  set.inputs = nn::Matrix(nn::Index(count), shape.size());
  set.input_names = pixel_names(shape);
  set.class_names = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
  set.target_name = "class";
  nn::Real* x = set.inputs.data();
  for (std::size_t i = 0; i < files.size(); i++)
    for (std::size_t at = 0; at < contents[i].size(); at += record) {
      if (files[i].filename() == "test_batch.bin") set.fixed_test.push_back(int(set.labels.size()));
      set.labels.push_back(static_cast<unsigned char>(contents[i][at]));
      for (std::size_t k = 1; k < record; k++) *x++ = nn::Real(static_cast<unsigned char>(contents[i][at + k])) / 255;
    }
  if (set.fixed_test.size() == count) set.fixed_test.clear();  // test_batch.bin alone is as good as any other file
  return set;
}

bool has_cifar(const fs::path& folder) { return !records_in(folder).empty(); }

Dataset cifar_folder(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw std::runtime_error("there is no folder '" + folder.string() + "' with CIFAR-10 files (*.bin)");
  const std::vector<fs::path> files = records_in(folder);
  if (files.empty()) throw std::runtime_error("folder '" + folder.string() + "' holds no CIFAR-10 files (*.bin)");
  return cifar(files);
}

}  // namespace data
