// The gradient table: one line an op. Every op is compared with central differences and checked for purity, with every
// kernel of this build: in double to 1e-7, in float to what differences allow there.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/ops.h"
#include "tests/count_allocations.h"
#include "tests/gradcheck.h"

using namespace nn;
using namespace gradcheck;

namespace {

struct Case {
  std::string name;  // the function in ops.h, then what else tells the line from others
  std::vector<Size> sizes;
  std::function<Var(const std::vector<Var>&)> build;
  std::function<Real(Real)> place = [](Real x) { return x; };  // moves a number in +-[0.3, 2] to where the op is smooth
  std::function<void(std::vector<Matrix>&)> arrange = [](std::vector<Matrix>&) {};  // the same for all inputs together
};

// Numbers that lie 0.1 apart in a scattered order, so that no small change makes another one the largest.
void spread(Matrix& x) {
  for (Index i = 0; i < x.size(); i++) x.data()[i] = Real(0.1) * Real(i * 7919 % 1009);
}

Real positive(Real x) { return std::abs(x); }

// Convolutions and pooling at odd sizes, strides, paddings, dilations and groups, of one example and of many.
std::vector<Case> pictures() {
  const Convolution plain{.kernel_height = 3, .kernel_width = 2}, odd{.kernel_height = 2, .kernel_width = 3, .stride = 2, .padding = 1},
      wide{.kernel_height = 2, .kernel_width = 2, .padding = 2, .dilation = 2, .groups = 2};
  const Window two{2, 2, 0}, three{3, 2, 1};
  const auto conv = [](const Convolution& how) { return [how](auto x) { return conv2d(x[0], x[1], x[2], how); }; };
  const auto transposed = [](const Convolution& how) { return [how](auto x) { return conv_transpose2d(x[0], x[1], x[2], how); }; };
  const auto switched = [](const Window& w) {
    return [w](std::vector<Matrix>& x) {
      spread(x[0]);
      Tape tape;
      max_pool_switches(tape.input("x", {Shape{2, 5, 4}, x[0].columns()}), w);
      const Program program = tape.finish();
      Values values(program);
      values.bind(0, x[0]);
      forward(program, values);
      x[1] = Matrix(values[1]);
    };
  };
  const auto as_it_is = [](Real x) { return x; };
  return {
      {"conv2d", {{3, 12}, {Shape{2, 5, 4}, 3}, {3, 1}}, conv(plain)},
      {"conv2d of one example", {{3, 12}, {Shape{2, 5, 4}, 1}, {3, 1}}, conv(plain)},
      {"conv2d of a register of examples", {{3, 6}, {Shape{1, 3, 4}, 16}, {3, 1}}, conv(plain)},
      {"conv2d with stride and padding", {{5, 12}, {Shape{2, 5, 4}, 19}, {5, 1}}, conv(odd)},
      {"conv2d with dilation and groups", {{4, 8}, {Shape{4, 3, 4}, 3}, {4, 1}}, conv(wide)},
      {"conv_transpose2d", {{3, 12}, {Shape{3, 3, 2}, 3}, {2, 1}}, transposed(plain)},
      {"conv_transpose2d with stride and padding", {{3, 12}, {Shape{3, 3, 2}, 19}, {2, 1}}, transposed(odd)},
      {"conv_transpose2d with dilation and groups", {{4, 8}, {Shape{4, 4, 3}, 1}, {4, 1}}, transposed(wide)},
      {"max_pool_switches",
       {{Shape{2, 5, 4}, 3}},
       [two](auto x) { return max_pool_switches(x[0], two); },
       as_it_is,
       [](auto& x) { spread(x[0]); }},
      {"max_pool",
       {{Shape{2, 5, 4}, 3}, {Shape{2, 2, 2}, 3}},
       [two](auto x) { return max_pool(x[0], x[1], two); },
       as_it_is,
       switched(two)},
      {"max_pool with overlap and padding",
       {{Shape{2, 5, 4}, 19}, {Shape{2, 3, 2}, 19}},
       [three](auto x) { return max_pool(x[0], x[1], three); },
       as_it_is,
       switched(three)},
      {"average_pool", {{Shape{2, 5, 4}, 3}}, [two](auto x) { return average_pool(x[0], two); }},
      {"average_pool with overlap and padding", {{Shape{2, 5, 4}, 3}}, [three](auto x) { return average_pool(x[0], three); }},
      {"global_average_pool", {{Shape{3, 2, 4}, 5}}, [](auto x) { return global_average_pool(x[0]); }},
      {"upsample_nearest", {{Shape{2, 2, 3}, 5}}, [](auto x) { return upsample_nearest(x[0], 3); }},
      {"upsample_bilinear", {{Shape{2, 2, 3}, 5}}, [](auto x) { return upsample_bilinear(x[0], 3); }},
      {"channel_mean", {{Shape{3, 2, 2}, 5}}, [](auto x) { return channel_mean(x[0]); }},
      {"channel_variance", {{Shape{3, 2, 2}, 5}, {3, 1}}, [](auto x) { return channel_variance(x[0], x[1]); }},
      {"batch_norm",
       {{Shape{3, 2, 2}, 5}, {3, 1}, {3, 1}, {3, 1}, {3, 1}},
       [](auto x) { return batch_norm(x[0], x[1], x[2], x[3], x[4]); },
       as_it_is,
       [](auto& x) {
         for (Index i = 0; i < 3; i++) x[2](i, 0) = positive(x[2](i, 0));
       }},
      {"layer_norm", {{7, 5}, {7, 1}, {7, 1}}, [](auto x) { return layer_norm(x[0], x[1], x[2]); }},
      {"local_response_norm",
       {{Shape{6, 2, 1}, 5}},
       [](auto x) {
         return local_response_norm(x[0], {3, 1, Real(0.3), Real(0.75)});
       }},
  };
}

// Sequences: one step of three examples in five neurons, and of one example. Symbols lie between whole numbers, -1/2 is none.
std::vector<Case> sequences() {
  const auto as_it_is = [](Real x) { return x; };
  const auto symbols = [](std::size_t place, int count) {
    return [=](std::vector<Matrix>& x) {
      for (Index j = 0; j < x[place].columns(); j++) x[place](0, j) = Real(j * 7 % (count + 1)) - Real(0.5);
    };
  };
  const auto into = [](const std::vector<Var>& x, Index rows) { return x[0].tape->blocks({rows, x[1].size().columns}); };
  const auto rnn = [into](Function f) { return [into, f](auto x) { return rnn_step(f, x[0], x[1], x[2], into(x, x[1].size().rows), 0); }; };
  return {
      {"unroll", {{Shape{2, 1, 3}, 5}}, [](auto x) { return unroll(x[0]); }},
      {"zeros", {{3, 2}}, [](auto x) { return zeros(x[0], 4, 3); }},
      {"lookup", {{4, 6}, {1, 19}, {4, 1}}, [](auto x) { return lookup(x[0], x[1], x[2]); }, as_it_is, symbols(1, 6)},
      {"rnn_step", {{5, 5}, {5, 3}, {5, 3}}, rnn(Function::tanh)},
      {"rnn_step of a register of examples", {{3, 3}, {3, 16}, {3, 16}}, rnn(Function::tanh)},
      {"rnn_step with relu",
       {{2, 2}, {2, 3}, {2, 3}},
       rnn(Function::relu),
       as_it_is,
       [](auto& x) {
         for (Index i = 0; i < x[2].size(); i++) x[2].data()[i] = Real(i % 2 ? 9 : -9);
       }},
      {"lstm_gates", {{20, 5}, {5, 3}, {20, 3}}, [](auto x) { return lstm_gates(x[0], x[1], x[2]); }},
      {"lstm_gates of one example", {{12, 3}, {3, 1}, {12, 1}}, [](auto x) { return lstm_gates(x[0], x[1], x[2]); }},
      {"lstm_cell", {{20, 3}, {5, 3}}, [](auto x) { return lstm_cell(x[0], x[1]); }},
      {"lstm_output", {{20, 3}, {5, 3}}, [into](auto x) { return lstm_output(x[0], x[1], into(x, 5), 0); }},
      {"gru_gates", {{15, 5}, {5, 3}, {15, 3}, {5, 1}}, [](auto x) { return gru_gates(x[0], x[1], x[2], x[3]); }},
      {"gru_gates of one example", {{9, 3}, {3, 1}, {9, 1}, {3, 1}}, [](auto x) { return gru_gates(x[0], x[1], x[2], x[3]); }},
      {"gru_output", {{20, 3}, {5, 3}}, [into](auto x) { return gru_output(x[0], x[1], into(x, 5), 0); }},
      {"hold", {{4, 3}, {4, 3}, {1, 3}}, [](auto x) { return hold(x[0], x[1], x[2]); }, as_it_is, symbols(2, 2)},
      {"symbol_cross_entropy", {{5, 19}, {1, 19}}, [](auto x) { return symbol_cross_entropy(x[0], x[1]); }, as_it_is, symbols(1, 5)},
  };
}

Real probability(Real x) { return 1 / (1 + std::exp(-x)); }

std::vector<Case> table() {
  std::vector<Case> lines = {
      {"affine", {{4, 3}, {3, 19}, {4, 1}}, [](auto x) { return affine(x[0], x[1], x[2]); }},
      {"affine of one example", {{9, 17}, {17, 1}, {9, 1}}, [](auto x) { return affine(x[0], x[1], x[2]); }},
      {"dropout", {{3, 19}, {3, 19}}, [](auto x) { return dropout(x[0], x[1]); }},
      {"softmax", {{5, 19}}, [](auto x) { return softmax(x[0]); }},
      {"softmax of one row", {{1, 3}}, [](auto x) { return softmax(x[0]); }},
      {"quadratic_cost", {{3, 19}, {3, 19}}, [](auto x) { return quadratic_cost(x[0], x[1]); }},
      // a - y is a multiple of 0.4, the kinks lie at +-1
      {"huber_cost",
       {{3, 19}, {3, 19}},
       [](auto x) { return huber_cost(x[0], x[1]); },
       [](Real x) { return Real(0.4) * std::round(x / Real(0.4)); }},
      // y a is at most 0.88 or at least 1.21, the kink lies at 1
      {"hinge_cost",
       {{3, 19}, {3, 19}},
       [](auto x) { return hinge_cost(x[0], x[1]); },
       [](Real x) { return x * Real(std::abs(x) < 1 ? 0.4 : 1.1); }},
      {"binary_cross_entropy", {{3, 19}, {3, 19}}, [](auto x) { return binary_cross_entropy(x[0], x[1]); }, probability},
      {"sigmoid_cross_entropy", {{3, 19}, {3, 19}}, [](auto x) { return sigmoid_cross_entropy(x[0], x[1]); }},
      {"softmax_cross_entropy", {{5, 19}, {5, 19}}, [](auto x) { return softmax_cross_entropy(x[0], x[1]); }},
      {"softmax_cross_entropy of one example", {{5, 1}, {5, 1}}, [](auto x) { return softmax_cross_entropy(x[0], x[1]); }},
      {"l1_penalty", {{3, 19}}, [](auto x) { return l1_penalty(x[0], Real(0.3)); }},
      {"l2_penalty", {{3, 19}}, [](auto x) { return l2_penalty(x[0], Real(0.3)); }},
      {"add", {{3, 19}, {3, 19}}, [](auto x) { return add(x[0], x[1]); }},
      {"subtract", {{3, 19}, {3, 19}}, [](auto x) { return subtract(x[0], x[1]); }},
      {"multiply", {{3, 19}, {3, 19}}, [](auto x) { return multiply(x[0], x[1]); }},
      {"scale", {{3, 19}}, [](auto x) { return scale(x[0], Real(-1.7)); }},
      {"sum", {{3, 19}}, [](auto x) { return sum(x[0]); }},
      {"mean", {{3, 19}}, [](auto x) { return mean(x[0]); }},
      {"matmul", {{4, 3}, {3, 19}}, [](auto x) { return matmul(x[0], x[1]); }},
      {"matmul with a vector", {{4, 17}, {17, 1}}, [](auto x) { return matmul(x[0], x[1]); }},
      {"transpose", {{3, 19}}, [](auto x) { return transpose(x[0]); }},
      {"concatenate", {{2, 19}, {1, 19}, {3, 19}}, [](auto x) { return concatenate(x); }},
      {"slice_rows", {{5, 19}}, [](auto x) { return slice_rows(x[0], 1, 3); }},
  };
  for (int f = 0; f <= int(Function::log); f++) {
    const Function sigma = Function(f);
    Case line{"activation " + std::string(name(sigma)), {{3, 19}}, [sigma](auto z) { return activation(sigma, z[0]); }};
    if (sigma == Function::log) line.place = [](Real z) { return std::abs(z); };
    lines.push_back(line);
  }
  for (const std::vector<Case>& more : {pictures(), sequences()}) lines.insert(lines.end(), more.begin(), more.end());
  return lines;
}

Program record_case(const Case& line) {
  Tape tape;
  std::vector<Var> inputs;
  for (const Size& size : line.sizes) inputs.push_back(tape.input("x" + std::to_string(inputs.size()), size));
  line.build(inputs);
  return tape.finish();
}

std::vector<Matrix> points(const Case& line, Generator& random) {
  std::vector<Matrix> x;
  for (const Size& size : line.sizes) {
    x.push_back(draw(size.rows, size.columns, random));
    for (Index i = 0; i < x.back().size(); i++) x.back().data()[i] = line.place(x.back().data()[i]);
  }
  line.arrange(x);
  return x;
}

// Runs `body` with each kernel of this build in turn.
void with_each_kernel(const std::function<void()>& body) {
  const std::string before = kernels().name;
  for (const Kernels* one : available_kernels()) {
    choose_kernels(one->name);
    INFO("kernels: " << one->name);
    body();
  }
  choose_kernels(before);
}

}  // namespace

