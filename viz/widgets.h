// Buttons, sliders, menus, text fields: drawn as marks of a Scene, and listed with what they do, so that a click, a key or a test finds
// them by name. They are made anew for every picture and remember nothing; what lasts from one to the next is in Interaction. Controls look
// best 26 to 28 high; a slider 38 to 44; a menu or field with its label above 44 to 46, lower ones have it at their left.
#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "viz/interaction.h"
#include "viz/method.h"
#include "viz/scene.h"

namespace viz {

enum class Icon {
  none,
  play,
  pause,
  step,
  reset,
  dice,
  plus,
  minus,
  close,
  split_right,
  split_down,
  enlarge,
  shrink,
  save,
  menu,
  check,
  undo,
  redo,
  camera,
  sun,
  projector,
  help,
  chevron_down,
  chevron_right
};
void add_icon(Scene& scene, Icon icon, Box box, Color color);

struct ButtonLook {
  Icon icon = Icon::none;
  bool primary = false, selected = false, enabled = true;
  bool plain = false;  // no frame until the pointer is on it, its label at the left: rows of lists, corners of panes
};

// A value that a slider may have: rests on `stops` where there are any (ascending; evenly spaced on the track), else on round numbers from
// low to high. Typed values may leave the range.
struct SliderRange {
  double low = 0, high = 1;
  std::span<const double> stops = {};
};

// Where the thumb of a value lies, 0..1; between stops in proportion, beyond the ends at them.
double share_of(const SliderRange& range, double value);
// The nearest stop, or a round number.
double value_at(const SliderRange& range, double share);
// So many stops or round steps on, not beyond the ends; from between two stops the first step goes to the neighbour.
double nudged(const SliderRange& range, double value, int steps);
// "0.05", "0,05", "5e-2", "−3". Errors: std::invalid_argument for anything else, infinities included.
double number_typed(const std::string& text);

class Widgets {
 public:
  Widgets(Scene& scene, const Style& style, Interaction& interaction);

  // What follows lies on this colour, theme().panel unless told; labels, words and plain buttons take a colour that can be read there.
  void ground(Color color) { ground_ = color; }

  // Pressed: clicked, or Enter or Space with the focus. A label that is empty or does not fit leaves the icon; `says` is then the tip.
  void button(std::string id, Box box, std::string label, std::string tip, std::function<void()> press, ButtonLook look = {});
  void toggle(std::string id, Box box, std::string label, std::string tip, bool on, std::function<void(bool)> set, bool enabled = true);
  // Label and value above a track. The value can be clicked and typed; `set` may throw std::invalid_argument, which is shown below it.
  // The parts that can be clicked are "id" (the track) and "id.value".
  void slider(std::string id, Box box, std::string label, std::string tip, SliderRange range, double value, std::string value_text,
              std::function<void(double)> set, bool enabled = true);
  // One of some words; opens below (or above) its box. `label` may be empty. While open, its words are the widgets "id/0", "id/1", ...
  void menu(std::string id, Box box, std::string label, std::string tip, std::vector<std::string> words, std::size_t chosen,
            std::function<void(std::size_t)> choose, bool enabled = true);
  // A button that opens a list of commands; a word "-" is a line between them.
  struct Entry {
    std::string words, key = {}, tip = {};  // key: "Ctrl+S"
    std::function<void()> press = {};       // empty: a heading, or where `enabled` is false, out of reach
    bool enabled = true, checked = false;
  };
  void commands(std::string id, Box box, std::string label, std::string tip, std::vector<Entry> entries, ButtonLook look = {});
  // "id" is the row, which has the focus; "id/0", "id/1", ... are its tabs.
  void tabs(std::string id, Box box, std::vector<std::string> words, std::size_t chosen, std::function<void(std::size_t)> choose);
  // One line of text; commit is called by Enter and when the focus leaves a changed text; std::invalid_argument is shown below it.
  void field(std::string id, Box box, std::string label, std::string tip, std::string text, std::function<void(const std::string&)> commit);

  // Marks and widgets between the two are clipped to the box and moved by the scroll position. Returns where to draw: as wide as the box
  // less a scroll bar, `height` high, maybe beginning above the box.
  Box scroll_start(std::string id, Box box, double height);
  void scroll_end();

  // An area that handles its own events: all PointerMoved, PointerDown, Wheel inside (and until the button is up, PointerUp too),
  // PointerLeft when the pointer goes, KeyDown and Typed with the focus, FocusLost when the window goes while a button is down. Returns
  // true where it used the event.
  void area(std::string id, Box box, std::string tip, std::function<bool(const Event&)> handle, bool focusable = true,
            Pointer pointer = Pointer::arrow);

  // Everything so far is out of reach: what follows is a dialog, on a panel drawn here. Escape or a click beside `box` closes it.
  void dialog(std::string id, Box box, std::function<void()> close);

  // A line of words without a reaction but with a tip.
  void words(Point at, const std::string& string, double width, std::string tip = {}, bool strong = false, Anchor anchor = Anchor::start);

  // Draws what lies on top: open menus, the focus ring, the tooltip. Then the interaction knows the widgets of this picture.
  void finish();

  Scene& scene() { return scene_; }
  const Theme& theme() const { return *style_.theme; }
  const Style& style() const { return style_; }
  const Interaction& interaction() const { return interaction_; }

 private:
  struct Clip {
    std::string id;
    Box box;
    double height;  // of what it holds
  };

  void add(Widget widget);
  const Widget* listed(const std::string& id) const;
  bool hovered(const std::string& id) const { return interaction_.hovered() == id; }
  bool held(const std::string& id) const { return hovered(id) && interaction_.pressed() == id; }
  void text(Point at, const std::string& string, double width, Color color, double size, Font font = Font::regular,
            Anchor anchor = Anchor::start);
  void frame(const std::string& id, Box box, const ButtonLook& look, bool open);
  void face(const std::string& id, Box box, const std::string& label, const ButtonLook& look, bool chevron);
  Box label(Box box, const std::string& label, bool enabled);            // writes it above or at the left, returns the rest
  double line(const std::string& id, Box box, const std::string& text);  // a frame with a line of text; where its text begins
  void problem(const std::string& id, Box box);
  void list(const std::string& id, Box box, std::vector<Entry> entries, bool marks);
  void ring();
  void tooltip();
  void bubble(Box box, Color fill, Color frame);  // with a shadow

  Scene& scene_;
  const Style& style_;
  Interaction& interaction_;
  Color ground_;
  std::vector<Widget> list_;
  std::vector<std::function<void()>> on_top_;
  std::vector<Clip> clips_;
};

}  // namespace viz
