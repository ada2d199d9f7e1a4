// A named block of numbers with its shape: what a file holds, in the order of the file and as plain as it can be.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/matrix.h"

namespace nn {

using Numbers = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int64_t>, std::vector<std::uint64_t>,
                             std::vector<std::uint32_t>>;

struct Tensor {
  std::string name;
  std::vector<Index> shape;  // the last index runs fastest
  Numbers numbers;           // as many as the product of the shape
  bool operator==(const Tensor&) const = default;
};

// How files call a type of numbers.
struct NumberType {
  std::string_view safetensors, npy;
  std::size_t bytes;
};
inline constexpr NumberType number_types[] = {
    {"F32", "<f4", 4}, {"F64", "<f8", 8}, {"I64", "<i8", 8}, {"U64", "<u8", 8}, {"U32", "<u4", 4}};
inline const NumberType& type_of(const Tensor& tensor) { return number_types[tensor.numbers.index()]; }  // in the order of Numbers

std::string shape_text(const std::vector<Index>& shape);  // "[4, 2]"
// The product of a shape; std::runtime_error beginning with `who` where it is negative or too large for any memory.
std::size_t count_of(const std::vector<Index>& shape, const std::string& who);

// The numbers as they lie in memory, which is little-endian, as both formats want them.
std::string_view bytes_of(const Tensor& tensor);
// Numbers of the type at this place in number_types, from bytes at any address.
Numbers numbers_from(std::size_t type, std::string_view bytes);

// The numbers of a matrix or view in row order, under a name and a shape of as many numbers.
Tensor tensor_of(std::string name, std::vector<Index> shape, ConstView x);

}  // namespace nn
