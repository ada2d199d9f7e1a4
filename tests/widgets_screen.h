// A screen with every widget on it and a state of its own, which tests work by made-up events.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "viz/widgets.h"

struct Screen {
  explicit Screen(const viz::Theme& theme = viz::light, double width = 800, double height = 600);
  Screen(const Screen&) = delete;

  viz::Style style;
  viz::Interaction interaction;
  viz::Scene scene;
  double width, height, now = 0;

  // What the widgets show and set.
  double rate = 0.03, noise = 0.1;
  bool on = false, dialog = false, short_list = false;
  std::size_t word = 1, tab = 0;
  std::string name = "spiral";
  std::map<std::string, int> pressed;  // how often
  std::vector<std::string> seen;       // by the area
  std::string clipboard;

  void draw();
  bool send(const viz::Event& event);  // and draws
  bool move(viz::Point to) { return send(viz::PointerMoved{to}); }
  bool down(viz::Point at) { return send(viz::PointerDown{at}); }
  bool up(viz::Point at) { return send(viz::PointerUp{at}); }
  void click(viz::Point at) { move(at), down(at), up(at); }
  void click(const std::string& id) { click(at(id)); }
  bool key(viz::Key key, viz::Modifiers with = {}) { return send(viz::KeyDown{key, 0, with}); }
  bool letter(char letter, viz::Modifiers with = {}) { return send(viz::KeyDown{viz::Key::letter, letter, with}); }
  void type(const std::u32string& characters);
  void wait(double seconds);  // and draws

  viz::Point at(const std::string& id) const;  // the middle of what is seen of it; std::logic_error where there is none
  bool shows(const std::string& string) const;
  const std::string& focused() const { return interaction.focused(); }
};

// Text that cannot be read against what it is written on, as "string (contrast)"; that of the disabled counts from 3, other from 4.5.
std::vector<std::string> unreadable(const viz::Scene& scene);
// Marks that paint outside of the scene, clips respected.
int outside(const viz::Scene& scene);
