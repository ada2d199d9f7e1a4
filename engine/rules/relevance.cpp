// How a linear op shares relevance: the op's own forward() and backward() called again with other weights and inputs.
#include "engine/relevance.h"

#include <cmath>
#include <stdexcept>

#include "engine/rules/linear.h"

namespace nn {

namespace {

using Change = Real (*)(Real);
Real same(Real x) { return x; }
Real positive(Real x) { return x > 0 ? x : 0; }
Real negative(Real x) { return x < 0 ? x : 0; }
Real squared(Real x) { return x * x; }
Real one(Real) { return 1; }
Real none(Real) { return 0; }

// A call of the op with every number of weights, data and biases changed: its contributions count `factor` times.
struct Term {
  Change weights, data, bias;
  Real factor = 1;
  Real constant = 0;  // instead of data where they are none()
  Real extra = 0;     // times the positive part of weights and biases, added to them
};

Matrix changed(ConstView x, Change change, Real extra = 0) {
  Matrix y(x.rows, x.columns);
  for (Index i = 0; i < x.rows; i++)
    for (Index j = 0; j < x.columns; j++) y(i, j) = change(x(i, j)) + extra * positive(x(i, j));
  return y;
}

// The op with its changed inputs.
class Call {
 public:
  Call(const Passing& passing, const LinearOp& how, const Term& term) : passing_(passing), how_(how), term_(term) {
    for (std::size_t i = 0; i < passing.x.size(); i++) {
      const bool is_weights = int(i) == how.weights, is_bias = int(i) == how.bias;
      const Change change = is_weights ? term.weights : is_bias ? term.bias : term.data;
      inputs_.push_back(changed(passing.x[i], change, is_weights || is_bias ? term.extra : 0));
      if (!is_weights && !is_bias && term.data == none) fill(inputs_.back(), term.constant);
    }
    for (const Matrix& input : inputs_) views_.push_back(input);
  }

  void add_forward(Matrix& z) const {
    Matrix y(z.rows(), z.columns());
    passing_.op().forward(views_, y, passing_.scratch);
    for (Index i = 0; i < z.size(); i++) z.data()[i] += term_.factor * y.data()[i];
  }

  // R_j += share a_j sum_k w_jk s_k, and for the bias R_b += share b_k s_k
  void add_backward(const Matrix& s, Real share) const {
    std::vector<Matrix> back;
    std::vector<View> outputs;
    for (std::size_t i = 0; i < inputs_.size(); i++) {
      const bool wanted = passing_.dx[i].data && int(i) != how_.weights;
      back.emplace_back(wanted ? inputs_[i].rows() : 0, wanted ? inputs_[i].columns() : 0);
    }
    for (std::size_t i = 0; i < inputs_.size(); i++) outputs.push_back(back[i].size() ? back[i].view() : View{});
    Matrix y(passing_.y);
    passing_.op().backward(views_, y, s, outputs, passing_.scratch);
    for (std::size_t k = 0; k < inputs_.size(); k++)
      for (Index i = 0; i < back[k].rows(); i++)
        for (Index j = 0; j < back[k].columns(); j++) passing_.dx[k](i, j) += share * term_.factor * inputs_[k](i, j) * back[k](i, j);
  }

 private:
  const Passing& passing_;
  const LinearOp& how_;
  const Term& term_;
  std::vector<Matrix> inputs_;
  std::vector<ConstView> views_;
};

// s_k = R_k / z_k: with epsilon z is moved away from 0, without it nothing is shared where z is 0.
Matrix quotients(ConstView R, const Matrix& z, Real epsilon) {
  constexpr Real smallest = Real(1e-30);
  Matrix s(z.rows(), z.columns());
  for (Index i = 0; i < z.rows(); i++)
    for (Index j = 0; j < z.columns(); j++) {
      const Real below = z(i, j) + (z(i, j) < 0 ? -epsilon : epsilon);
      s(i, j) = std::abs(below) < smallest ? 0 : R(i, j) / below;
    }
  return s;
}

// Adds to dx what these contributions take of `share` times the relevance. Of contributions that are those of the op, z is what it said,
// to the bit: a sum in another order would weigh much where z is nearly 0.
void share_among(const Passing& passing, const LinearOp& how, const std::vector<Term>& terms, Real share, Real epsilon) {
  const bool unchanged =
      terms.size() == 1 && terms[0].weights == same && terms[0].data == same && terms[0].bias == same && terms[0].extra == 0;
  Matrix z = unchanged ? Matrix(passing.y) : Matrix(passing.y.rows, passing.y.columns);
  std::vector<Call> calls;
  calls.reserve(terms.size());
  for (const Term& term : terms) {
    calls.emplace_back(passing, how, term);
    if (!unchanged) calls.back().add_forward(z);
  }
  const Matrix s = quotients(passing.dy, z, epsilon);
  for (const Call& call : calls) call.add_backward(s, share);
}

}  // namespace

Rule share_relevance(const Relevance& r) {
  if (r.sharing == Sharing::alpha_beta && std::abs(r.alpha - r.beta - 1) > Real(1e-6))
    throw std::invalid_argument("lrp: alpha is " + std::to_string(r.alpha) + " and beta " + std::to_string(r.beta) +
                                ", but alpha - beta must be 1, as with 2 and 1");
  return [r](const Passing& passing) {
    const LinearOp how = linear_op(passing.op(), passing.x.size());
    for (const View& dx : passing.dx)
      if (dx.data) fill(dx, 0);
    const auto share = [&](const std::vector<Term>& terms, Real part = 1, Real epsilon = 0) {
      share_among(passing, how, terms, part, epsilon);
    };
    switch (r.sharing) {
      case Sharing::zero:
        return share({{same, same, same}});
      case Sharing::epsilon:
        return share({{same, same, same}}, 1, r.epsilon);
      case Sharing::gamma:
        return share({{.weights = same, .data = same, .bias = same, .extra = r.gamma}});
      case Sharing::w_squared:
        return share({{squared, one, none}});
      case Sharing::flat:
        return share({{one, one, none}});
      case Sharing::box:
        return share({{same, same, none},
                      {.weights = positive, .data = none, .bias = none, .factor = -1, .constant = r.low},
                      {.weights = negative, .data = none, .bias = none, .factor = -1, .constant = r.high}});
      case Sharing::alpha_beta:
        // (a w)^+ = a^+ w^+ + a^- w^-
        share({{positive, positive, positive}, {negative, negative, none}}, r.alpha);
        // (a w)^- = a^+ w^- + a^- w^+
        if (r.beta != 0) share({{negative, positive, negative}, {positive, negative, none}}, -r.beta);
    }
  };
}

}  // namespace nn
