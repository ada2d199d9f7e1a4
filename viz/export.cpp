// Writing results.
#include "viz/export.h"

#include <algorithm>
#include <stdexcept>

#include "engine/file.h"
#include "engine/save.h"
#include "viz/paint_file.h"

namespace viz {

bool is_export_ending(const std::string& ending) {
  static constexpr std::string_view endings[] = {".png", ".svg", ".pdf", ".npy", ".csv"};
  return std::ranges::find(endings, ending) != std::end(endings);
}

Scene picture_of(const Method& method, const Numbers& numbers, Box box, const Style& style) {
  if (method.height) box.height = std::max(box.height, method.height(numbers, box.width, style));
  return method.layout(numbers, box, style);
}

void write_result(const Method& method, const Numbers& numbers, const std::filesystem::path& path, Box size, const Style& style,
                  double scale) {
  const std::string ending = path.extension().string();
  if (!is_export_ending(ending)) throw std::invalid_argument(path.string() + " does not end in .png, .svg, .pdf, .npy or .csv");
  if (ending == ".npy")
    nn::write_file(path, nn::npy(numbers.tensors.front()));
  else if (ending == ".csv")
    nn::write_file(path, csv(numbers));
  else
    save(picture_of(method, numbers, size, style), path, scale);
}

}  // namespace viz
