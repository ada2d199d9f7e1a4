// The parts of the window: each draws itself into a box by widgets, which call what is to be done.
#pragma once
#include "viz/app/state.h"
#include "viz/link.h"

namespace viz {

void draw_header(State& state, Widgets& ui, Box box);
std::vector<Widgets::Entry> file_menu(State& state);
std::vector<Widgets::Entry> view_menu(State& state);
void draw_data_panel(State& state, Widgets& ui, Box box);
bool has_data_panel(State& state);  // not where a lesson hides every control of it: then the views have its room
void draw_side_panel(State& state, Widgets& ui, Box box);  // tabs: training, views
void draw_only_panel(State& state, Widgets& ui, Box box);  // tabs: data, training, views; where there is room for one panel
void draw_training_panel(State& state, Widgets& ui, Box box);
void draw_views_panel(State& state, Widgets& ui, Box box);
void draw_panes(State& state, Widgets& ui, Box box);
void draw_time_line(State& state, Widgets& ui, Box box);
void draw_status(State& state, Widgets& ui, Box box);
std::optional<nn::Epoch> figures_of(State& state);  // its losses and accuracies
void draw_dialog(State& state, Widgets& ui, Box box);
void draw_overlay(State& state, Widgets& ui, Box box);

// A control for a key of the experiment, as its line in the table says: a slider, a menu or a text field. Returns the height it took.
double key_control(State& state, Widgets& ui, Box at, std::string_view key);

// What a view is computed with: its own options, those that views share, and those that the window sets.
Arguments arguments_of(const State& state, const Pane& pane);
void set_options(State& state, int pane, const Settings& settings);
// Controls for the view's options in its title, or where there is no room for all, a button that opens rows of them below.
void draw_options(State& state, Widgets& ui, Pane& pane, Box& row);       // cuts what it took from the right of the row
void draw_option_rows(State& state, Widgets& ui, Pane& pane, Box& room);  // and this from the top of the room
void play_on(State& state, const Pane& pane);                             // the next step of an animated view, when it is due
// Lets the marks of the picture act (link.h), which is scrolled by so many pixels.
bool linked_event(State& state, int pane, double scrolled, const Event& event);

// The picture of a network in a pane: hovering, editing weights and points, the buttons for layers and neurons.
void draw_network_controls(State& state, Widgets& ui, const Pane& pane, Box box, const std::string& tip);
void step_once(State& state, Grain grain);  // and looks at the example that was stepped through
// The number of a neuron among all of all layers, inputs first, from 1; 0 where the id is of no neuron.
double neuron_number(const State& state, const std::string& id);
bool network_event(State& state, const Pane& pane, const Event& event);
// The pane of the method "input": where pictures come from, with the pad or the source's controls, and what the network says to them.
// Draws what is its own and returns the room that is left for the method's picture.
Box draw_input_controls(State& state, Widgets& ui, const Pane& pane, Box box);
Box draw_text_controls(State& state, Widgets& ui, const Pane& pane, Box box);  // the same of a network that reads texts
void show_data(State& state);  // looks at the data set again
void look_at_file(State& state, const std::filesystem::path& file);
bool look_at_camera(State& state);  // true where there was a new frame, or it has stopped
void draw_card(State& state, Widgets& ui, Box screen);
void type_in_card(State& state);  // begins, where the card has just come

// What keys do, for the keyboard and for the page of help.
struct Shortcut {
  const char* keys;  // "Space", "Ctrl S"
  const char* help;
  bool (*act)(State& state, const KeyDown& key);  // true where the key is one of these, and was acted on
};
std::span<const Shortcut> shortcuts();
bool act_on_key(State& state, const KeyDown& key);

// Opens an experiment, a run folder, a CSV file or a folder of pictures, in the background where that takes long.
void open_path(State& state, const std::filesystem::path& path);
void open_experiment(State& state, data::Experiment experiment, const std::string& what);
void save_path(State& state, const std::filesystem::path& path, bool with_weights);
void copy_line(State& state);
void paste_line(State& state, const std::string& line);
void export_pane(State& state, int pane, const std::string& ending);
std::vector<std::filesystem::path> recent_files(const State& state);
void draw_loading(State& state, Widgets& ui, Box screen);
void finish_loading(State& state);
void save_session(State& state);  // beside the recent files, when the window closes

}  // namespace viz
