// Layer-wise relevance propagation (Bach et al. 2015) and DeepLIFT as rules of the one way back: the signal is what a number contributed
// to the score, and every op shares what arrived among its inputs. A bias takes its share too: it is the signal that arrives there.
#pragma once
#include <map>

#include "engine/rules.h"

namespace nn {

// R_j = sum_k c_jk / (sum_j c_jk + c_bk) R_k, with contributions c. a^+ = max(0, a), a^- = min(0, a), and so for w and b.
enum class Sharing {
  zero,        // c_jk = a_j w_jk, c_bk = b_k; nothing where the sum is 0
  epsilon,     // the same, the sum made larger by epsilon sign(sum), sign(0) = 1
  alpha_beta,  // alpha times the positive contributions alone, less beta times the negative ones; alpha - beta = 1
  gamma,       // a_j (w_jk + gamma w_jk^+), b_k + gamma b_k^+
  w_squared,   // w_jk^2, no bias
  flat,        // 1, no bias
  box          // a_j w_jk - low w_jk^+ - high w_jk^-, no bias: for pixels between low and high         (Montavon et al. 2017)
};

struct Relevance {
  Sharing sharing = Sharing::epsilon;
  Real epsilon = Real(1e-6), alpha = 2, beta = 1, gamma = Real(0.25), low = 0, high = 1;
};
inline constexpr Relevance rule_zero{.sharing = Sharing::zero}, rule_epsilon{}, rule_alpha2_beta1{.sharing = Sharing::alpha_beta},
    rule_z_plus{.sharing = Sharing::alpha_beta, .alpha = 1, .beta = 0}, rule_gamma{.sharing = Sharing::gamma},
    rule_w_squared{.sharing = Sharing::w_squared}, rule_flat{.sharing = Sharing::flat}, rule_box{.sharing = Sharing::box};

// For any op that is linear in its inputs: affine, convolutions, average pooling, sums and others.
// std::invalid_argument where alpha - beta is not 1.
Rule share_relevance(const Relevance& how);
// Whether it is one, and whether it has weights.
bool is_linear(const Op& op);
bool has_weights(const Op& op);

// Which rule for which layer: by its node, else the first layers with weights, else convolutions, else dense ones.
struct Composite {
  Relevance first, convolution, dense;
  Relevance other = {};  // of ops without weights: pools and sums
  std::map<int, Relevance> by_node = {};
};
Composite everywhere(const Relevance& how);  // other ops by zero where that is the rule, else by epsilon
Composite epsilon_plus();                    // z+ in convolutions, epsilon in dense layers
Composite epsilon_plus_flat();               // the same, flat in the first layer
Composite epsilon_gamma_box(Real low, Real high);
Composite epsilon_alpha2_beta1();

// Activations pass relevance on, max-pooling sends it to its switches, other linear ops share by epsilon; batch normalization after a layer
// is merged into its weights; of recurrent steps what a gate lets through takes all, and gates nothing. Anything else, such as softmax, has
// no rule and is an error. `values` are those of the way back.
Rules relevance_rules(const Program& program, const Values& values, const Composite& composite);

// W and b of a layer (affine or conv2d) followed by this batch normalization, as one layer.
struct Merged {
  Matrix W, b;
};
Merged merged_batch_norm(const Program& program, const Values& values, int layer, int batch_norm);

// DeepLIFT's rescale rule (Shrikumar et al. 2017): the signal is dS/da against a baseline, through an activation (a - a0) / (z - z0), so
// that sum (x - x0) m = S - S0. `baseline` must outlive the rules.
Rules deeplift(const Values& baseline);

}  // namespace nn
