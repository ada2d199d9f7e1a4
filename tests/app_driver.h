// A window without a window: an App that tests click, type and look at, on a clock of their own.
#pragma once
#include <catch2/catch.hpp>

#include "tests/support.h"
#include "viz/app/app.h"
#include "viz/app/loading.h"

namespace test {

using namespace viz;

inline bool says(const Scene& scene, const std::string& words) {
  return std::ranges::any_of(scene.marks, [&](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string == words;
  });
}

struct Driver {
  std::unique_ptr<App> app;
  double now = 1, width = 1280, height = 800;
  std::string clipboard;

  explicit Driver(const std::string& toml = "", std::filesystem::path home = {})
      : Driver(data::parse_experiment(toml, "test"), std::move(home)) {}
  explicit Driver(const data::Experiment& experiment, std::filesystem::path home = {})
      : app(std::make_unique<App>(std::make_shared<Workbench>(experiment, ""), "", std::move(home))) {
    state().interaction.paste = [this] { return clipboard; };
    state().interaction.copy = [this](const std::string& text) { clipboard = text; };
    draw();
  }

  State& state() { return app->state(); }
  Desk& desk() { return state().desk; }
  nn::Session& session() { return desk().bench().session(); }
  const Scene& scene() { return app->scene(); }

  void draw(double seconds = 1.0 / 60) {
    now += seconds;
    app->handle(Resized{width, height});  // so that a picture is made
    app->frame(width, height, now);
    REQUIRE(finite(scene()));
  }
  // Until what loads in the background is there.
  void settle() {
    while (state().loading) {
      state().loading->result.wait();
      draw();
    }
    session().wait();
    draw();
  }

  // In pixels.
  Point at(const std::string& id) {
    const double scale = app->scale();
    if (const Widget* widget = state().interaction.find(id)) return {widget->box.center().x * scale, widget->box.center().y * scale};
    const Mark* mark = find(scene(), id);
    INFO("looking for " << id);
    REQUIRE(mark);
    if (const auto* path = std::get_if<Path>(mark)) {
      const auto line = flattened(*path).at(0);
      return {line[line.size() / 4].x * scale, line[line.size() / 4].y * scale};
    }
    const Point center = bounds(*mark)->center();
    return {center.x * scale, center.y * scale};
  }
  bool has(const std::string& id) { return state().interaction.find(id) || find(scene(), id); }

  void send(const Event& event) { app->handle(event), app->frame(width, height, now += 1.0 / 60); }
  void move(Point to) { send(PointerMoved{to}), draw(); }
  void click(Point to, Modifiers with = {}) {
    send(PointerMoved{to}), send(PointerDown{to, Button::left, with}), send(PointerUp{to, Button::left, with}), draw();
  }
  // What lies below the window in a long list is scrolled to, by the wheel over that list.
  void click(const std::string& id) {
    for (int notches = 0; notches < 200 && at(id).y > height - 60; notches++) send(Wheel{{at(id).x, height / 2.0}, -1}), draw();
    click(at(id));
  }
  void drag(Point from, Point to) {
    send(PointerMoved{from}), send(PointerDown{from});
    for (int i = 1; i <= 8; i++) send(PointerMoved{{from.x + (to.x - from.x) * i / 8, from.y + (to.y - from.y) * i / 8}});
    send(PointerUp{to}), draw();
  }
  void key(Key key, char letter = 0, Modifiers with = {}) { send(KeyDown{key, letter, with}), draw(); }
  void letter(char c, Modifiers with = {}) { key(Key::letter, c, with); }
  void control(char c) { letter(c, {.control = true}); }
  void type(const std::string& text) {
    for (const char c : text) send(Typed{char32_t(c)});
    draw();
  }
  void choose(const std::string& menu, const std::string& words) {
    click(menu);
    const auto& widgets = state().interaction.widgets();
    // A long list scrolls, by the wheel.
    for (int notches = 0; notches < 200; notches++) {
      const Widget* list = state().interaction.find(menu + "/list");
      for (const Widget& widget : widgets)
        if (widget.id.starts_with(menu + "/") && widget.says == words && widget.box.height > 12) return click(widget.box.center());
      if (list) send(Wheel{list->box.center(), -1}), draw();
    }
    FAIL("the menu " << menu << " does not offer " << words);
  }
  // A slider, by its keys, which go from stop to stop.
  void slide(const std::string& id, double share) {
    const Widget* widget = state().interaction.find(id);
    REQUIRE(widget);
    widget->slide(share);
    draw();
  }
};

}  // namespace test
