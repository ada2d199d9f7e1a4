// All that lasts while the window is open. The parts of the window draw themselves from it and change it.
#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "viz/app/desk.h"
#include "viz/app/flow.h"
#include "viz/app/panes.h"
#include "viz/app/view.h"
#include "viz/widgets.h"
#include "viz/window.h"

namespace viz {

// A weight or a bias, by its place on the tape.
struct Parameter {
  std::string name;  // "dense1.weight"
  nn::Index row = 0, column = 0;
  bool operator==(const Parameter&) const = default;
};

struct Loading;  // work in the background, with its words and its result
struct InputSource;  // pad, file and camera: where `given` comes from (input_source.h)
struct TextSource;   // typed or from a file: where `given_text` comes from (text_source.h)

struct State {
  State(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder, std::filesystem::path home);
  ~State();

  Desk desk;
  Panes panes;
  std::map<int, View> views;  // by the pane's id
  Interaction interaction;
  std::filesystem::path home;  // where recent files and the last session are kept

  // Looks.
  Style style;
  double scale = 1;
  bool projector = false, overlay = false;
  double pixels_a_unit() const { return scale * (projector ? 1.5 : 1); }
  std::size_t tab = 0;  // of the panels: data, training, views
  std::optional<PaneBorder> dragged;
  int tabbed = 0;  // the pane that is shown where there is room for one

  // The data and the network.
  bool show_test = false, discretize = false;
  Grain grain = Grain::epoch;
  int penalty = 0;                        // 0 none, 1 L1, 2 L2: what the menu says while the rate is 0
  int point_class = 0;                    // that a click adds, where there are more than two
  nn::Index example = 0;                  // a row of the data set
  std::shared_ptr<const Given> given;     // a picture that is looked at instead
  std::set<int> options_open;             // panes whose options are shown in rows
  std::unique_ptr<InputSource> input;     // what `given` is made with
  std::shared_ptr<const data::TextSet> given_text;  // a text that is read instead of the data's own
  std::unique_ptr<TextSource> text;                 // what `given_text` is made with
  std::shared_ptr<const SecondNetwork> second;      // that views may compare with this one
  std::map<int, double> played;           // panes that play, and when each made its last step
  Arguments shared;                       // options that all views share, where a person chose
  std::string hovered;                    // id of a mark in a network picture
  int neuron_layer = 1, neuron_unit = 1;  // that the neuron view shows, counted from 1
  std::optional<Parameter> card;          // the weight or bias whose card is open
  Point card_at;
  bool card_fresh = false;  // its number is to be typed as soon as it is there
  struct WeightDrag {
    double y, value;  // where the pointer went down, and the weight there
  };
  std::optional<WeightDrag> weight_drag;
  Flow flow;
  bool animated = true;

  // Words for the person, in the line at the bottom.
  std::string message;
  bool failed = false;
  double message_until = 0;
  void say(const std::string& words);
  void complain(const std::string& words);
  // Runs what a person asked for; what went wrong is said.
  void attempt(const std::function<void()>& work);

  enum class Dialog { none, open, save, keys, picture, text, second } dialog = Dialog::none;
  std::filesystem::path folder;  // that the dialog for files lists
  bool with_weights = true;      // what saving writes
  std::unique_ptr<Loading> loading;
  bool quit = false;

  double seconds = 0;  // now
  FrameTimes times{};
  double slowest = 0;  // answer to an input, in milliseconds
  void measured(const FrameTimes& now) {
    times = now;
    slowest = std::max(slowest, now.answer);
  }

  // What the views are of, as it was at the last refresh().
  const Subject& subject() const { return now_; }
  void refresh();
  void forget_chosen();  // what was chosen in another network
  // A control is shown unless the experiment names others.
  bool shows(std::string_view control);
  nn::Index examples();  // of the data set

 private:
  Subject now_;
};

}  // namespace viz
