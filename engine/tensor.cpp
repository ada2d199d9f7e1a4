// Tensors and their bytes.
#include "engine/tensor.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace nn {

static_assert(std::endian::native == std::endian::little, "the files are little-endian, and numbers are copied as they lie in memory");

namespace {

template <class T>
Numbers read_as(std::string_view bytes) {
  std::vector<T> numbers(bytes.size() / sizeof(T));
  if (!numbers.empty()) std::memcpy(numbers.data(), bytes.data(), numbers.size() * sizeof(T));
  return numbers;
}

}  // namespace

std::string shape_text(const std::vector<Index>& shape) {
  std::string text = "[";
  for (Index n : shape) text += (text.size() > 1 ? ", " : "") + std::to_string(n);
  return text + "]";
}

std::size_t count_of(const std::vector<Index>& shape, const std::string& who) {
  Index count = 1;
  for (Index n : shape)
    if (n < 0 || __builtin_mul_overflow(count, n, &count) || count > std::numeric_limits<Index>::max() / 8)
      throw std::runtime_error(who + ": the shape " + shape_text(shape) + " is impossible");
  return std::size_t(count);
}

std::string_view bytes_of(const Tensor& tensor) {
  return std::visit(
      [](const auto& numbers) {
        return std::string_view(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(numbers[0]));
      },
      tensor.numbers);
}

Numbers numbers_from(std::size_t type, std::string_view bytes) {
  switch (type) {
    case 0:
      return read_as<float>(bytes);
    case 1:
      return read_as<double>(bytes);
    case 2:
      return read_as<std::int64_t>(bytes);
    case 3:
      return read_as<std::uint64_t>(bytes);
    default:
      return read_as<std::uint32_t>(bytes);
  }
}

Tensor tensor_of(std::string name, std::vector<Index> shape, ConstView x) {
  std::vector<Real> numbers;
  numbers.reserve(std::size_t(x.rows * x.columns));
  for (Index i = 0; i < x.rows; i++) numbers.insert(numbers.end(), x.row(i), x.row(i) + x.columns);
  return {std::move(name), std::move(shape), std::move(numbers)};
}

}  // namespace nn
