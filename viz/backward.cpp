// Running a network backwards for a view.
#include "viz/backward.h"

#include <algorithm>
#include <stdexcept>

#include "engine/kernels.h"
#include "engine/trainer.h"

namespace viz {

namespace {

nn::Matrix transposed(const nn::Matrix& rows) {
  nn::Matrix columns(rows.columns(), rows.rows());
  nn::kernels().transpose(rows.rows(), rows.columns(), rows.data(), rows.columns(), columns.data(), rows.rows());
  return columns;
}

}  // namespace

Backward::Backward(const Study& study, const nn::Matrix& rows, const nn::Matrix* targets) : x_(transposed(rows)) {
  nn::Tape tape;
  network_ = study.model.record(tape, rows.rows(), nn::Mode::evaluation);
  int y = -1;
  if (targets) {
    y_ = transposed(*targets);
    const nn::Var wanted = tape.input("y", {y_.rows(), y_.columns()});
    y = wanted.index;
    cost_ = nn::cost(study.loss, study.model, network_, tape, wanted).index;
  }
  program_ = std::make_unique<nn::Program>(tape.finish());
  values_ = std::make_unique<nn::Values>(*program_);
  nn::bind(study.parameters, *values_);
  values_->bind(network_.x, x_);
  if (targets) values_->bind(y, y_);
  nn::forward(*program_, *values_);
}

nn::Signals Backward::from_cost() const {
  if (cost_ < 0) throw std::invalid_argument("backward: there is no cost without targets");
  nn::Signals signals(*program_, cost_, nn::Wanted::everything);
  nn::backward(*program_, *values_, signals);
  return signals;
}

double Backward::cost() const { return cost_ < 0 ? std::numeric_limits<double>::quiet_NaN() : double((*values_)[cost_](0, 0)); }

nn::Signals Backward::from(int node, nn::ConstView seed, const nn::Rules& rules) const {
  nn::Signals signals(*program_, node, nn::Wanted::everything);
  nn::backward(*program_, *values_, signals, seed, rules);
  return signals;
}

nn::Matrix target_of_example(const Study& study) {
  const auto find = [&](const std::vector<int>& rows, const nn::Examples& examples) {
    const auto at = std::find(rows.begin(), rows.end(), int(study.example));
    if (at == rows.end() || study.given) return nn::Matrix();
    return nn::Matrix(
        nn::ConstView{examples.targets.view().row(at - rows.begin()), 1, examples.targets.columns(), examples.targets.columns()});
  };
  nn::Matrix target = find(study.split.train, study.train);
  return target.size() > 0 ? target : find(study.split.test, study.test);
}

}  // namespace viz