TEST_CASE("every op's gradient agrees with central differences", "[gradient]") {
  with_each_kernel([] {
    for (const Case& line : table()) {
      INFO(line.name);
      Generator random(1, line.name);
      Run run(record_case(line), random);
      const std::vector<Matrix> x = points(line, random);
      for (int i = 0; i < int(x.size()); i++) run.set(i, x[std::size_t(i)]);
      CHECK(worst_error(run, random) <= tolerance);
    }
  });
}

TEST_CASE("every op overwrites its outputs, wherever they lie, and touches nothing else", "[gradient]") {
  with_each_kernel([] {
    for (const Case& line : table()) {
      INFO(line.name);
      const Program program = record_case(line);
      const Node& node = program[program.size() - 1];
      Generator random(2, line.name);
      const std::vector<Matrix> x = points(line, random);
      const Matrix seed = draw(node.size.rows, node.size.columns, random);
      const unsigned all = (1u << x.size()) - 1;

      const Result dense = run_alone(*node.op, x, seed, all, 0);
      const Result blocks = run_alone(*node.op, x, seed, all, 3), again = run_alone(*node.op, x, seed, all, 3);
      CHECK(dense.clean);
      CHECK(blocks.clean);
      CHECK(blocks.y == again.y);
      CHECK(relative_error(blocks.y, dense.y) <= 1e-6);
      for (std::size_t i = 0; i < x.size(); i++) {
        CHECK(blocks.dx[i] == again.dx[i]);
        CHECK(relative_error(blocks.dx[i], dense.dx[i]) <= 1e-6);
      }
    }
  });
}

