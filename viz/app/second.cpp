// A second network to be compared with.
#include "viz/app/second.h"

#include "viz/app/loading.h"
#include "viz/app/parts.h"
#include "viz/figure.h"

namespace viz {

namespace {

bool same_data(const data::Dataset& a, const data::Dataset& b) {
  return a.name == b.name && a.shape == b.shape && a.inputs.rows() == b.inputs.rows() && a.inputs.columns() == b.inputs.columns();
}

void keep(State& state, Subject subject) {
  subject.bench.reset(), subject.answers.reset(), subject.text_memory.reset(), subject.second.reset();
  subject.given.reset(), subject.given_text.reset();
  state.second = std::make_shared<const SecondNetwork>(std::move(subject));
  state.say("Kept: " + state.second->study.model.text + " at " + moment(state.second->study) +
            "; views that compare two networks show it as the second one");
}

}  // namespace

SecondNetwork::SecondNetwork(Subject of) : subject(std::move(of)), study(subject.study()) {}

bool reads_same_data(const SecondNetwork& second, const data::Dataset& set) { return same_data(second.subject.prepared->set, set); }

void keep_second(State& state) {
  Subject now = state.subject();
  now.history = std::make_shared<const std::vector<nn::Epoch>>(*now.history);  // the other one grows
  keep(state, std::move(now));
}

void keep_second(State& state, Workbench& run) {
  Subject subject{.snapshot = run.session().snapshot(), .prepared = {}, .history = {}};
  subject.prepared = run.shared_prepared_of(*subject.snapshot);
  if (!same_data(subject.prepared->set, state.desk.prepared().set))
    throw std::invalid_argument("that run has learned '" + subject.prepared->set.name + "', and here is '" +
                                state.desk.prepared().set.name + "'; two networks on the same data can be compared");
  subject.history = std::make_shared<const std::vector<nn::Epoch>>(run.session().history());
  subject.inputs_of = [prepared = subject.prepared](const nn::Matrix& rows) { return data::model_inputs(*prepared, rows); };
  keep(state, std::move(subject));
}

void open_second(State& state, const std::filesystem::path& run) {
  const std::filesystem::path data_folder = state.desk.data_folder();
  start_loading(
      state, "compare with " + run.filename().string(),
      [run, data_folder]() -> std::shared_ptr<Workbench> { return Workbench::open(run, data_folder); }, {}, true);
}

}  // namespace viz
