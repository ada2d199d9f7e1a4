// The first layer of an experiment on a text.
#include "datasets/symbol_layers.h"

#include <algorithm>

#include "engine/text.h"

namespace data {

std::string with_symbol_count(const std::string& layers, int count) {
  std::vector<std::string> parts = nn::split(layers, ',');
  if (parts.empty()) return layers;
  const std::string first(nn::trim(parts.front()));
  if (!first.starts_with("embed ") || std::ranges::count(first, ' ') != 1) return layers;
  parts.front() = "embed " + std::to_string(count) + first.substr(5);
  return nn::join(parts, ",");
}

}  // namespace data
