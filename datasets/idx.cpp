// Reads IDX files.
#include "datasets/idx.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/gzip.h"

namespace data {

namespace {

namespace fs = std::filesystem;

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t x = 0;
  for (std::size_t i = 0; i < 4; i++) x = x << 8 | static_cast<unsigned char>(bytes[at + i]);
  return x;
}

// Checks the magic number and that `header` bytes are there.
void check_header(std::string_view bytes, std::uint32_t magic, std::size_t header, const std::string& what, const std::string& who) {
  if (bytes.size() < header)
    throw std::runtime_error(who + ": only " + std::to_string(bytes.size()) + " bytes, too few for the header of IDX " + what);
  if (const std::uint32_t found = big_endian(bytes, 0); found != magic)
    throw std::runtime_error(who + ": begins with the number " + std::to_string(found) + ", but IDX " + what + " begin with " +
                             std::to_string(magic));
}

void check_size(std::uint64_t promised, std::size_t found, const std::string& what, const std::string& who) {
  if (promised == 0) throw std::runtime_error(who + ": the header promises no " + what);
  if (promised != found)
    throw std::runtime_error(who + ": the header promises " + std::to_string(promised) + " bytes of " + what + ", but " +
                             std::to_string(found) + " follow; the file is " + (found < promised ? "cut off" : "damaged"));
}

// The first file by name that begins with `part`.
fs::path find(const fs::path& folder, const std::string& part) {
  fs::path found;
  for (const auto& file : fs::directory_iterator(folder))
    if (file.path().filename().string().starts_with(part) && (found.empty() || file.path() < found)) found = file.path();
  return found;
}

struct Part {
  std::string image_bytes, label_bytes;
  IdxImages images;
  std::string_view labels;
};

// Fills in place, since the views point into the part's own bytes.
void read(Part& part, const fs::path& images, const fs::path& labels) {
  part.image_bytes = read_bytes(images);
  part.label_bytes = read_bytes(labels);
  part.images = parse_idx_images(part.image_bytes, images.string());
  part.labels = parse_idx_labels(part.label_bytes, labels.string());
  if (nn::Index(part.labels.size()) != part.images.count)
    throw std::runtime_error(images.string() + " holds " + std::to_string(part.images.count) + " images, but " + labels.string() +
                             " holds " + std::to_string(part.labels.size()) + " labels; they don't belong together");
}

void append(const Part& part, Dataset& set) {
  const nn::Index first = nn::Index(set.labels.size());
  nn::Real* x = set.inputs.view().row(first);
  for (char pixel : part.images.pixels) *x++ = nn::Real(static_cast<unsigned char>(pixel)) / 255;
  for (char label : part.labels) set.labels.push_back(static_cast<unsigned char>(label));
}

}  // namespace

IdxImages parse_idx_images(std::string_view bytes, const std::string& who) {
  check_header(bytes, 0x803, 16, "images", who);
  const std::uint64_t count = big_endian(bytes, 4), height = big_endian(bytes, 8), width = big_endian(bytes, 12);
  constexpr std::uint64_t largest = 4096;  // so that the product below fits 64 bits
  if (height > largest || width > largest)
    throw std::runtime_error(who + ": images of " + nn::dimensions(nn::Index(height), nn::Index(width)) + " pixels; at most " +
                             nn::dimensions(nn::Index(largest), nn::Index(largest)) + " are read");
  check_size(count * height * width, bytes.size() - 16, "pixels", who);
  return {nn::Index(count), {1, nn::Index(height), nn::Index(width)}, bytes.substr(16)};
}

std::string_view parse_idx_labels(std::string_view bytes, const std::string& who) {
  check_header(bytes, 0x801, 8, "labels", who);
  check_size(big_endian(bytes, 4), bytes.size() - 8, "labels", who);
  return bytes.substr(8);
}

Dataset mnist_like(const fs::path& folder) {
  if (!fs::is_directory(folder)) throw std::runtime_error("there is no folder '" + folder.string() + "' with IDX files");
  const fs::path images = find(folder, "train-images"), labels = find(folder, "train-labels");
  const fs::path test_images = find(folder, "t10k-images"), test_labels = find(folder, "t10k-labels");
  for (const auto& [path, name] : {std::pair(images, "train-images"), std::pair(labels, "train-labels")})
    if (path.empty()) throw std::runtime_error("folder '" + folder.string() + "' holds no file " + name + "* (IDX, packed by gzip or not)");
  if (test_images.empty() != test_labels.empty())
    throw std::runtime_error("folder '" + folder.string() +
                             "' holds only one of t10k-images* and t10k-labels*; both or neither are needed");

  Part train, test;
  read(train, images, labels);
  if (!test_images.empty()) {
    read(test, test_images, test_labels);
    if (test.images.shape != train.images.shape)
      throw std::runtime_error(test_images.string() + ": the images differ in size from those of " + images.string());
  }

  Dataset set;
  set.name = folder.filename().string();
  set.shape = train.images.shape;
  set.inputs = nn::Matrix(train.images.count + test.images.count, set.shape.size());
  set.input_names = pixel_names(set.shape);
  set.target_name = "class";
  append(train, set);
  append(test, set);
  const int classes = *std::max_element(set.labels.begin(), set.labels.end()) + 1;
  for (int i = 0; i < classes; i++) set.class_names.push_back(std::to_string(i));
  for (nn::Index i = train.images.count; i < set.examples(); i++) set.fixed_test.push_back(int(i));
  return set;
}

}  // namespace data
