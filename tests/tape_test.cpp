// Recording and replaying: shared values, column blocks in place, graphs recorded anew, threads, errors.
#include "engine/tape.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "engine/ops.h"
#include "tests/count_allocations.h"
#include "tests/small_programs.h"

using namespace nn;
using namespace gradcheck;
using namespace small;

namespace {

const double tight = exact ? 1e-12 : 1e-5;

// The same with a value of its own for every step; columns are cut and joined as rows of the transpose.
Program recurrent_apart() {
  Tape tape;
  const Var x = tape.input("x", {2, steps * batch});
  Var state = tape.input("start", {4, batch});
  std::vector<Var> states;
  for (Index t = 0; t < steps; t++) {
    const Var x_t = transpose(slice_rows(transpose(x), t * batch, batch));
    const Var a_t = affine(tape.parameter("U", 4, 2), x_t, tape.parameter("b", 4, 1));
    state = activation(Function::tanh, add(a_t, matmul(tape.parameter("W", 4, 4), state)));
    states.push_back(transpose(state));
  }
  const Var H = tape.name(transpose(concatenate(states)), "H");
  affine(tape.parameter("V", 2, 4), H, tape.parameter("c", 2, 1));
  return tape.finish();
}

// tanh(W (left + right)) up a random tree, whose shape is known only while it is recorded
Var random_tree(Tape& tape, Generator& random, int depth, int& leaves) {
  if (depth == 0 || random.uniform() < 0.3) return tape.input("leaf " + std::to_string(leaves++), {3, 1});
  const Var left = random_tree(tape, random, depth - 1, leaves), right = random_tree(tape, random, depth - 1, leaves);
  return activation(Function::tanh, matmul(tape.parameter("W", 3, 3), add(left, right)));
}

}  // namespace

TEST_CASE("a parameter asked for twice is one, and its gradients add up", "[tape]") {
  Tape tape;
  const Var W = tape.parameter("W", 3, 3), again = tape.parameter("W", 3, 3);
  CHECK(W.index == again.index);
  matmul(again, activation(Function::tanh, matmul(W, tape.input("x", {3, 2}))));
  Generator random(1);
  Run run(tape.finish(), random);
  CHECK(run.program.of_kind(Kind::parameter) == std::vector<int>{0});
  CHECK(worst_error(run, random) <= tolerance);
}

TEST_CASE("a value may be used many times, even twice by one op", "[tape]") {
  Tape tape;
  const Var x = tape.input("x", {3, 2}), square = multiply(x, x);
  add(add(multiply(square, square), square), concatenate({slice_rows(x, 1, 2), slice_rows(square, 0, 1)}));
  Generator random(2);
  Run run(tape.finish(), random);
  CHECK(worst_error(run, random) <= tolerance);
}

TEST_CASE("every value on the way gets the signal that differences predict", "[tape]") {
  for (const bool recurrent : {false, true}) {
    Generator random(3);
    Run run(recurrent ? recurrent_in_place(false) : perceptron(), random);
    Sent sent(run);
    Matrix scratch(1, run.program.scratch());
    int checked = 0;
    for (int node = 0; node + 1 < run.program.size(); node++) {
      if (!run.program[node].op) continue;
      const ConstView y = run.values[node];
      const auto later_ops = [&] {
        for (int i = node + 1; i < run.program.size(); i++) {
          const ConstView out = run.values[i];
          const View writable{const_cast<Real*>(out.data), out.rows, out.columns, out.stride};
          if (run.program[i].op) run.program[i].op->forward(run.values.inputs_of(i), writable, scratch.data());
        }
        return run.values[run.program.size() - 1];
      };
      const View value{const_cast<Real*>(y.data), y.rows, y.columns, y.stride};
      INFO("node " << node);
      CHECK(relative_error(sent.signals[node], differences(value, sent.seed, later_ops)) <= tolerance);
      run.forward();
      checked++;
    }
    CHECK(checked == (recurrent ? 11 : 4));
  }
}

TEST_CASE("signals may start from a value on the way", "[tape]") {
  Generator random(4);
  Run run(perceptron(), random);
  const int z2 = run.program.find("z2"), x = run.program.find("x");
  Sent sent(run, Wanted::everything, z2);
  const auto compute = [&] { return run.forward(), run.values[z2]; };
  CHECK(relative_error(sent.signals[x], differences(run.leaves.at(x), sent.seed, compute)) <= tolerance);
  CHECK(sent.signals[run.program.find("y")].data == nullptr);
  CHECK(sent.signals[run.program.find("a2")].data == nullptr);
}

TEST_CASE("signals may start from a value that was written in blocks, and from one of its blocks", "[tape]") {
  Generator random(4);
  Run run(recurrent_in_place(true), random);
  for (const int of : {run.program.find("H"), run.program.find("s2")}) {
    Sent sent(run, Wanted::everything, of), parameters(run, Wanted::parameters, of);
    CHECK(Matrix(parameters.signals[run.program.find("W")]) == Matrix(sent.signals[run.program.find("W")]));
    const auto compute = [&] { return run.forward(), run.values[of]; };
    for (const char* name : {"x", "start", "W"}) {
      INFO(name << " from node " << of);
      const int leaf = run.program.find(name);
      REQUIRE(sent.signals[leaf].data != nullptr);
      CHECK(relative_error(sent.signals[leaf], differences(run.leaves.at(leaf), sent.seed, compute)) <= tolerance);
    }
  }
}

