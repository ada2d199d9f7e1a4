// The screen, and what is looked for in its picture.
#include "tests/widgets_screen.h"

#include <algorithm>
#include <stdexcept>

#include "viz/text.h"

using namespace viz;

namespace {

const std::vector<double> rates = {0.0001, 0.001, 0.01, 0.03, 0.1, 0.3, 1};

Color over(Color below, Color above) {
  Color mixed = mix(below, {above.r, above.g, above.b}, above.a / 255.0);
  mixed.a = 255;
  return mixed;
}

}  // namespace

Screen::Screen(const Theme& theme, double w, double h) : style{.theme = &theme}, width(w), height(h) {
  interaction.paste = [this] { return clipboard; };
  interaction.copy = [this](const std::string& text) { clipboard = text; };
  draw();
  draw();
}

void Screen::draw() {
  interaction.time(now);
  scene = Scene{{0, 0, width, height}, style.theme->background};
  Widgets w(scene, style, interaction);
  const auto count = [this](const std::string& id) { return [this, id] { pressed[id]++; }; };
  scene.add(Rect{.box = {0, 0, width, 50}, .fill = style.theme->header});
  w.ground(style.theme->header);
  w.words({10, 30}, "Heading", 80, "A heading.", true);
  w.words({90, 30}, "Words", 60);
  w.button("play", {150, 10, 80, 28}, "Play", "Train until you stop it.", count("play"), {.icon = Icon::play, .primary = true});
  w.button("undo", {240, 10, 28, 28}, "", "Undo.", count("undo"), {.icon = Icon::undo, .plain = true});
  w.button("row", {280, 10, 80, 28}, "Row of a list", "", count("row"), {.selected = true, .plain = true});
  w.button("gone", {370, 10, 80, 28}, "Disabled", "Nothing to do.", count("gone"), {.enabled = false});
  w.button("plain gone", {460, 10, 80, 28}, "Disabled plain", "", count("gone"), {.enabled = false, .plain = true});
  w.commands("file", {550, 10, 80, 28}, "File", "What to do with files.",
             {{.words = "Open", .key = "Ctrl+O", .press = count("open")},
              {.words = "-"},
              {.words = "Export"},
              {.words = "Save", .key = "Ctrl+S", .tip = "Writes it down.", .press = count("save")},
              {.words = "Disabled entry", .press = count("gone"), .enabled = false},
              {.words = "Dialog", .press = [this] { dialog = true; }, .checked = true}},
             {.plain = true});
  scene.add(Rect{.box = {0, 50, 200, height - 50}, .fill = style.theme->panel});
  w.ground(style.theme->panel);
  w.slider("rate", {10, 60, 180, 42}, "Learning rate", "How far a step goes.", {.stops = rates}, rate, std::to_string(rate),
           [this](double to) {
             if (to < 0) throw std::invalid_argument("rate: " + std::to_string(to) + " is less than 0; choose a number above it");
             rate = to;
           });
  w.slider("noise", {10, 110, 180, 42}, "Noise", "", {0, 0.5}, noise, std::to_string(noise), [this](double to) { noise = to; });
  w.slider(
      "fixed", {10, 160, 180, 42}, "Disabled slider", "", {0, 1}, 0.5, "Disabled 0.5", [](double) {}, false);
  w.menu("word", {10, 210, 180, 46}, "Activation", "What bends it.", {"Linear", "Tanh", "ReLU", "Rectified too", "Sigmoid"}, word,
         [this](std::size_t to) { word = to; });
  w.menu("low", {10, 262, 180, 28}, "Loss", "", {"squared", "cross-entropy"}, 0, [this](std::size_t) { pressed["low"]++; });
  w.toggle("on", {10, 296, 180, 26}, "Show test data", "The others.", on, [this](bool to) { on = to; });
  w.field("name", {10, 328, 180, 46}, "Name", "Of the run.", name, [this](const std::string& to) {
    if (to.empty()) throw std::invalid_argument("name: it must not be empty");
    name = to;
  });
  w.tabs("tabs", {210, 60, 240, 32}, {"Lesson", "Views", "Code"}, tab, [this](std::size_t to) { tab = to; });
  const Box inner = w.scroll_start("list", {210, 100, 240, 150}, 400);
  for (int i = 0; i < 10; i++) {
    const std::string id = "item" + std::to_string(i);
    if (i == 5)
      w.slider("inner", {inner.x, inner.y + 200, inner.width, 38}, "Inner", "", {0, 10}, pressed["inner"], "value",
               [this](double to) { pressed["inner"] = static_cast<int>(to); });
    else if (!short_list || i < 3)
      w.button(id, {inner.x, inner.y + 40 * i, inner.width, 30}, "Item " + std::to_string(i), "Tip of it.", count(id));
  }
  w.scroll_end();
  const auto heard = [this](const Event& event) {
    static const std::vector<std::string> names = {"moved", "left", "down", "up", "wheel", "key", "typed", "resized", "lost", "close"};
    if (seen.size() < 1000) seen.push_back(names[event.index()]);
    return !std::holds_alternative<KeyDown>(event);
  };
  w.area("plot", {470, 60, 300, 200}, "A plot.", heard);
  if (dialog) {
    w.dialog("sure", {250, 200, 300, 160}, [this] { dialog = false; });
    w.field("new name", {270, 220, 260, 46}, "New name", "", "run", [](const std::string&) {});
    w.button("cancel", {270, 310, 90, 28}, "Cancel", "", [this] { dialog = false; });
    w.button("sure.yes", {440, 310, 90, 28}, "Forget", "", count("sure.yes"), {.primary = true});
  }
  w.finish();
}

