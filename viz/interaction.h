// What of the widgets lasts from one picture to the next: where the pointer is, what has the focus, which menu is open, what is half typed.
#pragma once
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "viz/event.h"
#include "viz/scene.h"
#include "viz/text_edit.h"
#include "viz/window.h"

namespace viz {

// One line of a menu; without `press` it cannot be chosen.
struct Choice {
  std::string words;
  std::function<void()> press;
};

// A widget as it was drawn: where it reacts and what it does. Functions that are empty: it does not do that.
struct Widget {
  std::string id = {};    // "play", "train.rate"; one of a kind in a picture
  Box box = {};           // where it reacts, clipped
  std::string says = {};  // its label and value: "Learning rate 0.03"
  std::string tip = {};   // a sentence for the tooltip
  Pointer pointer = Pointer::hand;
  bool focusable = true;
  std::function<void()> press = {};                     // clicked, or Enter or Space with the focus
  std::function<void(double)> slide = {};               // clicked or dragged: at this share of its track, 0..1
  std::function<void(int)> nudge = {};                  // by arrow keys or the wheel, so many steps
  std::function<void(const std::string&)> commit = {};  // of what was typed
  std::string text = {};                                // that it begins with
  std::function<bool(const Event&)> handle = {};        // of an area
  std::function<void()> dismiss = {};                   // of a dialog: Escape, or a click beside it

  std::vector<Choice> choices = {};  // of a menu
  int chosen = -1;                   // of the choices
  std::string owner = {};            // the widget that this is a part of and that has the focus for it: of "rate.value", "rate"
  int part = -1;                     // the number of a choice in an open menu
  std::string inside = {};           // the scroll area around it
  double scrolls = 0;                // of a scroll area: how far
  bool behind = false;               // a dialog: out of reach
  Box whole = {};                    // its box before clipping
  Box track = {}, thumb = {};        // of a slide: the centre of the thumb moves along the longer side of the track
  double text_x = 0, text_size = 0;  // where its text begins and how large it is; size 0: it has none to click into
  Color ring = nothing;              // of the focus ring
};

class Interaction {
 public:
  // Lets the widgets of the last picture react; true where one used the event. Exceptions of what they call come through, but
  // std::invalid_argument from a commit is kept as Typing::problem.
  bool handle(const Event& event);

  const std::string& hovered() const { return hovered_; }  // ids; empty for none
  const std::string& pressed() const { return pressed_; }
  const std::string& focused() const { return focused_; }
  bool focus_shown() const { return focus_shown_; }  // after a key, not after a click; Enter and Space press only what shows its focus
  std::optional<Point> pointer() const { return pointer_; }
  Pointer shape() const;              // of the pointer
  void focus(const std::string& id);  // as the Tab key gives it; empty for none

  const std::string& open() const { return open_; }  // the menu that is open
  void open(const std::string& id);
  void close();
  int highlighted() const { return highlighted_; }             // of the open menu's words
  bool highlight_by_key() const { return highlight_by_key_; }  // then it must be seen

  const std::string& dialog() const { return dialog_; }  // the one that everything else lies behind

  struct Typing : TextLine {
    std::string id;
    std::string began;    // the text that it began with
    std::string problem;  // why the last commit was refused
  };
  const std::optional<Typing>& typing() const { return typing_; }
  void type(const std::string& id, const std::string& text);  // begins, with all of it selected

  double scroll(const std::string& id) const;
  void scroll(const std::string& id, double to);

  // Time passes: tooltips appear after half a second, the caret blinks. Returns when the next picture is due; infinity for never.
  double time(double seconds);
  bool tip_due() const { return tipped() != nullptr; }
  const Widget* tipped() const;  // whose tip is to be shown now, or null
  bool tip_by_pointer() const { return by_pointer_; }
  bool caret_shown() const;

  const std::vector<Widget>& widgets() const { return widgets_; }
  const Widget* find(const std::string& id) const;  // null where there is none
  void set_widgets(std::vector<Widget> widgets);

  // Copy and paste inside text fields; given by the window.
  std::function<std::string()> paste;
  std::function<void(const std::string&)> copy;

 private:
  bool react(const PointerMoved& event);
  bool react(const PointerLeft& event);
  bool react(const PointerDown& event);
  bool react(const PointerUp& event);
  bool react(const Wheel& event);
  bool react(const KeyDown& event);
  bool react(const Typed& event);
  bool react(const FocusLost& event);
  bool react(const Resized&) { return false; }
  bool react(const CloseAsked&) { return false; }

  bool key_in_menu(const KeyDown& key);
  bool key_in_text(const KeyDown& key);
  bool key_on(const Widget& widget, const KeyDown& key);
  bool key_scrolls(const KeyDown& key);
  bool nudge(const Widget& widget, int steps);
  bool press(const Widget& widget);
  void choose(int choice);
  void highlight(int from, int by);
  bool jump(char32_t letter);

  bool in_reach(const Widget& widget) const;
  const Widget* top(Point at) const;  // of what is in reach
  const Widget* owner(const Widget& widget) const;
  void hover();
  void give_focus(const std::string& id, bool shown);
  bool move_focus(int by);
  void reveal(const Widget& widget);
  bool scroll_by(const Widget* area, double by);
  const Widget* area_around(const Widget* widget) const;
  void slide(const Widget& widget);
  bool typing_here() const { return typing_ && typing_->id == focused_; }
  void place_caret(const Widget& widget, bool selecting);
  void commit();
  const Widget* tip_candidate() const;

  std::vector<Widget> widgets_;
  std::string hovered_, pressed_, focused_, open_, dialog_, focused_before_;
  Button pressed_button_ = Button::left;
  double grip_ = 0;  // from the thumb's centre to where the pointer holds it
  bool focus_shown_ = false, by_pointer_ = true, highlight_by_key_ = false;
  bool outdated_ = false;    // what the last picture shows of hover and focus
  bool key_writes_ = false;  // the last event was a key that will also come as Typed
  bool drop_typed_ = false;  // because its key began the typing
  std::optional<Point> pointer_;
  std::optional<Typing> typing_;
  int highlighted_ = -1;
  double turned_ = 0;  // parts of notches of the wheel
  std::map<std::string, double> scroll_;
  double now_ = 0, still_since_ = 0, caret_since_ = 0;
  double clicked_ = -std::numeric_limits<double>::infinity();  // when, for double clicks
};

}  // namespace viz