TEST_CASE("where parameters alone are wanted, inputs get nothing and parameters the same bits", "[tape]") {
  for (const bool recurrent : {false, true}) {
    Generator random(5);
    Run run(recurrent ? recurrent_in_place(true) : perceptron(), random);
    Sent everything(run), parameters(run, Wanted::parameters);
    for (int leaf : run.program.of_kind(Kind::input)) {
      CHECK(everything.signals[leaf].data != nullptr);
      CHECK(parameters.signals[leaf].data == nullptr);
    }
    for (int leaf : run.program.of_kind(Kind::parameter)) CHECK(Matrix(everything.signals[leaf]) == Matrix(parameters.signals[leaf]));
  }
}

TEST_CASE("a recurrent net in column blocks of one matrix is the same as with separate values", "[tape]") {
  Generator random(6);
  Run apart(recurrent_apart(), random);
  Sent expected(apart);
  CHECK(worst_error(apart, random) <= tolerance);
  for (const bool read_from_whole : {false, true}) {
    Run in_place(recurrent_in_place(read_from_whole), random);
    for (const auto& [leaf, x] : apart.leaves) in_place.set(in_place.program.find(apart.program[leaf].name), x);
    Sent sent(in_place);
    CHECK(relative_error(in_place.forward(), apart.forward()) <= tight);
    for (const char* name : {"x", "start", "U", "b", "W", "V", "c"}) {
      INFO(name);
      CHECK(relative_error(sent.signals[in_place.program.find(name)], expected.signals[apart.program.find(name)]) <= tight);
    }
    CHECK(relative_error(in_place.values[in_place.program.find("H")], apart.values[apart.program.find("H")]) <= tight);
    CHECK(worst_error(in_place, random) <= tolerance);
  }
}

TEST_CASE("a graph whose shape follows the data is recorded anew", "[tape]") {
  std::vector<int> sizes;
  for (std::uint64_t seed = 1; seed <= 5; seed++) {
    Generator random(seed);
    Tape tape;
    int leaves = 0;
    random_tree(tape, random, 4, leaves);
    Run run(tape.finish(), random);
    if (leaves > 1) CHECK(worst_error(run, random) <= tolerance);
    sizes.push_back(run.program.size());
  }
  CHECK(*std::max_element(sizes.begin(), sizes.end()) > 10);
  CHECK(*std::min_element(sizes.begin(), sizes.end()) < *std::max_element(sizes.begin(), sizes.end()));
}

TEST_CASE("two threads replay one program and get the same bits", "[tape]") {
  Generator random(7);
  Run run(recurrent_in_place(true), random);
  Sent expected(run);
  int agreements[2] = {0, 0};
  const auto replay = [&](int& agreed) {
    Values values(run.program);
    Signals signals(run.program, run.program.size() - 1, Wanted::everything);
    for (const auto& [leaf, x] : run.leaves) values.bind(leaf, x);
    for (int repeat = 0; repeat < 50; repeat++) {
      forward(run.program, values);
      backward(run.program, values, signals, expected.seed);
      bool same = true;
      for (const auto& [leaf, x] : run.leaves) same &= Matrix(signals[leaf]) == Matrix(expected.signals[leaf]);
      agreed += same;
    }
  };
  std::thread first(replay, std::ref(agreements[0])), second(replay, std::ref(agreements[1]));
  first.join();
  second.join();
  CHECK(agreements[0] == 50);
  CHECK(agreements[1] == 50);
}

TEST_CASE("a replay allocates nothing", "[tape]") {
  for (const bool recurrent : {false, true}) {
    Generator random(8);
    Run run(recurrent ? recurrent_in_place(true) : perceptron(), random);
    Sent sent(run);
    const std::size_t before = allocations();
    for (int repeat = 0; repeat < 3; repeat++) {
      forward(run.program, run.values);
      backward(run.program, run.values, sent.signals, sent.seed);
    }
    CHECK(allocations() == before);
  }
  const std::size_t before = allocations();
  const Matrix one(1, 1);
  CHECK(allocations() == before + 1);
}

TEST_CASE("recording and binding say what does not fit", "[tape]") {
  Tape tape;
  const Var W = tape.parameter("W", 4, 3), x = tape.input("x", {5, 2}), b = tape.parameter("b", 4, 1);
  CHECK_THROWS_WITH(affine(W, x, b), "affine: W is 4x3 but x has 5 rows");
  CHECK_THROWS_WITH(tape.parameter("W", 3, 4), "parameter 'W' is 4x3 and cannot be shared as 3x4");
  CHECK_THROWS_WITH(tape.columns(x, 1, 2), "columns: 1..2 of a value with 2 columns");
  CHECK_THROWS_WITH(tape.apply_into(tape.blocks({5, 3}), 2, std::make_unique<TanhOfSum>(), {x, x}),
                    "blocks: 5x2 at column 2 does not fit into 5x3");
  const Var y = tape.name(sum(activation(Function::tanh, x)), "y");
  const Program program = tape.finish();
  CHECK_THROWS_WITH(program.find("z"), "program: no value is named 'z'");
  Values values(program);
  const Matrix transposed(2, 5), right(5, 2);
  CHECK_THROWS_WITH(values.bind(x.index, transposed), "values: 'x' is 5x2 but was given 2x5");
  CHECK_THROWS_WITH(values.bind(y.index, Matrix(1, 1)), "values: 'y' is computed and cannot be bound");
  values.bind(x.index, right);
  forward(program, values);
  Signals signals(program, y.index, Wanted::everything), none(program, y.index, Wanted::parameters);
  CHECK_THROWS_WITH(backward(program, values, signals, right), "backward: the seed is 5x2 but the value is 1x1");
  CHECK_THROWS_WITH(backward(program, values, none), "backward: node 'y' depends on nothing that is wanted");
}
