// Carries states from one call to the next.
#include "viz/text_runner.h"

namespace viz {

namespace {

nn::Program record(const Study& study, nn::Index streams, nn::Index steps, nn::Network& network) {
  const nn::Model model = nn::parse_model(study.model.text, {1, 1, steps});
  nn::Tape tape;
  network = model.record(tape, streams, nn::Mode::evaluation, nn::Start::carried);
  return tape.finish();
}

}  // namespace

TextRunner::TextRunner(const Study& study, const nn::Parameters& parameters, nn::Index streams, nn::Index steps)
    : program(record(study, streams, steps, network)), values(program), x(steps, streams) {
  nn::bind(parameters, values);
  values.bind(network.x, x);
  for (const nn::Carried& state : network.carried) {
    const nn::Size size = program[state.before].size;
    values.bind(state.before, carried.emplace_back(size.rows, size.columns));
  }
}

void TextRunner::forward() {
  nn::forward(program, values);
  for (std::size_t i = 0; i < carried.size(); i++) nn::copy(values[network.carried[i].after], carried[i]);
}

void TextRunner::forget(nn::Index stream) {
  for (nn::Matrix& state : carried)
    for (nn::Index i = 0; i < state.rows(); i++) state(i, stream) = 0;
}

}  // namespace viz
