// What lasts while the window is open.
#include "viz/app/state.h"

#include <algorithm>
#include <deque>
#include <mutex>

#include "viz/app/input_source.h"
#include "viz/app/loading.h"
#include "viz/app/parts.h"
#include "viz/app/second.h"
#include "viz/app/text_source.h"
#include "viz/text_memory.h"

namespace viz {

namespace {

Panes panes_of(Workbench& bench) {
  const std::vector<std::string>& named = bench.experiment().panes;
  return Panes(named.empty() ? usual_panes(bench.study()) : named);
}

// Views ask for the inputs of the same points of the plane again and again: the last few answers are kept.
std::function<nn::Matrix(const nn::Matrix&)> remembering(std::shared_ptr<const data::Prepared> prepared) {
  struct Memory {
    std::mutex mutex;
    std::deque<std::pair<nn::Matrix, nn::Matrix>> answers;
  };
  const auto same = [](const nn::Matrix& a, const nn::Matrix& b) {
    return a.rows() == b.rows() && a.columns() == b.columns() && std::equal(a.data(), a.data() + a.rows() * a.columns(), b.data());
  };
  return [prepared, same, memory = std::make_shared<Memory>()](const nn::Matrix& rows) {
    constexpr std::size_t kept = 24;
    constexpr nn::Index largest = 100000;  // numbers
    if (rows.rows() * rows.columns() > largest) return data::model_inputs(*prepared, rows);
    const std::lock_guard lock(memory->mutex);
    for (const auto& [asked, answer] : memory->answers)
      if (same(asked, rows)) return answer;
    memory->answers.emplace_front(rows, data::model_inputs(*prepared, rows));
    if (memory->answers.size() > kept) memory->answers.pop_back();
    return memory->answers.front().second;
  };
}

}  // namespace

State::State(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder, std::filesystem::path given_home)
    : desk(bench, std::move(data_folder)), panes(panes_of(*bench)), home(std::move(given_home)), folder(std::filesystem::current_path()) {
  desk.restart_elsewhere = [this](const data::Experiment& e, const std::string& what) { open_experiment(*this, e, what); };
  style.scale = scale_named(desk.experiment().palette);
  scale = desk.experiment().scale;
}

State::~State() = default;

void State::forget_chosen() {
  example = 0;
  show_data(*this);
  shared.clear();
  hovered.clear();
  card.reset();
  neuron_layer = neuron_unit = 1;
}

void State::say(const std::string& words) {
  message = words;
  failed = false;
  message_until = seconds + 5;
}

void State::complain(const std::string& words) {
  message = words;
  failed = true;
  message_until = seconds + 8;
}

void State::attempt(const std::function<void()>& work) {
  try {
    work();
  } catch (const std::exception& error) {
    complain(error.what());
  }
}

void State::refresh() {
  if (card && !desk.has(card->name, card->row, card->column)) card.reset();  // its neuron was taken away
  // Whoever computes in the background keeps the history that it began with; else it is brought up to date in place.
  std::shared_ptr<const std::vector<nn::Epoch>> before = std::move(now_.history);
  auto lines = std::const_pointer_cast<std::vector<nn::Epoch>>(before);
  before.reset();
  if (!lines || lines.use_count() > 1)
    lines = lines ? std::make_shared<std::vector<nn::Epoch>>(*lines) : std::make_shared<std::vector<nn::Epoch>>();
  desk.bench().session().update(*lines);
  const auto prepared = desk.shared_prepared();
  if (prepared != now_.prepared) now_.inputs_of = remembering(prepared);
  const auto& learned = prepared->set.text;
  const auto read = given_text && learned && given_text->symbols == learned->symbols ? given_text : nullptr;
  const bool other = prepared != now_.prepared || desk.shown() != now_.snapshot;
  if (other) now_.answers = std::make_shared<AnswerMemory>();
  if (other || read != now_.given_text) now_.text_memory = std::make_shared<TextMemory>();
  now_.given_text = read;
  now_.second = second && reads_same_data(*second, prepared->set) ? second : nullptr;
  now_.about = desk.experiment().about;
  now_.prepared = prepared;
  now_.snapshot = desk.shown();
  now_.bench = desk.shared_bench();
  now_.given = given && given->row.columns() == prepared->set.inputs.columns() ? given : nullptr;
  now_.history = std::move(lines);
  now_.example = std::clamp<nn::Index>(example, 0, std::max<nn::Index>(0, prepared->set.examples() - 1));
}

bool State::shows(std::string_view control) {
  const std::vector<std::string>& controls = desk.experiment().controls;
  return controls.empty() || std::ranges::find(controls, control) != controls.end();
}

nn::Index State::examples() { return desk.prepared().set.examples(); }

}  // namespace viz
