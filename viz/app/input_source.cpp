// Bringing pictures before the network, and asking it.
#include "viz/app/input_source.h"

#include <chrono>
#include <stdexcept>

#include "engine/file.h"
#include "viz/answers.h"
#include "viz/app/parts.h"
#include "viz/app/text_source.h"
#include "viz/examples.h"
#include "viz/neurons.h"

namespace viz {

namespace fs = std::filesystem;

namespace {

using Kind = InputSource::Kind;

constexpr double pad_side = 280;
constexpr Color pen_colors[] = {{0x11, 0x11, 0x11}, {0xff, 0xff, 0xff}, {0xd6, 0x2f, 0x2f}, {0xee, 0x8a, 0x1e},
                                {0xf2, 0xd0, 0x24}, {0x2f, 0x9e, 0x44}, {0x1f, 0x6f, 0xd6}, {0x7a, 0x3f, 0xb5}};

double milliseconds_now() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void ask(State& state, double since) {
  InputSource& in = *state.input;
  Study study = state.subject().study();
  study.given = state.given && state.given->row.columns() == study.set.inputs.columns() ? state.given.get() : nullptr;
  const nn::Matrix row = chosen_example(study);
  in.answered_by = state.subject().snapshot, in.answer_to = state.given, in.answered_example = state.subject().example;
  in.answer.clear();
  if (study.set.classification()) {
    const nn::Matrix shares = shares_of(study, row);
    in.answer.assign(shares.data(), shares.data() + shares.size());
  } else {
    const Activations values(study, study.inputs_of(row));
    for (nn::Index k = 0; k < values.output().rows; k++) in.answer.push_back(values.output()(k, 0));
  }
  in.milliseconds = milliseconds_now() - since;
}

void look_at(State& state, const data::Pixels& pixels, const Bringing& how, const std::string& words, double since) {
  state.given = std::make_shared<const Given>(Given{brought(pixels, state.input->habit, how), words});
  ask(state, since);
}

Pad fresh_pad(const PictureHabit& habit) {
  const double scale = pad_side / double(std::max(habit.shape.width, habit.shape.height));
  const bool dark_ground = habit.dark_ground && habit.shape.channels == 1;
  return Pad(std::max(1, int(double(habit.shape.width) * scale)), std::max(1, int(double(habit.shape.height) * scale)),
             dark_ground ? Color{0, 0, 0} : Color{255, 255, 255});
}

void finish_reading(State& state) {
  InputSource& in = *state.input;
  const double since = milliseconds_now();
  InputSource::File file = in.reading.get();  // throws what went wrong
  if (in.kind != Kind::file) return;
  in.swap = is_swapped(file.pixels, in.habit);
  in.file = std::move(file);
  look_at(state, in.file->pixels, {.swap = in.swap}, in.file->name, since);
}

bool is_read(const InputSource& in) {
  return in.reading.valid() && in.reading.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

}  // namespace

InputSource& input_source(State& state) {
  if (!state.input) state.input = std::make_unique<InputSource>();
  InputSource& in = *state.input;
  const auto prepared = state.desk.shared_prepared();
  if (in.of == prepared) return in;
  const bool other = !in.of || in.of->set.shape != prepared->set.shape || in.of->set.class_names != prepared->set.class_names;
  in.of = prepared;
  if (other) show_data(state), in.pad.reset(), in.file.reset();
  if (!are_pictures(prepared->set)) return in;
  in.habit = habit_of(prepared->set, "input");
  if (!in.pad) {
    in.pad = fresh_pad(in.habit);
    in.centre = in.habit.shape.channels == 1 && in.habit.dark_ground;
  }
  return in;
}

void show_data(State& state) {
  state.given.reset();
  state.given_text.reset();
  if (state.text) state.text->kind = TextSource::Kind::data;
  if (!state.input) return;
  state.input->kind = Kind::data;
  state.input->camera.reset();
  state.input->drawing = false;
}

void choose_source(State& state, Kind kind) {
  InputSource& in = input_source(state);
  if (kind == in.kind) return;
  show_data(state);
  in.kind = kind;
  if (kind == Kind::pad) pad_changed(state);
  if (kind == Kind::file && in.file) file_changed(state);
}

void pen_down(State& state, Point at, bool eraser) {
  InputSource& in = input_source(state);
  const Color ink = in.habit.shape.channels == 3         ? pen_colors[in.pen_color]
                    : in.pad->ground() == Color{0, 0, 0} ? Color{255, 255, 255}
                                                         : Color{0, 0, 0};
  in.pad->begin(at, {in.pen_width * (eraser ? 1.5 : 1), ink, eraser});  // so that it takes the edges too
  in.drawing = true;
  pad_changed(state);
}

void pen_to(State& state, Point at) {
  state.input->pad->go_on(at);
  pad_changed(state);
}

void pad_changed(State& state) {
  const double since = milliseconds_now();
  InputSource& in = *state.input;
  look_at(state, in.pad->pixels(), {.centre = in.centre && in.habit.shape.channels == 1}, "your drawing", since);
}

void file_changed(State& state) {
  const double since = milliseconds_now();
  InputSource& in = *state.input;
  if (in.kind == Kind::file && in.file) look_at(state, in.file->pixels, {.swap = in.swap}, in.file->name, since);
  if (in.kind == Kind::camera && in.frame) look_at(state, *in.frame, {.swap = in.swap}, "the camera", since);
}

void look_at_file(State& state, const fs::path& file) {
  InputSource& in = input_source(state);
  habit_of(in.of->set, "input");  // says where no picture fits
  if (!fs::is_regular_file(file)) throw std::invalid_argument(file.string() + " is not a file that is there");
  show_data(state);
  in.kind = Kind::file;
  in.reading = std::async(std::launch::async, [file] {
    return InputSource::File{data::decode_picture(nn::read_file(file, std::size_t(1) << 30), file.string()), file.filename().string()};
  });
  // Most are there at once.
  if (in.reading.wait_for(std::chrono::milliseconds(60)) != std::future_status::ready) return;
  try {
    finish_reading(state);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(error.what());
  }
}

void start_camera(State& state, const fs::path& source) {
  InputSource& in = input_source(state);
  in.camera.reset();
  in.frame.reset(), in.frozen = false, in.camera_problem.clear(), in.camera_name = source.string();
  try {
    in.camera = std::make_unique<Camera>(source);
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(error.what());
  }
}

bool look_at_camera(State& state) {
  if (!state.input) return false;
  InputSource& in = *state.input;
  if (is_read(in)) return state.attempt([&] { finish_reading(state); }), true;
  if (!in.camera) return false;
  const double since = milliseconds_now();
  const Camera::Look look = in.camera->look();
  if (!look.problem.empty()) {
    in.camera_problem = look.problem;
    in.camera.reset();
    state.complain(look.problem);
    return true;
  }
  if (in.frozen || look.frame == in.frame) return false;
  if (!in.frame) in.swap = is_swapped(*look.frame, in.habit);
  in.frame = look.frame;
  state.attempt([&] { look_at(state, *in.frame, {.swap = in.swap}, "the camera", since); });
  return true;
}

void bring_answer_up_to_date(State& state) {
  InputSource& in = input_source(state);
  const Subject& now = state.subject();
  if (in.answered_by == now.snapshot && in.answer_to == state.given && in.answered_example == now.example) return;
  state.attempt([&] { ask(state, milliseconds_now()); });
}

}  // namespace viz
