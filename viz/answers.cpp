// Running the network over a part of the data, and counting.
#include "viz/answers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "engine/kernels.h"
#include "viz/figure.h"
#include "viz/neurons.h"

namespace viz {

namespace {

using nn::Index;
using nn::Real;

constexpr Index block = 64;  // few enough that a convolution's values stay in the cache

nn::Function function_of(const nn::Model& model) {
  const auto* last = std::get_if<nn::Activate>(&model.last());
  return last ? last->sigma : nn::Function::linear;
}

Index columns_of(Index outputs) { return std::max<Index>(2, outputs); }
Real held(Real share) { return std::isnan(share) ? share : std::clamp(share, Real(0), Real(1)); }

// Column j of the outputs as shares of the classes.
void write_shares(const Study& study, nn::ConstView outputs, Index j, Real* shares) {
  if (outputs.rows > 1) {
    for (Index k = 0; k < outputs.rows; k++) shares[k] = held(outputs(k, j));
    return;
  }
  const Real a = outputs(0, j), p = held(function_of(study.model) == nn::Function::sigmoid ? a : (1 + a) / 2);
  shares[0] = 1 - p, shares[1] = p;
}

// As in Trainer::evaluate: of one output whether it is above the middle, else the largest; nothing is larger than what is not a number.
int class_said(const Study& study, nn::ConstView outputs, Index j) {
  if (outputs.rows == 1) return outputs(0, j) > (function_of(study.model) == nn::Function::sigmoid ? Real(0.5) : Real(0));
  Index said = 0;
  for (Index k = 1; k < outputs.rows; k++)
    if (outputs(k, j) > outputs(said, j)) said = k;
  return int(said);
}

double quotient(double a, double b) { return b > 0 ? a / b : NAN; }
Real or_none(Real share) { return std::isnan(share) ? Real(-1) : share; }

// By the share that `of` gives, the largest first; of equals the first.
template <class Share>
void sort_by(std::vector<Index>& all, Share of) {
  std::ranges::stable_sort(all, std::greater(), [of](Index i) { return or_none(of(i)); });
}

}  // namespace

Answers answers(const Study& study, bool test, const std::string& who) {
  if (!study.set.classification())
    throw std::invalid_argument(who +
                                ": the data have values and no classes, so that there is nothing to confuse; try 'loss' or 'boundary'");
  const std::vector<int>& rows = test ? study.split.test : study.split.train;
  if (rows.empty())
    throw std::invalid_argument(test ? who + ": no examples are set apart for testing; part 1 shows the train examples"
                                     : who + ": there are no examples to train on; part 0 shows the test examples");
  const nn::Matrix& inputs = (test ? study.test : study.train).inputs;
  Answers all;
  all.examples = Index(rows.size());
  const Index count = std::min(all.examples, most_answers);
  all.rows.assign(rows.begin(), rows.begin() + count);
  all.shares = nn::Matrix(count, std::max(std::ssize(study.set.class_names), columns_of(study.model.outputs())));
  all.said.resize(std::size_t(count)), all.truth.resize(std::size_t(count));
  // One program for all blocks; the last one begins early enough to be full.
  const Index some = std::min(block, count);
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, some, nn::Mode::evaluation);
  const nn::Program program = tape.finish();
  nn::Values values(program);
  nn::Matrix x(inputs.columns(), some);
  nn::bind(study.parameters, values);
  values.bind(network.x, x);
  for (Index next = 0; next < count; next += some) {
    const Index first = std::min(next, count - some);
    nn::kernels().transpose(some, inputs.columns(), inputs.view().row(first), inputs.columns(), x.data(), some);
    nn::forward(program, values);
    for (Index j = 0; j < some; j++) {
      const auto i = std::size_t(first + j);
      write_shares(study, values[network.output], j, all.shares.view().row(first + j));
      all.said[i] = class_said(study, values[network.output], j);
      all.truth[i] = study.set.labels[std::size_t(rows[i])];
    }
  }
  return all;
}

std::shared_ptr<const Answers> remembered_answers(const Study& study, bool test, const std::string& who) {
  if (study.answered && !(test ? study.split.test : study.split.train).empty() && study.set.classification()) return study.answered(test);
  return std::make_shared<const Answers>(answers(study, test, who));
}

nn::Matrix shares_of(const Study& study, const nn::Matrix& rows) {
  return shares_of_output(study, Activations(study, study.inputs_of(rows)).output(), rows.rows());
}

nn::Matrix shares_of_output(const Study& study, nn::ConstView output, Index count) {
  nn::Matrix shares(count, columns_of(output.rows));
  for (Index j = 0; j < count; j++) write_shares(study, output, j, shares.view().row(j));
  return shares;
}

std::vector<int> best(const Real* shares, Index classes, int k) {
  std::vector<int> all(static_cast<std::size_t>(classes));
  std::iota(all.begin(), all.end(), 0);
  const auto end = all.begin() + std::min<Index>(k, classes);
  std::partial_sort(all.begin(), end, all.end(), [shares](int a, int b) {
    const Real x = or_none(shares[a]), y = or_none(shares[b]);
    return x > y || (x == y && a < b);
  });
  all.erase(end, all.end());
  return all;
}

double accuracy(const Answers& answers, int k) {
  Index right = 0;
  for (Index i = 0; i < answers.count(); i++) {
    const int truth = answers.truth[std::size_t(i)];
    const std::vector<int> first = best(answers.shares.view().row(i), answers.classes(), k);
    right += k == 1 ? answers.said[std::size_t(i)] == truth : std::ranges::count(first, truth) > 0;
  }
  return quotient(double(right), double(answers.count()));
}

std::vector<Index> examples_of(const Answers& answers, int truth, int said) {
  std::vector<Index> all;
  for (Index i = 0; i < answers.count(); i++)
    if (answers.truth[std::size_t(i)] == truth && answers.said[std::size_t(i)] == said) all.push_back(i);
  sort_by(all, [&](Index i) { return answers.shares(i, said); });
  return all;
}

std::vector<Index> mistakes(const Answers& answers) {
  std::vector<Index> all;
  for (Index i = 0; i < answers.count(); i++)
    if (answers.truth[std::size_t(i)] != answers.said[std::size_t(i)]) all.push_back(i);
  sort_by(all, [&](Index i) { return answers.shares(i, answers.said[std::size_t(i)]); });
  return all;
}

double ClassCount::precision() const { return quotient(double(right), double(said)); }
double ClassCount::recall() const { return quotient(double(right), double(examples)); }
double ClassCount::f1() const { return quotient(2 * double(right), double(said + examples)); }

std::vector<ClassCount> class_counts(const Answers& answers) {
  std::vector<ClassCount> all(static_cast<std::size_t>(answers.classes()));
  for (std::size_t i = 0; i < answers.rows.size(); i++) {
    all[std::size_t(answers.truth[i])].examples++;
    all[std::size_t(answers.said[i])].said++;
    if (answers.truth[i] == answers.said[i]) all[std::size_t(answers.truth[i])].right++;
  }
  return all;
}

std::string percent_words(double share) {
  if (std::isnan(share)) return "–";
  const double percent = 100 * share, digits = percent < 99.95 && percent > 10 ? 10 : percent > 0.1 ? 10 : 100;
  return number_words(std::round(percent * digits) / digits) + " %";
}

std::string part_words(const Answers& answers, bool test) {
  const std::string part = test ? " test examples" : " train examples";
  if (answers.count() == answers.examples) return count_words(answers.count()) + part;
  return "the first " + count_words(answers.count()) + " of " + count_words(answers.examples) + part;
}

}  // namespace viz
