// The panel on the left: which data, how noisy, how they are split, and which inputs the network gets.
#include <algorithm>
#include <cmath>

#include "datasets/catalog.h"
#include "datasets/generators.h"
#include "datasets/kind.h"
#include "engine/text.h"
#include "viz/app/parts.h"
#include "viz/app/suggestions.h"
#include "viz/plane.h"
#include "viz/text.h"

namespace viz {

namespace {

const char* const shipped_sets[] = {"circle", "xor", "gauss", "spiral", "reg-plane", "reg-gauss"};

bool is_generator(const std::string& name) {
  const auto all = data::generators();
  return std::ranges::any_of(all, [&](const auto& g) { return g.name == name; });
}

// Points on a plane, which can be drawn as such.
bool is_plane(const std::string& name) {
  const auto all = data::generators();
  return std::ranges::any_of(all, [&](const auto& g) { return g.name == name && g.inputs() == 2; });
}

// The first 200 points of a set, as the playground's thumbnails: squares in the colours of their targets, `side` pixels in all.
Image thumbnail(const std::string& name, int side, Scale scale) {
  const data::Dataset set = data::generate(name, 200, 0, 0);
  Image image{
      .box = {}, .width = side, .height = side, .rgba = std::vector<uint8_t>(std::size_t(side) * std::size_t(side) * 4), .smooth = true};
  const int dot = std::max(1, side / 40);
  for (nn::Index i = 0; i < set.examples(); i++) {
    const double target = set.classification() ? 2.0 * set.labels[std::size_t(i)] - 1 : double(set.values(i, 0));
    const Color color = color_at(scale, target);
    const int x = int((set.inputs(i, 0) + 6.5) / 13 * side), y = int((6.5 - set.inputs(i, 1)) / 13 * side);
    for (int dy = -dot; dy <= dot; dy++)
      for (int dx = -dot; dx <= dot; dx++) {
        if (x + dx < 0 || x + dx >= side || y + dy < 0 || y + dy >= side) continue;
        uint8_t* pixel = &image.rgba[std::size_t((y + dy) * side + x + dx) * 4];
        pixel[0] = color.r, pixel[1] = color.g, pixel[2] = color.b, pixel[3] = 255;
      }
  }
  return image;
}

const Image& cached_thumbnail(const std::string& name, int side, Scale scale) {
  static std::map<std::tuple<std::string, int, Scale>, Image> all;
  auto [at, fresh] = all.try_emplace({name, side, scale});
  if (fresh) at->second = thumbnail(name, side, scale);
  return at->second;
}

void choose_source(State& state, const std::string& name) {
  const bool plane = is_plane(name), was_plane = data::kind_of(state.desk.prepared().set) == data::Kind::plane;
  data::Experiment after = with_source(state.desk.experiment(), name, plane == was_plane && plane);
  if (!plane) after.features.clear();
  if (!is_generator(name)) after.noise = 0, after.samples = 0;
  open_experiment(state, after, "data " + name);
}

void draw_thumbnails(State& state, Widgets& ui, Box& rest) {
  const double gap = 6, side = (rest.width - 2 * gap) / 3;
  const std::string source = state.desk.experiment().source;
  for (int i = 0; i < 6; i++) {
    const Box box{rest.x + (i % 3) * (side + gap), rest.y + (i / 3) * (side + gap), side, side};
    const std::string name = shipped_sets[i];
    const auto all = data::generators();
    const auto entry = std::ranges::find(all, name, [](const auto& g) { return std::string(g.name); });
    Image image = cached_thumbnail(name, std::max(8, int(std::lround(box.inset(4).width * state.pixels_a_unit()))), ui.style().scale);
    image.box = box.inset(4);
    ui.button("data:" + name, box, "", std::string(entry->title) + ". " + std::string(entry->help),
              [&state, name] { state.attempt([&] { choose_source(state, name); }); }, {.selected = source == name});
    ui.scene().add(std::move(image));
  }
  rest.cut_top(2 * side + gap + 8);
}

void draw_sources(State& state, Widgets& ui, Box& rest) {
  std::vector<std::string> words, names;
  for (const data::CatalogEntry& entry : data::list()) words.push_back(entry.title), names.push_back(entry.name);
  const std::string source = state.desk.experiment().source;
  std::size_t chosen = std::size_t(std::ranges::find(names, source) - names.begin());
  if (chosen == names.size()) names.push_back(source), words.push_back(std::filesystem::path(source).filename().string());
  words.push_back("From a file...");
  names.push_back("");
  ui.menu("data.source", rest.cut_top(28), "", "Made-up sets, real ones that ship, and your own: a CSV file or a folder of images.", words,
          chosen, [&state, names](std::size_t i) {
            if (names[i].empty())
              state.dialog = State::Dialog::open;
            else
              state.attempt([&] { choose_source(state, names[i]); });
          });
  rest.cut_top(10);
}

struct Feature {
  const char *formula, *label;
};
constexpr Feature features[] = {{"x1", "x₁"},      {"x2", "x₂"},          {"x1^2", "x₁²"},      {"x2^2", "x₂²"},
                                {"x1*x2", "x₁x₂"}, {"sin(x1)", "sin x₁"}, {"sin(x2)", "sin x₂"}};

void draw_features(State& state, Widgets& ui, Box& rest) {
  const Box heading = rest.cut_top(18);
  ui.words({heading.x, heading.y + 12}, "INPUTS", heading.width, "What the network sees of a point.", true);
  std::vector<std::string> now = state.desk.experiment().features;
  if (now.empty()) now = {"x1", "x2"};
  const double gap = 4;
  for (std::size_t i = 0; i < std::size(features); i++) {
    const std::size_t row = i / 4, columns = row == 0 ? 4 : 3;  // four short words, then three longer ones
    const double width = (rest.width - double(columns - 1) * gap) / double(columns);
    const Box box{rest.x + double(i - 4 * row) * (width + gap), rest.y + double(row) * 30, width, 26};
    const std::string formula = features[i].formula;
    const auto at = std::ranges::find(now, formula);
    const bool on = at != now.end();
    ui.button("feature:" + formula, box, features[i].label,
              std::string(on ? "Take " : "Give the network ") + features[i].label + (on ? " away from the network." : " as an input."),
              [&state, now, formula] {
                std::vector<std::string> after = now;
                if (std::erase(after, formula) == 0) after.push_back(formula);
                // In the order of the buttons, formulas of one's own last.
                std::ranges::stable_sort(after, {},
                                         [](const std::string& f) { return std::ranges::find(features, f, &Feature::formula) - features; });
                state.attempt([&] {
                  if (after.empty()) throw std::invalid_argument("the network needs at least one input");
                  data::Experiment e = state.desk.experiment();
                  e.features = after == std::vector<std::string>{"x1", "x2"} ? std::vector<std::string>{} : after;
                  state.desk.change(e, "inputs");
                });
              },
              {.selected = on});
  }
  rest.cut_top(64);
  ui.field("data.features", rest.cut_top(46), "Formulas", "Inputs by formula, such as x1, x2, sin(3*x1), abs(x2).", nn::join(now, ", "),
           [&state](const std::string& text) { state.desk.set("data.features=" + text, "inputs"); });
  rest.cut_top(8);
}

void draw_example(State& state, Widgets& ui, Box& rest) {
  const nn::Index count = state.examples();
  ui.slider("example", rest.cut_top(44), "Example", "Which example the values in the network are of. (, and .)", {0, double(count - 1), {}},
            double(state.example), std::to_string(state.example),
            [&state, count](double v) { show_data(state), state.example = std::clamp<nn::Index>(nn::Index(v), 0, count - 1); });
  rest.cut_top(6);
}

void draw_classes(State& state, Widgets& ui, Box& rest) {
  const auto& names = state.desk.prepared().set.class_names;
  if (names.size() < 3) return;
  ui.menu("point_class", rest.cut_top(46), "A click adds", "The class of a point that you add by a click on the map.", names,
          std::size_t(std::min<int>(state.point_class, int(names.size()) - 1)), [&](std::size_t i) { state.point_class = int(i); });
  rest.cut_top(8);
}

// "50 %" and "stratified 80 %" are sliders; what splits otherwise is text.
void draw_split(State& state, Widgets& ui, Box& rest) {
  static constexpr double stops[] = {10, 20, 30, 40, 50, 60, 70, 80, 90};
  const std::string split = state.desk.experiment().split;
  const std::size_t space = split.find_first_of("0123456789.");
  const auto share = split.ends_with('%') && space != std::string::npos
                         ? nn::number(nn::trim(split.substr(space, split.size() - space - 1)))
                         : std::nullopt;
  if (share) {
    const std::string before = split.substr(0, space);
    ui.slider("data.split", rest.cut_top(46), "Training share", "How much of the data trains; the rest tests. The points stay.",
              {10, 90, stops}, *share, nn::number_text(*share) + " %",
              [&state, before](double v) { state.desk.set("data.split=" + before + nn::number_text(v) + " %", "training share"); });
  } else {
    key_control(state, ui, rest.cut_top(46), "data.split");
  }
  rest.cut_top(8);
}

}  // namespace

bool has_data_panel(State& state) {
  static constexpr std::string_view all[] = {"data.source", "data.noise", "data.split", "train.batch",  "new_points",
                                             "seed",        "test",       "discretize", "data.features"};
  const data::Dataset& set = state.desk.prepared().set;
  if (data::kind_of(set) != data::Kind::plane || set.class_names.size() > 2) return true;  // there, examples or classes are chosen
  return std::ranges::any_of(all, [&](std::string_view control) { return state.shows(control); });
}

void draw_data_panel(State& state, Widgets& ui, Box box) {
  ui.scene().add(Rect{.box = box, .fill = ui.theme().panel});
  static constexpr double height = 640;
  Box rest = ui.scroll_start("data", box, height).inset(14, 10);
  const Box heading = rest.cut_top(20);
  ui.words({heading.x, heading.y + 12}, "DATA", heading.width, "", true);
  const bool generated = is_generator(state.desk.experiment().source);
  const data::Kind kind = data::kind_of(state.desk.prepared().set);
  const bool plane = kind == data::Kind::plane, picture = kind == data::Kind::picture;
  if (state.shows("data.source")) {
    if (plane || (generated && !picture)) {
      const bool classes = state.desk.prepared().set.classification();
      ui.menu("problem", rest.cut_top(28), "", "Classification predicts a class, regression a number.", {"Classification", "Regression"},
              classes ? 0 : 1, [&](std::size_t i) { state.attempt([&] { choose_source(state, i == 0 ? "circle" : "reg-plane"); }); });
      rest.cut_top(8);
    }
    draw_thumbnails(state, ui, rest);
    draw_sources(state, ui, rest);
  }
  const auto key = [&](std::string_view name) {
    if (!state.shows(name)) return;
    rest.cut_top(key_control(state, ui, rest, name) + 8);
  };
  if (generated) key("data.noise");
  if (state.shows("data.split")) draw_split(state, ui, rest);
  if (picture) key("data.augment");
  if (kind == data::Kind::text || kind == data::Kind::sequence) key("data.window");
  if (kind == data::Kind::text) key("data.words");
  key("train.batch");
  if (generated && state.shows("new_points")) {
    ui.button("new_points", rest.cut_top(28), "New points", "Draws other points of the same kind; the network stays as it is. (G)",
              [&] { state.attempt([&] { state.desk.new_points(); }); }, {.icon = Icon::dice});
    rest.cut_top(8);
  }
  if (state.shows("seed")) {
    ui.button("seed", rest.cut_top(28), "New seed: " + std::to_string(state.desk.experiment().seed),
              "Another start: other weights, other points, another order. Reset keeps the seed. (N)",
              [&] { state.attempt([&] { state.desk.new_seed(); }); }, {.icon = Icon::dice});
    rest.cut_top(10);
  }
  if (plane) {
    draw_classes(state, ui, rest);
    if (state.shows("test"))
      ui.toggle("test", rest.cut_top(26), "Show test data", "Test examples, as rings: they never train.", state.show_test,
                [&](bool on) { state.show_test = on; });
    if (state.shows("discretize"))
      ui.toggle("discretize", rest.cut_top(26), "Discretize output", "The class alone in place of shades.", state.discretize,
                [&](bool on) { state.discretize = on; });
    rest.cut_top(8);
    if (state.shows("data.features")) draw_features(state, ui, rest);
  } else if (kind != data::Kind::text) {
    draw_example(state, ui, rest);
  }
  ui.scroll_end();
}

}  // namespace viz