bool Screen::send(const Event& event) {
  const bool used = interaction.handle(event);
  draw();
  return used;
}

void Screen::type(const std::u32string& characters) {
  for (const char32_t c : characters) {
    if (c >= U'0' && c <= U'9') interaction.handle(KeyDown{Key::letter, static_cast<char>(c)});
    send(Typed{c});
  }
}

void Screen::wait(double seconds) {
  now += seconds;
  draw();
}

Point Screen::at(const std::string& id) const {
  const Widget* widget = interaction.find(id);
  if (!widget || widget->box.width <= 0 || widget->box.height <= 0) throw std::logic_error("nothing to see of '" + id + "'");
  return widget->box.center();
}

bool Screen::shows(const std::string& string) const {
  return std::ranges::any_of(scene.marks, [&](const Mark& mark) {
    const Text* text = std::get_if<Text>(&mark);
    return text && text->string.find(string) != std::string::npos;
  });
}

std::vector<std::string> unreadable(const Scene& scene) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < scene.marks.size(); i++) {
    const Text* text = std::get_if<Text>(&scene.marks[i]);
    if (!text) continue;
    const Point middle = bounds(*text)->center();
    Color ground = scene.background;
    for (std::size_t below = 0; below < i; below++)
      if (const Rect* rect = std::get_if<Rect>(&scene.marks[below]); rect && rect->box.contains(middle)) ground = over(ground, rect->fill);
    const double least = text->string.starts_with("Disabled") ? 3 : 4.5, is = contrast(text->color, ground);
    if (is < least) found.push_back(text->string + " (" + std::to_string(is) + ")");
  }
  return found;
}

int outside(const Scene& scene) {
  int count = 0;
  std::vector<Box> clips = {scene.box};
  for (const Mark& mark : scene.marks) {
    if (const auto* start = std::get_if<ClipStart>(&mark)) clips.push_back(intersection(clips.back(), start->box));
    if (std::holds_alternative<ClipEnd>(mark)) clips.pop_back();
    const auto box = bounds(mark);
    if (!box || clips.size() > 1) continue;
    const double slack = 0.5;
    if (box->x < -slack || box->y < -slack || box->right() > scene.box.right() + slack || box->bottom() > scene.box.bottom() + slack)
      count++;
  }
  return count;
}
