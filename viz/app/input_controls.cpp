// The pane "input": tabs for the sources, the drawing pad, the controls of each source, and the network's answer.
#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/app/input_source.h"
#include "viz/app/parts.h"
#include "viz/app/text_source.h"
#include "viz/examples.h"
#include "viz/text.h"

namespace viz {

namespace {

using Kind = InputSource::Kind;

constexpr double row = 28, space = 6;

Box next_row(Box& rest, double height = row) {
  const Box line = rest.cut_top(height);
  rest.cut_top(space);
  return line;
}

// What pointer and keys do on the pad. Places beside it are handed on: a stroke may leave and come back.
bool pad_event(State& state, Box canvas, const Event& event) {
  InputSource& in = input_source(state);
  const auto on_pad = [&](Point p) {
    return Point{(p.x - canvas.x) / canvas.width * in.pad->pixels().width, (p.y - canvas.y) / canvas.height * in.pad->pixels().height};
  };
  if (const auto* down = std::get_if<PointerDown>(&event)) {
    if (in.drawing || down->button == Button::middle) return true;
    return pen_down(state, on_pad(down->at), in.eraser || down->button == Button::right), true;
  }
  if (const auto* moved = std::get_if<PointerMoved>(&event)) {
    if (in.drawing) pen_to(state, on_pad(moved->at));
    return in.drawing;
  }
  if (std::holds_alternative<PointerUp>(event) || std::holds_alternative<FocusLost>(event)) return in.drawing = false, true;
  const auto* key = std::get_if<KeyDown>(&event);
  if (!key || key->with.alt) return false;
  const bool undo = key->letter == (key->with.control ? 'z' : 'u');
  if (undo) return in.pad->undo(), pad_changed(state), true;
  if (key->with.control) return false;
  if (key->key == Key::erase || key->key == Key::backspace) return in.pad->clear(), pad_changed(state), true;
  if (key->letter == 'x') return in.eraser = !in.eraser, true;
  if (key->letter == '[' || key->letter == ']')
    return in.pen_width = std::clamp(in.pen_width + (key->letter == ']' ? 4 : -4), 6.0, 60.0), true;
  return false;
}

void draw_pad(State& state, Widgets& ui, Box room) {
  InputSource& in = *state.input;
  const data::Pixels& pixels = in.pad->pixels();
  const double scale = std::min(room.width / pixels.width, room.height / pixels.height);
  const Box canvas{std::round(room.center().x - scale * pixels.width / 2), std::round(room.center().y - scale * pixels.height / 2),
                   scale * pixels.width, scale * pixels.height};
  ui.scene().add(Image{.box = canvas, .width = pixels.width, .height = pixels.height, .rgba = pixels.rgba, .smooth = true, .id = "canvas"});
  ui.scene().add(Rect{.box = canvas, .stroke = ui.theme().line});
  if (in.pad->empty()) add_centered(ui.scene(), canvas.inset(8), "Draw here", mix(ink_on(in.pad->ground()), in.pad->ground(), 0.35), 15);
  ui.area(
      "pad", canvas, "", [&state, canvas](const Event& event) { return pad_event(state, canvas, event); }, true);
}

void draw_pad_tools(State& state, Widgets& ui, Box& rest) {
  InputSource& in = *state.input;
  const auto halves = [](Box line) { return std::pair{line.left(line.width / 2 - 3), line.right(line.width / 2 - 3)}; };
  const auto [pen, eraser] = halves(next_row(rest));
  ui.button("pen", pen, "Pen", "Draws.", [&in] { in.eraser = false; }, {.selected = !in.eraser});
  ui.button("eraser", eraser, "Eraser", "Rubs out; so does the right button. (X)", [&in] { in.eraser = true; }, {.selected = in.eraser});
  const auto [undo, clear] = halves(next_row(rest));
  ui.button("pad_undo", undo, "Undo", "Takes the last stroke back. (U)", [&state, &in] { in.pad->undo(), pad_changed(state); },
            {.icon = Icon::undo, .enabled = in.pad->can_undo()});
  ui.button("pad_clear", clear, "Clear", "An empty pad. (Delete)", [&state, &in] { in.pad->clear(), pad_changed(state); },
            {.icon = Icon::close});
  if (rest.height >= 42)
    ui.slider("pen_width", next_row(rest, 38), "Pen width", "How broad the pen and the eraser are. ([ and ])", {6, 60, {}}, in.pen_width,
              std::to_string(int(in.pen_width)), [&in](double v) { in.pen_width = std::clamp(v, 2.0, 120.0); });
  if (in.habit.shape.channels == 3 && rest.height >= row)
    ui.menu("pen_color", next_row(rest), "", "The colour of the pen.",
            {"black", "white", "red", "orange", "yellow", "green", "blue", "violet"}, std::size_t(in.pen_color),
            [&in](std::size_t i) { in.pen_color = int(i); });
  if (in.habit.shape.channels == 1 && rest.height >= row)
    ui.toggle("centre", next_row(rest, 24), "Centre", "Brings the drawing to the size and the place that the data's pictures have.",
              in.centre, [&state, &in](bool on) { in.centre = on, pad_changed(state); });
}

void draw_swap(State& state, Widgets& ui, Box& rest) {
  InputSource& in = *state.input;
  if (in.habit.shape.channels != 1 || rest.height < 24) return;
  ui.toggle("swap", next_row(rest, 24), "Swap light and dark", "For dark ink on white paper, where the data are light on dark.", in.swap,
            [&state, &in](bool on) { in.swap = on, file_changed(state); });
}

void draw_file(State& state, Widgets& ui, Box& rest) {
  InputSource& in = *state.input;
  ui.button("choose_picture", next_row(rest), "Open a picture...", "A PNG or JPEG file.",
            [&state] { state.dialog = State::Dialog::picture; });
  ui.field("picture_path", next_row(rest, 46), "or its path", "Enter looks at it.", "",
           [&state](const std::string& text) { look_at_file(state, text); });
  if (in.file) draw_swap(state, ui, rest);
}

void draw_camera(State& state, Widgets& ui, Box& rest) {
  InputSource& in = *state.input;
  const std::string usual = !in.camera_name.empty() ? in.camera_name : first_camera().string();
  ui.field("camera_path", next_row(rest, 46), "Device or folder",
           "A camera such as /dev/video0, or a folder of PNG and JPEG pictures that are shown ten a second. Enter starts it.", usual,
           [&state](const std::string& text) { start_camera(state, text); });
  const Box line = next_row(rest);
  if (in.camera)
    ui.button("camera", line, "Stop", "The last picture stays.", [&in] { in.camera.reset(); });
  else
    ui.button("camera", line, "Start", usual.empty() ? "No camera is attached: name a folder of pictures." : "Looks at " + usual + ".",
              [&state, usual] { state.attempt([&] { start_camera(state, usual); }); }, {.icon = Icon::camera, .enabled = !usual.empty()});
  if (rest.height >= 24)
    ui.toggle(
        "freeze", next_row(rest, 24), "Freeze", "Keeps this picture while the camera goes on.", in.frozen,
        [&in](bool on) { in.frozen = on; }, in.camera != nullptr);
  if (in.frame) draw_swap(state, ui, rest);
  const std::string words = !in.camera_problem.empty()    ? in.camera_problem
                            : usual.empty() && !in.camera ? "No camera is attached; name a folder of pictures."
                                                          : "";
  const Scene text = paragraph(words, 11, std::max(60.0, rest.width), in.camera_problem.empty() ? ui.theme().muted : ui.theme().warning);
  if (words.empty() || text.box.height > rest.height) return;
  ui.scene().append(text, {rest.x, rest.y});
  rest.cut_top(text.box.height + space);
}

void draw_data(State& state, Widgets& ui, Box& rest) {
  const nn::Index count = state.examples();
  Box line = next_row(rest);
  const auto go = [&state, count](nn::Index by) {
    show_data(state);
    if (count > 0) state.example = (state.example + by + count) % count;
  };
  ui.button("previous_example", line.cut_left(34), "", "The example before. (,)", [go] { go(-1); }, {.icon = Icon::minus});
  ui.button("next_example", line.cut_right(34), "", "The next example. (.)", [go] { go(1); }, {.icon = Icon::plus});
  ui.words({line.center().x, line.center().y + 4}, count_words(state.example) + " of " + count_words(count), line.width - 8, "", false,
           Anchor::middle);
}

// The three likeliest classes, or the values, and how long it took.
void draw_answer(State& state, Widgets& ui, Box box) {
  const InputSource& in = *state.input;
  const data::Dataset& set = in.of->set;
  char took[64];
  std::snprintf(took, sizeof took, "classified in %.1f ms", in.milliseconds);
  const Box last = box.cut_bottom(18);
  ui.scene().add(Text{.at = {last.x, last.bottom() - 4},
                      .string = shortened(took, 11, last.width),
                      .size = 11,
                      .color = ui.theme().muted,
                      .id = "latency"});
  if (in.answer.empty()) return;
  const nn::Index classes = std::ssize(in.answer);
  const std::vector<int> first = best(in.answer.data(), classes, 3);
  const Box heading = box.cut_top(22);
  const std::string said = set.classification()
                               ? "Said " + word_at(set.class_names, first[0]) + ", " + percent_words(in.answer[std::size_t(first[0])])
                               : "Said " + number_words(in.answer[0]);
  ui.scene().add(Text{.at = {heading.x, heading.y + 15},
                      .string = shortened(said, 14, heading.width, Font::bold),
                      .size = 14,
                      .color = ui.theme().text,
                      .font = Font::bold,
                      .id = "said"});
  const int truth = state.given || set.labels.empty() ? -1 : set.labels[std::size_t(state.subject().example)];
  if (set.classification()) add_bars(ui.scene(), box, in.answer.data(), first, set.class_names, truth, 18, ui.style());
}

}  // namespace

Box draw_input_controls(State& state, Widgets& ui, const Pane& pane, Box box) {
  if (reads_text(state)) return draw_text_controls(state, ui, pane, box);
  InputSource& in = input_source(state);
  bring_answer_up_to_date(state);
  const bool pictures = are_pictures(in.of->set);
  if (pictures) {
    const bool narrow = box.width < 400;
    const std::vector<std::string> words = narrow ? std::vector<std::string>{"Data", "Pad", "File", "Camera"}
                                                  : std::vector<std::string>{"Data set", "Drawing pad", "Picture file", "Camera"};
    ui.tabs("source:" + std::to_string(pane.id), box.cut_top(28), words, std::size_t(in.kind),
            [&state](std::size_t i) { state.attempt([&] { choose_source(state, Kind(i)); }); });
    box.cut_top(4);
  }
  // Controls and the answer at the right, or below where the pane is high.
  constexpr double answer = 22 + 3 * 18 + 18;
  const bool beside = box.width >= 340;
  Box side = beside ? box.cut_right(std::clamp(box.width * 0.36, 150.0, 240.0)) : box.cut_bottom(std::min(box.height * 0.5, 190.0));
  if (beside) box.cut_right(10);
  side = side.inset(2, 2);
  Box said = beside ? side.cut_bottom(answer) : side.cut_right(side.width / 2 - 5);
  if (!beside) side.cut_right(10);
  draw_answer(state, ui, said);
  if (in.kind == Kind::data) draw_data(state, ui, side);
  if (in.kind == Kind::file) draw_file(state, ui, side);
  if (in.kind == Kind::camera) draw_camera(state, ui, side);
  if (in.kind != Kind::pad) return box;
  draw_pad(state, ui, box.inset(2));
  draw_pad_tools(state, ui, side);
  return beside && side.height >= 60 ? side : Box{side.x, side.y, 0, 0};
}

}  // namespace viz
