// Every rule of relevance once more, slowly and in double precision: each op becomes an explicit matrix of its derivatives, found by asking
// it for one input at a time, and relevance is shared by the definition.
#include <catch2/catch.hpp>
#include <map>

#include "engine/relevance.h"
#include "tests/explained.h"
#include "viz/relevance_options.h"

using namespace explained_test;

namespace {

using Row = std::vector<double>;

// z = J a + b of one data input of an op, the other inputs as they are: J from its answers to 0 and to one 1 at a time.
struct Jacobian {
  std::vector<Row> J;  // [outputs][inputs]
  Row b;
};

Row answer(const nn::Program& program, const nn::Values& values, int node, std::size_t place, const Matrix& x, bool biased) {
  std::vector<nn::ConstView> inputs;
  for (const nn::ConstView& input : values.inputs_of(node)) inputs.push_back(input);
  const Matrix none(inputs.back().rows, inputs.back().columns);
  if (place == 1 && !biased) inputs.back() = none;  // so that the weights come out as they are
  inputs[place] = x;
  Matrix y(program[node].size.rows, 1), scratch(1, program.scratch() + 64);
  program[node].op->forward(inputs, y, scratch.data());
  return {y.data(), y.data() + y.size()};
}

Jacobian jacobian(const nn::Program& program, const nn::Values& values, int node, std::size_t place) {
  const Index n = values.inputs_of(node)[place].rows;
  Matrix x(n, 1);
  Jacobian all{.J = {}, .b = answer(program, values, node, place, x, true)};
  all.J.assign(all.b.size(), Row(std::size_t(n)));
  for (Index j = 0; j < n; j++) {
    x(j, 0) = 1;
    const Row y = answer(program, values, node, place, x, false);
    x(j, 0) = 0;
    for (std::size_t k = 0; k < y.size(); k++) all.J[k][std::size_t(j)] = y[k];
  }
  return all;
}

double plus(double x) { return std::max(0.0, x); }
double minus(double x) { return std::min(0.0, x); }

// What input j (or the bias) contributes to output k under a rule; positive and negative parts apart for alpha-beta.
double contribution(const nn::Relevance& r, double a, double w) {
  switch (r.sharing) {
    case nn::Sharing::gamma:
      return a * (w + double(r.gamma) * plus(w));
    case nn::Sharing::w_squared:
      return w * w;
    case nn::Sharing::flat:
      return w != 0;
    case nn::Sharing::box:
      return a * w - double(r.low) * plus(w) - double(r.high) * minus(w);
    default:
      return a * w;
  }
}
double of_bias(const nn::Relevance& r, double b) {
  switch (r.sharing) {
    case nn::Sharing::gamma:
      return b + double(r.gamma) * plus(b);
    case nn::Sharing::w_squared:
    case nn::Sharing::flat:
    case nn::Sharing::box:
      return 0;
    default:
      return b;
  }
}

Row shared(const Jacobian& m, const Row& a, const Row& R, const nn::Relevance& r) {
  Row back(a.size());
  for (std::size_t k = 0; k < R.size(); k++) {
    double z = of_bias(r, m.b[k]), up = plus(m.b[k]), down = minus(m.b[k]);
    for (std::size_t j = 0; j < a.size(); j++) {
      const double c = contribution(r, a[j], m.J[k][j]);
      z += c, up += plus(c), down += minus(c);
    }
    if (r.sharing == nn::Sharing::epsilon) z += double(r.epsilon) * (z < 0 ? -1 : 1);
    for (std::size_t j = 0; j < a.size(); j++) {
      const double c = contribution(r, a[j], m.J[k][j]);
      if (r.sharing != nn::Sharing::alpha_beta)
        back[j] += z == 0 ? 0 : c / z * R[k];
      else
        back[j] += ((up > 0 ? double(r.alpha) * plus(c) / up : 0) - (down < 0 ? double(r.beta) * minus(c) / down : 0)) * R[k];
    }
  }
  return back;
}

// Relevance of the input: op by op from the last, whatever the engine's traversal does.
Row slow_relevance(const Backward& net, Row start, const nn::Composite& composite) {
  const nn::Program& program = net.program();
  std::map<int, Row> R{{net.network().logits, std::move(start)}};
  bool is_first = false;
  for (int i = net.network().logits; i > net.network().x; i--) {
    const nn::Node& node = program[i];
    if (!node.op || !R.contains(i)) continue;
    const std::string op(node.op->name());
    const bool weighted = op == "affine" || op == "conv2d" || op == "conv_transpose2d";
    const int from = node.inputs[weighted ? 1 : 0];
    const Row a(net[from].data, net[from].data + net[from].rows);
    is_first = weighted && from == net.network().x;
    if (op == "relu" || op == "tanh") {
      R[from] = R[i];
    } else if (op == "max_pool") {
      R[from].assign(a.size(), 0);
      const Jacobian m = jacobian(program, net.values(), i, 0);
      for (std::size_t k = 0; k < R[i].size(); k++)
        for (std::size_t j = 0; j < a.size(); j++) R[from][j] += m.J[k][j] * R[i][k];
    } else {
      const nn::Relevance& rule = !weighted        ? nn::rule_epsilon
                                  : is_first       ? composite.first
                                  : op == "affine" ? composite.dense
                                                   : composite.convolution;
      R[from] = shared(jacobian(program, net.values(), i, weighted ? 1 : 0), a, R[i], rule);
    }
  }
  return R.at(net.network().x);
}

nn::Relevance with_box(double low, double high) { return {.sharing = nn::Sharing::box, .low = Real(low), .high = Real(high)}; }

}  // namespace

