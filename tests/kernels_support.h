// What the tests of the kernels share: numbers, guarded matrices, memory that ends, and when two numbers are close.
#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "engine/kernels.h"

namespace nn {

inline constexpr Real guard = 12345;  // lies around every result, and has to be there afterwards

// Numbers in [-1, 1], the same each time.
struct Numbers {
  unsigned long long state = 1;
  Real next() {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return Real(state >> 40) / Real(1 << 23) - 1;
  }
  std::vector<Real> some(Index count) {
    std::vector<Real> x(count);
    for (Real& xi : x) xi = next();
    return x;
  }
};

// rows x columns numbers, `row` apart, the first behind an odd offset and guards on all sides.
struct Guarded {
  Index rows, columns, row;
  std::vector<Real> all;
  Guarded(Index rows_, Index columns_, Index gap) : rows(rows_), columns(columns_), row(columns_ + gap), all(3 + rows * row + 20, guard) {}
  Real* data() { return all.data() + 3; }
  Real& operator()(Index i, Index j) { return data()[i * row + j]; }
  bool guards_hold() const {
    for (Index at = 0; at < Index(all.size()); at++) {
      const Index i = (at - 3) / row, j = (at - 3) % row;
      const bool inside = at >= 3 && i < rows && j < columns;
      if (!inside && all[at] != guard) return false;
    }
    return true;
  }
};

// NaN equals NaN, an infinity itself, other numbers where they differ by `relative` of the larger of |b| and `least`.
inline bool close(double a, double b, double relative, double least = 0) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && std::isnan(b);
  if (std::isinf(a) || std::isinf(b)) return a == b;
  return std::abs(a - b) <= relative * std::max(std::abs(b), least);
}

inline constexpr Function every_function[] = {Function::linear,  Function::relu, Function::leaky_relu, Function::elu,   Function::softplus,
                                              Function::sigmoid, Function::tanh, Function::sine,       Function::swish, Function::gelu,
                                              Function::mish,    Function::exp,  Function::log};
inline constexpr Update every_update[] = {Update::sgd,     Update::momentum, Update::nesterov, Update::adagrad,
                                          Update::rmsprop, Update::adadelta, Update::adam,     Update::adamw};

// `count` numbers that end where readable memory ends: one read behind them kills the test.
class AtEdge {
 public:
  explicit AtEdge(Index count) : page_(sysconf(_SC_PAGESIZE)), bytes_((count * sizeof(Real) + page_ - 1) / page_ * page_) {
    start_ = static_cast<char*>(mmap(nullptr, bytes_ + page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    REQUIRE(start_ != MAP_FAILED);
    REQUIRE(mprotect(start_ + bytes_, page_, PROT_NONE) == 0);
    numbers = reinterpret_cast<Real*>(start_ + bytes_) - count;
    std::fill(numbers, numbers + count, Real(0.5));
  }
  ~AtEdge() { munmap(start_, bytes_ + page_); }
  AtEdge(const AtEdge&) = delete;
  Real* numbers;

 private:
  Index page_, bytes_;
  char* start_;
};

}  // namespace nn
