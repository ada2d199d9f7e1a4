// A monkey at the window: events that nobody would send on purpose, drawn from a seed, on a clock of its own.
#pragma once
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <deque>
#include <set>

#include "engine/file.h"
#include "engine/random.h"
#include "engine/text.h"
#include "tests/support.h"
#include "viz/app/app.h"
#include "viz/app/loading.h"

namespace test {

using namespace viz;
namespace fs = std::filesystem;

// Small data and few points: the storm is about the window.
inline const char* const experiments[] = {
    "[data]\nsamples = 60\n",
    "[data]\nsource = \"spirals3\"\nsamples = 60\n[model]\nlayers = \"dense 3, relu\"\n",
    "[data]\nsource = \"iris\"\nsplit = \"stratified 80 %\"\n[model]\nlayers = \"dense 4, tanh\"\n",
    "[data]\nsource = \"digits\"\nsamples = 80\n[model]\nlayers = \"dense 6, sigmoid\"\n",
    "[data]\nsource = \"line1d\"\nsamples = 40\n[model]\nlayers = \"dense 3, tanh\"\n",
    "[data]\nsource = \"digits\"\nsamples = 60\n[model]\nlayers = \"conv 3 3x3 pad 1, relu, maxpool 2\"\n",
    "[data]\nsource = \"lines12\"\nsamples = 400\nsplit = \"90 %\"\n[model]\nlayers = \"lstm 4\"\n[train]\nloss = \"cross-entropy\"\nbatch = 4\n",
    "[data]\nsource = \"adding\"\nsamples = 40\nwindow = 10\n[model]\nlayers = \"gru 3\"\n",
};
// clang-format off
inline const char* const typed[] = {"0", "1", "-1", "0.5", "12", "1e-3", "3,5", "nan", "inf", "1e999", "", "abc", "\xC3\xA4\xE2\x82\xAC",
                                    "dense 3, relu", "dense 2, tanh, dropout 0.5"};
// clang-format on
inline const char* const names[] = {"points.csv", "broken.toml", "small.toml", "saved", "missing", "run 1"};

// A folder of its own, well inside a temporary one, so that "../" leaves no trace elsewhere; there the program works meanwhile.
struct Cage {
  TemporaryFolder place;
  fs::path before = fs::current_path(), inside = place / "a" / "b";
  Cage() {
    fs::create_directories(inside);
    fs::current_path(inside);
    nn::write_file(inside / "points.csv", "x,y,kind\n1,2,a\n2,1,b\n3,4,a\n4,3,b\n5,6,a\n6,5,b\n1,1,a\n2,2,b\n");
    nn::write_file(inside / "broken.toml", "[train]\nrate = = 1\n");
    nn::write_file(inside / "small.toml", experiments[1]);
  }
  ~Cage() { fs::current_path(before); }
  bool holds(const fs::path& path) const { return fs::absolute(path).lexically_normal().string().starts_with(place.path.string()); }
};

// "nan", "-inf", as words of their own.
inline bool says_no_number(const std::string& text) {
  std::string word;
  for (const char c : text + " ") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += char(std::tolower(c));
      continue;
    }
    if (word == "nan" || word == "inf" || word == "infinity") return true;
    word.clear();
  }
  // What the window says of something typed that is none is as it should be: "'1e999' is not a number; type one like 0.03".
  return text.find("not a number") != text.npos && text.find('\'') == text.npos;
}

class Monkey {
 public:
  Monkey(std::uint64_t seed, Cage& cage) : random_(seed), cage_(cage) { begin(); }

  void act() {
    const std::size_t kind = random_.below(100);
    if (kind < 30)
      click();
    else if (kind < 40)
      drag();
    else if (kind < 52)
      tell(PointerMoved{somewhere()});
    else if (kind < 60)
      tell(Wheel{somewhere(), double(random_.below(7)) - 3, modifiers()});
    else if (kind < 78)
      press_key();
    else if (kind < 88)
      type();
    else if (kind < 92)
      paste();
    else if (kind < 95)
      resize();
    else if (kind < 97)
      tell(FocusLost{});
    else if (kind < 99)
      tell(PointerLeft{});
    else
      now_ += random_.uniform(0, 10);  // nothing happens for a while
    if (app_->done()) begin();
  }

  std::string story() const {
    std::string all;
    for (const std::string& line : last_) all += line + "\n";
    return all;
  }

 private:
  void begin() {
    const std::string toml = experiments[random_.below(std::size(experiments))];
    app_ = std::make_unique<App>(std::make_shared<Workbench>(data::parse_experiment(toml, "monkey"), ""), "", cage_.inside / "home");
    app_->state().interaction.paste = [this] { return clipboard_; };
    app_->state().interaction.copy = [this](const std::string& text) { clipboard_ = text; };
    last_.clear();
    note("new: " + toml);
    draw();
  }

  void note(const std::string& words) {
    last_.push_back(words);
    if (last_.size() > 30) last_.pop_front();
  }

  void tell(const Event& event) {
    stay_inside();
    std::visit(
        [&](const auto& e) {
          std::string words = "event " + std::to_string(event.index());
          if constexpr (requires { e.at; }) words += " at " + std::to_string(e.at.x) + " " + std::to_string(e.at.y);
          if constexpr (requires { e.letter; })
            words += " key " + std::to_string(int(e.key)) + " " + (e.letter ? std::string(1, e.letter) : "") +
                     (e.with.control ? " control" : "");
          if constexpr (requires { e.character; }) words += " character " + std::to_string(e.character);
          note(words);
        },
        event);
    app_->handle(event);
    if (random_.below(3) > 0) draw();
  }