TEST_CASE("every op leaves out the gradients that are not wanted, and the others stay the same", "[gradient]") {
  with_each_kernel([] {
    for (const Case& line : table()) {
      INFO(line.name);
      const Program program = record_case(line);
      const Node& node = program[program.size() - 1];
      Generator random(3, line.name);
      const std::vector<Matrix> x = points(line, random);
      const Matrix seed = draw(node.size.rows, node.size.columns, random);
      const unsigned all = (1u << x.size()) - 1;
      const Result whole = run_alone(*node.op, x, seed, all, 3);
      for (unsigned wanted = 0; wanted < all; wanted++) {
        const Result part = run_alone(*node.op, x, seed, wanted, 3);
        CHECK(part.clean);
        for (std::size_t i = 0; i < x.size(); i++)
          if (wanted >> i & 1) CHECK(part.dx[i] == whole.dx[i]);
      }
    }
  });
}

TEST_CASE("replaying an op allocates nothing", "[gradient]") {
  with_each_kernel([] {
    for (const Case& line : table()) {
      INFO(line.name);
      Generator random(4, line.name);
      Run run(record_case(line), random);
      const int last = run.program.size() - 1;
      const Matrix seed = draw(run.program[last].size.rows, run.program[last].size.columns, random);
      Signals signals(run.program, last, Wanted::everything);
      const std::size_t before = allocations();
      run.forward();
      backward(run.program, run.values, signals, seed);
      CHECK(allocations() == before);
    }
  });
}

TEST_CASE("every equation of ops.h has a line in the gradient table", "[gradient]") {
  std::set<std::string> checked, promised;
  for (const Case& line : table()) checked.insert(line.name.substr(0, line.name.find(' ')));
  const auto path = std::filesystem::path(__FILE__).parent_path().parent_path() / "engine" / "ops.h";
  std::ifstream file(path);
  INFO("reading " << path << "; tests run from the folder they were built in");
  REQUIRE(file);
  for (std::string text; std::getline(file, text);)
    if (text.starts_with("Var ")) promised.insert(text.substr(4, text.find('(') - 4));
  CHECK(promised.size() > 20);
  CHECK(checked == promised);
}
