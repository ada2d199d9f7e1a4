// Products, transposes, sums and softmax of every kernel set against their definitions, at awkward sizes.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "engine/kernels.h"
#include "tests/kernels_support.h"

using namespace nn;

namespace {

// The products of one size in every layout; the error of an element is counted against sum_p |A_ip B_pj| + |c_i|.
void check_multiply(const Kernels& kernel, Index m, Index n, Index k) {
  CAPTURE(kernel.name, m, n, k);
  Numbers numbers;
  for (int layout = 0; layout < 4; layout++) {
    const bool transposed = layout & 1, strided = layout & 2;
    CAPTURE(transposed, strided);
    const Index gap = strided ? 5 : 0;
    const Index a_row = transposed ? 1 : k + gap, a_column = transposed ? m + gap : 1;
    const std::vector<Real> A = numbers.some((transposed ? k : m) * ((transposed ? m : k) + gap)), B = numbers.some(k * (n + gap)),
                            c = numbers.some(m);
    for (const Real* bias : {c.data(), static_cast<const Real*>(nullptr)}) {
      Guarded C(m, n, gap);
      kernel.multiply(m, n, k, A.data(), a_row, a_column, B.data(), n + gap, bias, C.data(), C.row);
      bool right = C.guards_hold();
      for (Index i = 0; i < m; i++)
        for (Index j = 0; j < n; j++) {
          double sum = bias ? bias[i] : 0, size = std::abs(sum);
          for (Index p = 0; p < k; p++) {
            const double term = double(A[i * a_row + p * a_column]) * B[p * (n + gap) + j];
            sum += term, size += std::abs(term);
          }
          right = right && close(C(i, j), sum, 1e-6, size);
        }
      REQUIRE(right);
    }
  }
}

}  // namespace

TEST_CASE("A product is the sum of its terms at every awkward size, and nothing beside it is touched") {
  for (const Kernels* kernel : available_kernels()) {
    for (Index m = 1; m <= 20; m++)
      for (Index n = 1; n <= 20; n++)
        for (Index k = 1; k <= 20; k++) check_multiply(*kernel, m, n, k);
    for (Index m : {1, 5, 31, 32, 33, 100})
      for (Index n : {1, 7, 31, 32, 33, 100})
        for (Index k : {1, 31, 33, 100, 300}) check_multiply(*kernel, m, n, k);
  }
}

TEST_CASE("An empty sum leaves the bias") {
  for (const Kernels* kernel : available_kernels()) {
    const Real c[] = {1, 2};
    Real C[] = {9, 9, 9, 9};
    kernel->multiply(2, 2, 0, nullptr, 0, 1, nullptr, 2, c, C, 2);
    CHECK((C[0] == 1 && C[1] == 1 && C[2] == 2 && C[3] == 2));
  }
}

TEST_CASE("A product has the same bits however its rows are cut") {
  Numbers numbers;
  for (const Kernels* kernel : available_kernels())
    for (Index n : {1, 2, 10, 16, 33}) {
      const Index m = 29, k = 37;
      const std::vector<Real> A = numbers.some(m * k), B = numbers.some(k * n);
      for (bool transposed : {false, true}) {
        const Index a_row = transposed ? 1 : k, a_column = transposed ? m : 1;
        std::vector<Real> whole(m * n), parts(m * n);
        kernel->multiply(m, n, k, A.data(), a_row, a_column, B.data(), n, nullptr, whole.data(), n);
        for (Index cut : {1, 2, 5, 12, 13, 28}) {
          CAPTURE(kernel->name, n, cut, transposed);
          kernel->multiply(cut, n, k, A.data(), a_row, a_column, B.data(), n, nullptr, parts.data(), n);
          kernel->multiply(m - cut, n, k, A.data() + cut * a_row, a_row, a_column, B.data(), n, nullptr, parts.data() + cut * n, n);
          REQUIRE(parts == whole);
        }
      }
    }
}

