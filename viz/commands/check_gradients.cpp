// glassbox check-gradients: the gradients of a network, held against differences of its loss.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include "viz/commands/options.h"
#include "viz/commands/training.h"

namespace viz {

namespace {

constexpr bool in_double = sizeof(nn::Real) == 8;
constexpr double step_width = in_double ? 1e-5 : 1e-2, tolerance = in_double ? 1e-6 : 5e-2;
constexpr nn::Index examples = 8, most = 200;  // elements of one parameter that are tried

struct Recorded {
  nn::Program program;
  nn::Network network;
  int cost = 0;
};

Recorded record(const data::Prepared& prepared, nn::Loss loss, nn::Index n) {
  Recorded recorded;
  nn::Tape tape;
  recorded.network = prepared.problem->model.record(tape, n, nn::Mode::evaluation);
  recorded.cost =
      nn::cost(loss, prepared.problem->model, recorded.network, tape, tape.input("y", {prepared.problem->model.outputs(), n})).index;
  recorded.program = tape.finish();
  return recorded;
}

nn::Matrix first_columns(const nn::Matrix& rows, nn::Index n) {
  nn::Matrix columns(rows.columns(), n);
  for (nn::Index i = 0; i < n; i++)
    for (nn::Index j = 0; j < rows.columns(); j++) columns(j, i) = rows(i, j);
  return columns;
}

}  // namespace

int check_gradients(const Words& words) {
  po::options_description options("Options of check-gradients");
  add_set(options);
  po::variables_map values;
  if (!read(words, "check-gradients", options, {"experiment"}, values)) return 0;
  apply_common(values);
  if (!values.count("experiment"))
    throw UsageError("check-gradients: which experiment? For example `glassbox check-gradients datasets/experiments/circle.toml`");
  data::Experiment experiment = data::load_experiment(values["experiment"].as<std::string>());
  apply_changes(values, experiment);

  Workbench bench(experiment, data_folder(values));
  const data::Prepared& prepared = bench.prepared();
  const nn::Index n = std::min(examples, prepared.problem->train.count());
  const Recorded recorded = record(prepared, experiment.training.loss, n);
  nn::Parameters parameters = bench.session().snapshot()->state.parameters;
  const nn::Matrix x = first_columns(prepared.problem->train.inputs, n), y = first_columns(prepared.problem->train.targets, n);
  nn::Values numbers(recorded.program);
  nn::Signals signals(recorded.program, recorded.cost, nn::Wanted::parameters);
  nn::bind(parameters, numbers);
  numbers.bind(recorded.network.x, x);
  numbers.bind(recorded.program.find("y"), y);
  const auto loss = [&] {
    nn::forward(recorded.program, numbers);
    return double(numbers[recorded.cost](0, 0));
  };
  loss();
  nn::backward(recorded.program, numbers, signals);
  const nn::Matrix gradients(signals.gradients());

  bool right = true;
  std::printf("%-16s %10s %12s   (%lld examples, differences of %g)\n", "parameter", "elements", "error", static_cast<long long>(n),
              step_width);
  for (const nn::Parameter& parameter : parameters.list()) {
    const nn::Index count = parameter.rows * parameter.columns, stride = std::max<nn::Index>(1, count / most);
    double difference = 0, size_numeric = 0, size_exact = 0;
    for (nn::Index i = 0; i < count; i += stride) {
      nn::Real& w = parameters.numbers.data()[parameter.offset + i];
      const nn::Real before = w;
      w = before + nn::Real(step_width);
      const double above = loss();
      w = before - nn::Real(step_width);
      const double below = loss();
      w = before;
      const double numeric = (above - below) / (2 * step_width), exact = double(gradients.data()[parameter.offset + i]);
      difference += (numeric - exact) * (numeric - exact);
      size_numeric += numeric * numeric;
      size_exact += exact * exact;
    }
    // ||numeric - exact|| / (||numeric|| + ||exact||), norm-relative
    const double size = std::sqrt(size_numeric) + std::sqrt(size_exact), error = size > 0 ? std::sqrt(difference) / size : 0;
    right = right && error <= tolerance;
    std::printf("%-16s %10lld %12.3g   %s\n", parameter.name.c_str(), static_cast<long long>((count + stride - 1) / stride), error,
                error <= tolerance ? "right" : "WRONG");
  }
  std::fflush(stdout);
  if (!in_double && !values.count("quiet"))
    std::fprintf(stderr,
                 "note: in single precision differences are rough; `make REAL=double` builds build/glassbox-double, where the error must "
                 "be below 1e-6\n");
  if (!right)
    throw std::runtime_error("check-gradients: a gradient is not what the differences say (tolerance " + std::to_string(tolerance) + ")");
  return 0;
}

}  // namespace viz
