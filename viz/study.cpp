// Running a network for a view.
#include "viz/study.h"

#include "engine/kernels.h"

namespace viz {

namespace {

nn::Program record(const nn::Model& model, nn::Index examples, nn::Network& network) {
  nn::Tape tape;
  network = model.record(tape, examples, nn::Mode::evaluation);
  return tape.finish();
}

}  // namespace

Activations::Activations(const Study& study, const nn::Matrix& rows)
    : program_(record(study.model, rows.rows(), network_)), values_(program_), x_(rows.columns(), rows.rows()) {
  nn::kernels().transpose(rows.rows(), rows.columns(), rows.data(), rows.columns(), x_.data(), rows.rows());
  nn::bind(study.parameters, values_);
  values_.bind(network_.x, x_);
  nn::forward(program_, values_);
}

}  // namespace viz