TEST_CASE("A transpose swaps rows with columns, and sums run over columns") {
  Numbers numbers;
  for (const Kernels* kernel : available_kernels())
    for (Index rows : {1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 31, 32, 33, 50})
      for (Index columns : {1, 2, 3, 4, 5, 7, 8, 10, 16, 17, 32, 33, 63, 64, 100})
        for (Index gap : {0, 3}) {
          CAPTURE(kernel->name, rows, columns, gap);
          const Index x_row = columns + gap;
          const std::vector<Real> x = numbers.some(rows * x_row);
          Guarded y(columns, rows, gap), sums(1, rows, 0);
          kernel->transpose(rows, columns, x.data(), x_row, y.data(), y.row);
          kernel->sum_columns(rows, columns, x.data(), x_row, sums.data());
          bool right = y.guards_hold() && sums.guards_hold();
          for (Index i = 0; i < rows; i++) {
            double sum = 0, size = 0;
            for (Index j = 0; j < columns; j++) {
              right = right && y(j, i) == x[i * x_row + j];
              sum += x[i * x_row + j], size += std::abs(x[i * x_row + j]);
            }
            right = right && close(sums(0, i), sum, 1e-6, size);
          }
          REQUIRE(right);
        }
}

TEST_CASE("Softmax divides each column's exponentials by their sum, also where they would overflow") {
  Numbers numbers;
  for (const Kernels* kernel : available_kernels())
    for (Real scale : {Real(3), Real(1e4)})
      for (Index rows : {1, 2, 10, 33})
        for (Index columns : {1, 2, 10, 16, 17, 33})
          for (Index gap : {0, 3}) {
            CAPTURE(kernel->name, scale, rows, columns, gap);
            std::vector<Real> x = numbers.some(rows * (columns + gap));
            for (Real& xi : x) xi *= scale;
            Guarded y(rows, columns, gap);
            kernel->softmax(rows, columns, x.data(), columns + gap, y.data(), y.row);
            bool right = y.guards_hold();
            for (Index j = 0; j < columns; j++) {
              double largest = x[j], sum = 0;
              for (Index i = 0; i < rows; i++) largest = std::max<double>(largest, x[i * (columns + gap) + j]);
              for (Index i = 0; i < rows; i++) sum += std::exp(x[i * (columns + gap) + j] - largest);
              for (Index i = 0; i < rows; i++)
                right = right && close(y(i, j), std::exp(x[i * (columns + gap) + j] - largest) / sum, 1e-5, 1e-6);
            }
            REQUIRE(right);
          }
}

TEST_CASE("Softmax shows a NaN in its own column alone") {
  const Real nan = std::numeric_limits<Real>::quiet_NaN();
  for (const Kernels* kernel : available_kernels()) {
    const Real x[] = {1, nan, 2, 3, 4, 5};
    Real y[6];
    kernel->softmax(2, 3, x, 3, y, 3);
    CHECK((std::isnan(y[1]) && std::isnan(y[4])));
    for (int at : {0, 2, 3, 5}) CHECK(std::isfinite(y[at]));
  }
}

TEST_CASE("No kernel reads behind its last number") {
  for (const Kernels* kernel : available_kernels())
    for (Index m : {1, 3, 4, 13})
      for (Index n : {1, 2, 3, 4, 8, 10, 17, 33}) {
        CAPTURE(kernel->name, m, n);
        const Index k = 7;
        AtEdge A(m * k), B(k * n), c(m), C(m * n), x(m * n), y(m * n), sums(m), moments(m * n);
        kernel->multiply(m, n, k, A.numbers, k, 1, B.numbers, n, c.numbers, C.numbers, n);
        CHECK(C.numbers[m * n - 1] == Real(0.5 + k * 0.25));
        kernel->multiply(m, n, k, A.numbers, 1, m, B.numbers, n, c.numbers, C.numbers, n);
        CHECK(C.numbers[m * n - 1] == Real(0.5 + k * 0.25));
        kernel->transpose(m, n, x.numbers, n, y.numbers, m);
        kernel->sum_columns(m, n, x.numbers, n, sums.numbers);
        CHECK(sums.numbers[m - 1] == Real(n * 0.5));
        kernel->softmax(m, n, x.numbers, n, y.numbers, n);
        for (Function f : every_function) {
          kernel->apply(f, m, n, x.numbers, n, y.numbers, n);
          kernel->apply_derivative(f, m, n, x.numbers, n, y.numbers, n, x.numbers, n, C.numbers, n);
        }
        for (Update method : every_update) kernel->update(method, Rates{}, m * n, x.numbers, y.numbers, moments.numbers, C.numbers);
      }
}

TEST_CASE("Kernels are chosen by name, and an unknown name is told which there are") {
  const std::string before = kernels().name;
  CHECK(before == available_kernels().back()->name);
  choose_kernels("reference");
  CHECK(kernels().name == std::string("reference"));
  choose_kernels(before);
  CHECK_THROWS_WITH(choose_kernels("abacus"), Catch::Contains("'abacus'") && Catch::Contains("reference"));
}
