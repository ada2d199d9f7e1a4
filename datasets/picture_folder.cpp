// Reads folders of pictures.
#include "datasets/picture_folder.h"

#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "datasets/picture.h"
#include "engine/file.h"
#include "engine/text.h"

namespace data {

namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

// The folders within, or the files, in the order of their names.
std::vector<fs::path> entries(const fs::path& folder, bool folders) {
  std::vector<fs::path> list;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory() == folders && !is_hidden(entry.path())) list.push_back(entry.path());
  std::sort(list.begin(), list.end());
  return list;
}

bool named_as_picture(const fs::path& file) {
  std::string ending = file.extension().string();
  std::ranges::transform(ending, ending.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

struct Found {
  std::vector<nn::Matrix> rows;
  std::vector<int> labels;
  std::vector<fs::path> skipped;
  std::size_t sizes_changed = 0;
};

// All pictures of the class folders within `folder`.
void read_classes(const fs::path& folder, const std::vector<std::string>& classes, nn::Shape shape, Found& found) {
  for (std::size_t label = 0; label < classes.size(); label++) {
    const std::size_t before = found.rows.size();
    for (const fs::path& file : entries(folder / classes[label], false)) {
      const std::string bytes = nn::read_file(file, std::size_t(1) << 30);
      if (!begins_as_picture(bytes) && !named_as_picture(file)) {
        found.skipped.push_back(file);
        continue;
      }
      const Pixels pixels = decode_picture(bytes, file.string());
      found.rows.push_back(picture_row(pixels.rgba.data(), pixels.width, pixels.height, shape));
      found.labels.push_back(int(label));
      found.sizes_changed += pixels.width != shape.width || pixels.height != shape.height;
    }
    if (found.rows.size() == before)
      throw std::runtime_error("folder '" + (folder / classes[label]).string() + "' holds no PNG or JPEG picture, so that class '" +
                               classes[label] + "' has none");
  }
}

std::vector<std::string> class_names(const fs::path& folder) {
  std::vector<std::string> names;
  for (const fs::path& entry : entries(folder, true)) names.push_back(entry.filename().string());
  return names;
}

bool is_split(const std::vector<std::string>& names) { return names == std::vector<std::string>{"test", "train"}; }

}  // namespace

bool has_class_folders(const fs::path& folder) { return !entries(folder, true).empty(); }

Dataset picture_folder(const fs::path& folder, nn::Shape shape) {
  const std::vector<std::string> names = class_names(folder);
  const bool split = is_split(names) && has_class_folders(folder / "train") && has_class_folders(folder / "test");
  const fs::path first = split ? folder / "train" : folder;
  Dataset set;
  set.class_names = class_names(first);
  if (set.class_names.size() < 2)
    throw std::runtime_error("folder '" + first.string() + "' holds " +
                             (set.class_names.empty() ? "no class folders" : "one class folder, '" + set.class_names[0] + "'") +
                             "; at least two are needed, with PNG or JPEG pictures in each");
  Found found;
  read_classes(first, set.class_names, shape, found);
  const std::size_t train = found.rows.size();
  if (split) {
    if (class_names(folder / "test") != set.class_names)
      throw std::runtime_error("folder '" + folder.string() + "': the class folders of train and test have different names");
    read_classes(folder / "test", set.class_names, shape, found);
    for (std::size_t i = train; i < found.rows.size(); i++) set.fixed_test.push_back(int(i));
  }
  set.name = (folder.has_filename() ? folder : folder.parent_path()).filename().string();
  set.shape = shape;
  set.inputs = nn::Matrix(nn::Index(found.rows.size()), shape.size());
  for (std::size_t i = 0; i < found.rows.size(); i++) std::copy_n(found.rows[i].data(), shape.size(), set.inputs.view().row(nn::Index(i)));
  set.labels = std::move(found.labels);
  set.input_names = pixel_names(shape);
  set.target_name = "class";
  if (found.sizes_changed > 0)
    set.notes.push_back(std::to_string(found.sizes_changed) + " of " + std::to_string(found.rows.size()) + " pictures were brought to " +
                        std::to_string(shape.width) + "x" + std::to_string(shape.height) + " pixels; model.input chooses another size.");
  if (!found.skipped.empty())
    set.notes.push_back(std::to_string(found.skipped.size()) + " files that are neither PNG nor JPEG were skipped, '" +
                        found.skipped[0].string() + "' the first of them.");
  return set;
}

}  // namespace data