  // Nothing outside the cage is opened or written.
  void stay_inside() {
    State& state = app_->state();
    if (!cage_.holds(state.folder)) state.folder = cage_.inside;
    const auto& typing = state.interaction.typing();
    if (typing && (typing->id == "save_path" || typing->id == "path") && !cage_.holds(typing->text))
      state.dialog = State::Dialog::none, draw();
  }

  void draw() {
    app_->frame(width_, height_, now_ += 1.0 / 60);
    if (app_->state().desk.diverged()) diverged_at_ = now_;
    if (random_.below(4) == 0) check();
  }

  void check() {
    State& state = app_->state();
    INFO("what came last:\n" << story());
    REQUIRE(finite(app_->scene()));
    std::set<std::string> ids;
    for (const Widget& widget : state.interaction.widgets())
      if (!ids.insert(widget.id).second) FAIL("two widgets are called " << widget.id);
    app_->announcements();
    // A diverged network may also have been pasted, or gone back to; and one step before, weights are huge and what they say is not a number.
    const nn::Matrix& weights = state.desk.shown()->state.parameters.numbers;
    const bool diverged = !std::all_of(weights.data(), weights.data() + weights.size(), [](nn::Real w) { return std::abs(w) < 1e8; });
    if (state.desk.diverged() || diverged) diverged_at_ = now_;
    // Views may lag behind for a moment.
    if (state.interaction.typing() || now_ - diverged_at_ < 2 || state.dialog != State::Dialog::none) return;
    // A field keeps what was typed, and says below why that will not do.
    const auto refuses = [](const Mark& mark) {
      const auto* text = std::get_if<Text>(&mark);
      return text && text->string.find("' is not a number") != std::string::npos;
    };
    if (std::ranges::any_of(app_->scene().marks, refuses)) return;
    for (const Mark& mark : app_->scene().marks)
      if (const auto* text = std::get_if<Text>(&mark);
          text && text->id != "message" && !written_.contains(text->string) && says_no_number(text->string))
        FAIL("on the screen is: " << text->string << ", with " << nn::join(state.panes.texts(), " | ") << " of " << state.desk.experiment().source
                                  << ", " << state.desk.experiment().layers);
  }

  Modifiers modifiers() { return {.control = random_.below(6) == 0, .shift = random_.below(6) == 0, .alt = random_.below(20) == 0}; }

  // Mostly on something that reacts.
  Point somewhere() {
    const auto& widgets = app_->state().interaction.widgets();
    if (widgets.empty() || random_.below(4) == 0) return {random_.uniform(-20, width_ + 20), random_.uniform(-20, height_ + 20)};
    const Box box = widgets[random_.below(widgets.size())].box;
    const double scale = app_->scale();
    return {scale * (box.x + box.width * random_.uniform()), scale * (box.y + box.height * random_.uniform())};
  }

  void click() {
    const Point at = somewhere();
    const Button button = random_.below(8) == 0 ? Button::right : Button::left;
    const Modifiers with = modifiers();
    tell(PointerMoved{at});
    tell(PointerDown{at, button, with});
    if (random_.below(12) > 0) tell(PointerUp{at, button, with});
  }

  void drag() {
    const Point from = somewhere();
    tell(PointerMoved{from});
    tell(PointerDown{from});
    for (std::size_t i = random_.below(4); i > 0; i--) tell(PointerMoved{somewhere()});
    tell(PointerUp{somewhere()});
  }

  void press_key() {
    const Key key = Key(random_.below(std::size_t(Key::f12) + 1));
    const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789+-=,./?[]";
    const char letter = random_.below(2) ? letters[random_.below(sizeof letters - 1)] : 0;
    const Modifiers with = modifiers();
    letter ? tell(KeyDown{Key::letter, letter, with}) : tell(KeyDown{key, 0, with});
    if (letter && !with.control) tell(Typed{char32_t(letter)});
  }

  void type() {
    const auto& typing = app_->state().interaction.typing();
    const bool path = typing && typing->id.ends_with("path");
    const std::string text = path ? names[random_.below(std::size(names))] : typed[random_.below(std::size(typed))];
    written_.insert(text);
    if (random_.below(2)) tell(KeyDown{Key::letter, 'a', {.control = true}});
    for (const char c : text) tell(Typed{char32_t(static_cast<unsigned char>(c))});
    if (random_.below(2)) tell(KeyDown{Key::enter});
  }

  void paste() {
    const char* const junk[] = {"", "glassbox:1:", "glassbox:1:AAAA", "glassbox:2:xyz", "0.25", "\n\n"};
    if (random_.below(2))
      clipboard_ = junk[random_.below(std::size(junk))];
    else if (random_.below(2))
      clipboard_ = app_->state().desk.line();
    else if (!clipboard_.empty())
      clipboard_[random_.below(clipboard_.size())] = 'x';
    tell(KeyDown{Key::letter, 'v', {.control = true}});
  }

  void resize() {
    width_ = std::round(random_.uniform(200, random_.below(3) ? 1600 : 3000)),
    height_ = std::round(random_.uniform(150, random_.below(3) ? 1000 : 2000));
    tell(Resized{width_, height_});
  }

  nn::Generator random_;
  Cage& cage_;
  std::unique_ptr<App> app_;
  std::string clipboard_;
  std::deque<std::string> last_;
  double width_ = 1280, height_ = 800, now_ = 0, diverged_at_ = -10;
  std::set<std::string> written_;
};

}  // namespace test
