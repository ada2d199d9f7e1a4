// The time line: training from its start to now, with the snapshots that can be gone back to; and the line of words at the bottom.
#include <algorithm>
#include <cmath>

#include "viz/app/parts.h"
#include "viz/figure.h"
#include "viz/loss_units.h"
#include "viz/text.h"

namespace viz {

void draw_time_line(State& state, Widgets& ui, Box box) {
  const Theme& theme = ui.theme();
  ui.scene().add(Rect{.box = box, .fill = theme.panel});
  Box row = box.inset(12, 3);
  const std::vector<nn::Index> moments = state.desk.moments();
  const nn::Index newest = moments.back(), shown = state.desk.shown()->state.step;
  const bool back = state.desk.looking_back();
  ui.words({row.x, row.center().y + 4}, "Time", 40, "Drag to look at an earlier moment. Training goes on from there when you press Play.",
           true);
  row.cut_left(46);
  ui.button("newest", row.cut_right(76), "Newest", "Back to the newest moment. (End)", [&state] { state.desk.look_at_newest(); },
            {.selected = !back, .enabled = back});
  row.cut_right(10);
  ui.words({row.right(), row.center().y + 4}, "step " + count_words(shown), 110, "", back, Anchor::end);
  row.cut_right(112);
  // Tracks are drawn here, not by slider(): each snapshot is a mark on it.
  const double y = row.center().y, width = row.width;
  const auto x_of = [&](nn::Index step) { return row.x + width * (newest > 0 ? double(step) / double(newest) : 1.0); };
  ui.scene().add(Rect{.box = {row.x, y - 2, width, 4}, .radius = 2, .fill = theme.line});
  ui.scene().add(Rect{.box = {row.x, y - 2, x_of(shown) - row.x, 4}, .radius = 2, .fill = theme.accent});
  double last = -10;
  for (const nn::Index step : moments)
    if (const double x = x_of(step); x - last >= 4) ui.scene().add_line({x, y + 4}, {x, y + 7}, theme.muted, 1), last = x;
  ui.scene().add(Circle{.center = {x_of(shown), y}, .radius = 7, .fill = {255, 255, 255}, .stroke = theme.accent, .line_width = 2});
  ui.area("time", row,
          "Drag to look at an earlier moment: " + count_words(std::ssize(moments)) + " are kept. Play goes on from the one that is shown.",
          [&state, row, newest](const Event& event) {
            const auto go = [&](double x) {
              state.desk.look_at(nn::Index(std::lround(std::clamp((x - row.x) / row.width, 0.0, 1.0) * double(newest))));
            };
            if (const auto* down = std::get_if<PointerDown>(&event)) return go(down->at.x), true;
            if (const auto* moved = std::get_if<PointerMoved>(&event); moved && state.interaction.pressed() == "time")
              return go(moved->at.x), true;
            if (const auto* key = std::get_if<KeyDown>(&event)) {
              const std::vector<nn::Index> all = state.desk.moments();
              const nn::Index now = state.desk.shown()->state.step;
              const auto at = std::ranges::lower_bound(all, now);
              if (key->key == Key::left && at != all.begin()) return state.desk.look_at(*(at - 1)), true;
              if (key->key == Key::right && at != all.end() && at + 1 != all.end()) return state.desk.look_at(*(at + 1)), true;
              if (key->key == Key::home) return state.desk.look_at(0), true;
              if (key->key == Key::end) return state.desk.look_at_newest(), true;
            }
            return false;
          });
}

std::optional<nn::Epoch> figures_of(State& state) {
  if (const auto measured = state.desk.measured()) return measured;
  const Subject& subject = state.subject();
  const std::size_t lines = nn::lines_at(*subject.history, subject.snapshot->state.step);
  return lines > 0 ? std::optional((*subject.history)[lines - 1]) : std::nullopt;
}

namespace {

// How many weights, biases not counted, are 0.
struct Zeros {
  nn::Index zero = 0, all = 0;
};
Zeros zeros_of(const nn::Parameters& parameters) {
  Zeros zeros;
  for (const nn::Parameter& p : parameters.list()) {
    if (!p.is_weight()) continue;
    const nn::ConstView w = parameters[parameters.find(p.name)];
    for (nn::Index i = 0; i < w.rows; i++)
      for (nn::Index j = 0; j < w.columns; j++) zeros.zero += w(i, j) == 0;
    zeros.all += w.rows * w.columns;
  }
  return zeros;
}

// "Train loss 0.0481   Test loss 0.0523   Accuracy 98.4 % (test 97.2 %)"
void draw_figures(State& state, Widgets& ui, Box& row) {
  const std::optional<nn::Epoch> last = figures_of(state);
  if (!last) return;
  const auto words = [&](const std::string& label, const std::string& figure, const std::string& tip) {
    if (row.width < 120) return;
    ui.words({row.x, row.center().y + 4}, label, row.width, tip);
    row.cut_left(text_width(label, 13) + 6);
    ui.words({row.x, row.center().y + 4}, figure, row.width, tip, true);
    row.cut_left(text_width(figure, 13, Font::bold) + 20);
  };
  const auto write = [&](const std::string& label, double value, const char* format, const std::string& tip) {
    if (!std::isfinite(value)) return;
    char number[32];
    std::snprintf(number, sizeof number, format, value);
    words(label, number, tip);
  };
  write("Train loss", last->train_loss, "%.3f", "The mean loss over all training examples; while it trains, after the last whole epoch.");
  write("Test loss", last->test_loss, "%.3f", "The mean loss over all test examples, which never train.");
  const data::Dataset& set = state.desk.prepared().set;
  if (const std::string each = each_symbol(set); !each.empty()) {
    write("Bits" + each, in_unit(last->test_loss, LossUnit::bits), "%.3f",
          "The test loss divided by log 2: what one symbol more costs to write down.");
    write("Perplexity", in_unit(last->test_loss, LossUnit::perplexity), "%.2f",
          "e to the test loss: among how many symbols, all as likely, one would be as unsure.");
  }
  write("Train accuracy", 100 * last->train_accuracy, "%.1f %%", "The share of training examples whose class is right.");
  write("Test accuracy", 100 * last->test_accuracy, "%.1f %%", "The share of test examples whose class is right.");
  const auto now = state.subject().snapshot;
  if (now->training.l1 <= 0) return;
  const Zeros zeros = zeros_of(now->state.parameters);
  words("Weights at 0", std::to_string(zeros.zero) + " of " + std::to_string(zeros.all),
        "L1 takes a weight to exactly 0 where its pull is stronger than that of the loss. Where all of a layer are gone, nothing passes: a "
        "smaller regularization rate keeps more.");
}

}  // namespace

void draw_status(State& state, Widgets& ui, Box box) {
  const Theme& theme = ui.theme();
  const std::string stopped = state.desk.stopped();
  const bool alarm = state.desk.diverged() || (state.failed && state.seconds < state.message_until);
  ui.scene().add(Rect{.box = box, .fill = alarm ? theme.warning : theme.panel});
  ui.scene().add_line({box.x, box.y}, {box.right(), box.y}, theme.line, 1);
  Box row = box.inset(12, 0);
  std::string words;
  if (state.seconds < state.message_until)
    words = state.message;
  else if (!stopped.empty())
    words = stopped;
  if (words.empty()) return draw_figures(state, ui, row);
  const Color ink = alarm ? (contrast(theme.warning, {255, 255, 255}) > 4.5 ? Color{255, 255, 255} : Color{0, 0, 0}) : theme.text;
  ui.scene().add(Text{.at = {row.x, row.center().y + 4.5},
                      .string = shortened(words, 12.5, row.width, Font::bold),
                      .size = 12.5,
                      .color = ink,
                      .font = Font::bold,
                      .id = "message",
                      .tip = words});
}

}  // namespace viz
