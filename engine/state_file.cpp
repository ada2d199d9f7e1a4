// A training state as named tensors. Numbers that come alone are texts in the metadata, so that any tool shows them.
#include <algorithm>
#include <limits>
#include <span>
#include <stdexcept>

#include "engine/file.h"
#include "engine/save.h"
#include "engine/text.h"

namespace nn {

namespace {

constexpr std::string_view version = "1";

[[noreturn]] void fail(const std::string& who, const std::string& what) { throw std::runtime_error(who + ": " + what); }

// Every number of a snapshot that comes alone, under its name. Writing and reading go through this one list.
template <class SomeState, class SomeTraining, class Visit>
void visit_numbers(SomeState& s, SomeTraining& t, Visit visit) {
  visit("step", s.step), visit("epoch", s.epoch), visit("position", s.position), visit("updates", s.updates);
  visit("best_loss", s.best_loss), visit("epochs_since_best", s.epochs_since_best), visit("history", s.history);
  visit("train.loss", t.loss, loss_names), visit("train.optimizer", t.optimizer, update_names);
  visit("train.rate", t.rate), visit("train.batch", t.batch), visit("train.shuffle", t.shuffle, order_names);
  visit("train.l1", t.l1), visit("train.l2", t.l2), visit("train.clip", t.clip), visit("train.momentum", t.momentum);
  visit("train.beta1", t.beta1), visit("train.beta2", t.beta2), visit("train.epsilon", t.epsilon), visit("train.decay", t.decay);
  visit("train.schedule", t.schedule, schedule_names), visit("train.schedule_epochs", t.schedule_epochs);
  visit("train.schedule_factor", t.schedule_factor), visit("train.epochs", t.epochs), visit("train.seconds", t.seconds);
  visit("train.target_loss", t.target_loss), visit("train.patience", t.patience);
}

struct Write {
  std::map<std::string, std::string>& metadata;
  void operator()(const char* name, Index value) { metadata[name] = std::to_string(value); }
  void operator()(const char* name, double value) { metadata[name] = number_text(value); }
  template <class Choice>
  void operator()(const char* name, Choice value, std::span<const std::string_view> names) {
    metadata[name] = names[std::size_t(value)];
  }
};

struct Read {
  const std::map<std::string, std::string>& metadata;
  const std::string& who;
  const std::string& text(const char* name) {
    const auto found = metadata.find(name);
    if (found == metadata.end()) fail(who, "the metadata say nothing of '" + std::string(name) + "'");
    return found->second;
  }
  [[noreturn]] void wrong(const char* name) { fail(who, "'" + std::string(name) + "' can't be '" + text(name) + "'"); }
  void operator()(const char* name, double& value) {
    const auto x = number(text(name));
    if (!x) wrong(name);
    value = *x;
  }
  void operator()(const char* name, Index& value) {
    const auto x = number(text(name));
    if (!x || !(*x >= 0 && *x <= 0x1p53) || *x != double(Index(*x))) wrong(name);
    value = Index(*x);
  }
  template <class Choice>
  void operator()(const char* name, Choice& value, std::span<const std::string_view> names) {
    const auto found = std::find(names.begin(), names.end(), text(name));
    if (found == names.end()) wrong(name);
    value = Choice(found - names.begin());
  }
};

Tensor tensor_of(std::string name, const Generator& random) {
  return {std::move(name), {4}, std::vector<std::uint64_t>(random.state.begin(), random.state.end())};
}

const Tensor& tensor_named(const Tensors& tensors, const std::string& name, const std::string& who) {
  if (const Tensor* found = tensors.find(name)) return *found;
  fail(who, "there is no tensor '" + name + "'");
}

// Numbers of a tensor, of type T, `count` of them.
template <class T>
const std::vector<T>& numbers_of(const Tensor& tensor, std::size_t count, const std::string& who) {
  const auto* numbers = std::get_if<std::vector<T>>(&tensor.numbers);
  if (!numbers) fail(who, "tensor '" + tensor.name + "' has numbers of type " + std::string(type_of(tensor).safetensors));
  if (numbers->size() != count)
    fail(who, "tensor '" + tensor.name + "' has the shape " + shape_text(tensor.shape) + ", not " + std::to_string(count) + " numbers");
  return *numbers;
}

void read(Generator& random, const Tensors& state, const std::string& name, const std::string& who) {
  const auto& numbers = numbers_of<std::uint64_t>(tensor_named(state, name, who), random.state.size(), who);
  std::copy(numbers.begin(), numbers.end(), random.state.begin());
}

void read(View into, const Tensor& tensor, const std::string& who) {
  const auto& numbers = numbers_of<Real>(tensor, std::size_t(into.rows * into.columns), who);
  std::copy(numbers.begin(), numbers.end(), into.data);  // views of parameters are dense
}

// Parameters come from programs, so one is recorded that has these and nothing else.
Parameters parameters_like(const Tensors& model, const std::string& who) {
  Tape tape;
  for (const Tensor& t : model.list) {
    if (t.shape.empty() || t.numbers.index() != Numbers(std::vector<Real>()).index() || count_of(t.shape, who) == 0)
      fail(who, "tensor '" + t.name + "' of shape " + shape_text(t.shape) + " and type " + std::string(type_of(t).safetensors) +
                    " is no parameter of this program");
    tape.parameter(t.name, t.shape[0], Index(count_of(t.shape, who)) / t.shape[0], t.shape);
  }
  return Parameters(tape.program());
}

// The part of a matrix in the layout of the parameters that belongs to one of them.
View part(Matrix& all, const Parameter& p) { return {all.data() + p.offset, p.rows, p.columns, p.columns}; }
ConstView part(const Matrix& all, const Parameter& p) { return {all.data() + p.offset, p.rows, p.columns, p.columns}; }

}  // namespace

Tensors model_tensors(const Parameters& parameters) {
  Tensors tensors;
  for (std::size_t i = 0; i < parameters.list().size(); i++)
    tensors.list.push_back(nn::tensor_of(parameters.list()[i].name, parameters.list()[i].tensor, parameters[i]));
  return tensors;
}

Tensors state_tensors(const Snapshot& snapshot) {
  const State& state = snapshot.state;
  Tensors tensors;
  tensors.metadata["version"] = version;
  visit_numbers(state, snapshot.training, Write{tensors.metadata});
  tensors.list = {tensor_of("random.order", state.order_random), tensor_of("random.masks", state.mask_random),
                  tensor_of("random.augmentation", state.augment_random)};
  if (!state.order.empty()) tensors.list.push_back({"order", {Index(state.order.size())}, state.order});
  for (std::size_t k = 0; k < state.moments.size(); k++)
    if (state.moments[k].size() > 0)
      for (const Parameter& p : state.parameters.list())
        tensors.list.push_back(nn::tensor_of("moment" + std::to_string(k + 1) + "." + p.name, p.tensor, part(state.moments[k], p)));
  for (std::size_t i = 0; i < state.carried.size(); i++) {
    const ConstView x = state.carried[i];
    tensors.list.push_back(nn::tensor_of("carried" + std::to_string(i + 1), {x.rows, x.columns}, x));
  }
  return tensors;
}

Snapshot snapshot_from(const Tensors& model, const Tensors& state, const std::string& who) {
  const auto found = state.metadata.find("version");
  if (found == state.metadata.end() || found->second != version)
    fail(who, "the state is of version " + (found == state.metadata.end() ? "none" : found->second) + ", and this program reads version " +
                  std::string(version));
  Snapshot snapshot;
  State& s = snapshot.state;
  visit_numbers(s, snapshot.training, Read{state.metadata, who});
  if (snapshot.training.batch < 1) fail(who, "a batch of 0 examples");
  read(s.order_random, state, "random.order", who);
  read(s.mask_random, state, "random.masks", who);
  // Files from before there was augmentation have none, and need none.
  if (state.find("random.augmentation")) read(s.augment_random, state, "random.augmentation", who);

  s.parameters = parameters_like(model, who);
  for (std::size_t i = 0; i < s.parameters.list().size(); i++) read(s.parameters[i], model.list[i], who);
  if (const Tensor* order = state.find("order")) s.order = numbers_of<std::uint32_t>(*order, count_of(order->shape, who), who);
  for (std::uint32_t example : s.order)
    if (example >= s.order.size())
      fail(who, "the order names example " + std::to_string(example) + " of " + std::to_string(s.order.size()));
  for (std::size_t i = 0; const Tensor* carried = state.find("carried" + std::to_string(i + 1)); i++) {
    if (carried->shape.size() != 2 || count_of(carried->shape, who) == 0)
      fail(who, "tensor '" + carried->name + "' has the shape " + shape_text(carried->shape) + ", not units x streams");
    s.carried.emplace_back(carried->shape[0], carried->shape[1]);
    read(s.carried.back(), *carried, who);
  }
  for (std::size_t k = 0; k < s.moments.size(); k++) {
    const std::string prefix = "moment" + std::to_string(k + 1) + ".";
    if (s.parameters.list().empty() || !state.find(prefix + s.parameters.list()[0].name)) continue;
    s.moments[k] = Matrix(1, s.parameters.numbers.columns());
    for (const Parameter& p : s.parameters.list()) read(part(s.moments[k], p), tensor_named(state, prefix + p.name, who), who);
  }
  return snapshot;
}

std::string snapshot_bytes(const Snapshot& snapshot) {
  Tensors all = model_tensors(snapshot.state.parameters), state = state_tensors(snapshot);
  all.list.insert(all.list.end(), state.list.begin(), state.list.end());
  all.metadata = state.metadata;
  return safetensors(all);
}

Snapshot parse_snapshot(std::string_view bytes, const std::string& who) {
  Tensors model, state, all = parse_safetensors(bytes, who);
  state.metadata = all.metadata;
  for (Tensor& t : all.list) {
    const bool of_state =
        t.name.starts_with("moment") || t.name.starts_with("random.") || t.name.starts_with("carried") || t.name == "order";
    (of_state ? state : model).list.push_back(std::move(t));
  }
  return snapshot_from(model, state, who);
}

Parameters load_weights(const std::filesystem::path& file, const Parameters& model) {
  const std::string who = file.string();
  const Tensors tensors = parse_safetensors(read_file(file, std::numeric_limits<std::size_t>::max()), who);
  Parameters parameters = model;
  for (std::size_t i = 0; i < model.list().size(); i++) {
    const Parameter& p = model.list()[i];
    const Tensor* found = tensors.find(p.name);
    if (!found) fail(who, "the model has a parameter '" + p.name + "' " + shape_text(p.tensor) + ", and the file has none of that name");
    if (found->shape != p.tensor)
      fail(who, "parameter '" + p.name + "' is " + shape_text(found->shape) + " in the file but " + shape_text(p.tensor) + " in the model");
    read(parameters[i], *found, who);
  }
  for (const Tensor& t : tensors.list)
    if (std::none_of(model.list().begin(), model.list().end(), [&](const Parameter& p) { return p.name == t.name; }))
      fail(who, "the file has a parameter '" + t.name + "' " + shape_text(t.shape) + ", and the model has none of that name");
  return parameters;
}

}  // namespace nn
