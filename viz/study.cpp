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

Study with_parameters(const Study& s, const nn::Parameters& parameters) {
  return {.model = s.model,
          .parameters = parameters,
          .step = s.step,
          .epoch = s.epoch,
          .set = s.set,
          .split = s.split,
          .input_names = s.input_names,
          .inputs_of = s.inputs_of,
          .train = s.train,
          .test = s.test,
          .history = s.history,
          .runs = s.runs,
          .example = s.example,
          .loss = s.loss,
          .given = s.given,
          .given_text = s.given_text};
}

Activations::Activations(const Study& study, const nn::Matrix& rows)
    : program_(record(study.model, rows.rows(), network_)), values_(program_), x_(rows.columns(), rows.rows()) {
  nn::kernels().transpose(rows.rows(), rows.columns(), rows.data(), rows.columns(), x_.data(), rows.rows());
  nn::bind(study.parameters, values_);
  values_.bind(network_.x, x_);
  nn::forward(program_, values_);
}

}  // namespace viz