TEST_CASE("relevance by explicit matrices of derivatives agrees with every rule and mixture", "[lrp]") {
  nn::Relevance large_epsilon = nn::rule_epsilon;
  large_epsilon.epsilon = Real(0.1);
  nn::Relevance three_two = nn::rule_alpha2_beta1;
  three_two.alpha = 3, three_two.beta = 2;
  const std::pair<const char*, nn::Composite> composites[] = {{"zero", nn::everywhere(nn::rule_zero)},
                                                              {"epsilon", nn::everywhere(large_epsilon)},
                                                              {"alpha 2, beta 1", nn::everywhere(nn::rule_alpha2_beta1)},
                                                              {"alpha 3, beta 2", nn::everywhere(three_two)},
                                                              {"z-plus", nn::everywhere(nn::rule_z_plus)},
                                                              {"gamma", nn::everywhere(nn::rule_gamma)},
                                                              {"w squared", {nn::rule_w_squared, nn::rule_epsilon, nn::rule_epsilon}},
                                                              {"flat", {nn::rule_flat, nn::rule_epsilon, nn::rule_epsilon}},
                                                              {"box", {with_box(-1, 1), nn::rule_epsilon, nn::rule_epsilon}},
                                                              {"epsilon-plus", nn::epsilon_plus()},
                                                              {"epsilon-plus-flat", nn::epsilon_plus_flat()},
                                                              {"epsilon-gamma-box", nn::epsilon_gamma_box(-1, 1)},
                                                              {"epsilon-alpha2-beta1", nn::epsilon_alpha2_beta1()}};
  for (const char* text :
       {"conv 3 3x3 pad 1, relu, maxpool 2, conv 4 2x2, relu, dense 5, relu, dense 3",
        "conv 3 2x2 stride 2, tanh, avgpool 2 stride 1, conv 4 2x2, relu, gap, dense 3", "dense 9, relu, dense 5, tanh, dense 3",
        "conv 4 3x3 groups 2 dilation 2, relu, upsample 2, deconv 2 2x2, relu, dense 3"})
    for (std::uint64_t seed = 1; seed <= 3; seed++) {
      Net net(text, {2, 6, 6}, random_row(72, seed + 20, -1, 1));  // inputs of both signs
      net.drawn(seed, 0.7);
      const Study study = net.study();
      const Backward run(study, net.set.inputs);
      for (const auto& [name, composite] : composites) {
        const Target target = class_target(study, run, 1);
        const double score = double(run[run.network().logits](1, 0));
        const Row slow = slow_relevance(run, {0, score, 0}, composite);
        const nn::Signals signals = relevance_of(target, run, composite);
        const nn::ConstView fast = signals[run.network().x];
        double size = 1e-3, most = 0;
        for (std::size_t i = 0; i < slow.size(); i++) {
          size = std::max(size, std::abs(slow[i]));
          most = std::max(most, std::abs(slow[i] - double(fast(Index(i), 0))));
        }
        INFO(name << " on " << text << ", seed " << seed << ", largest " << size);
        CHECK(std::isfinite(total_of(fast)));
        // the engine's float rounds sums that are divided by: where one is nearly 0 and nothing keeps it away from there, that weighs more
        CHECK(most <= (composite.convolution.sharing == nn::Sharing::zero ? 3e-5 : 1e-5) * std::max(1.0, size));
      }
    }
}
