// Which hot loops this machine can run, and which are in use.
#include "engine/kernels.h"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace nn {
namespace {

std::vector<const Kernels*> find_available() {
  std::vector<const Kernels*> found{&reference_kernels};
  if constexpr (std::is_same_v<Real, float>) {
    found.push_back(&portable_kernels);
    if (__builtin_cpu_supports("x86-64-v3")) found.push_back(&avx2_kernels);
    if (__builtin_cpu_supports("x86-64-v4")) found.push_back(&avx512_kernels);
  }
  return found;
}

}  // namespace

std::span<const Kernels* const> available_kernels() {
  static const std::vector<const Kernels*> available = find_available();
  return available;
}

const Kernels* kernels_in_use = available_kernels().back();

void choose_kernels(std::string_view name) {
  std::string names;
  for (const Kernels* one : available_kernels()) {
    if (one->name == name) {
      kernels_in_use = one;
      return;
    }
    names += std::string(names.empty() ? "" : ", ") + one->name;
  }
  throw std::invalid_argument("kernels: no '" + std::string(name) + "' on this machine; choose one of " + names);
}

}  // namespace nn
