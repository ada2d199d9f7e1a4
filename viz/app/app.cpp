// Where the parts of the window lie, and who hears an event.
#include "viz/app/app.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <sstream>

#include "viz/app/input_source.h"
#include "viz/app/parts.h"
#include "viz/figure.h"
#include "viz/text.h"

namespace viz {

namespace {

constexpr double header = 60, left = 204, right = 236, time_row = 30, status_row = 28, margin = 8;
constexpr double least_width = 560, least_height = 360;  // in units
constexpr double least_middle = 560;                     // between two panels

Event scaled(Event event, double by) {
  std::visit(
      [by](auto& e) {
        if constexpr (requires { e.at; }) e.at = {e.at.x * by, e.at.y * by};
      },
      event);
  return event;
}

std::string state_line_of(State& state) {
  const auto now = state.desk.shown();
  const data::Experiment& e = state.desk.experiment();
  std::ostringstream line;
  line << std::setprecision(9) << "STATE epoch=" << now->state.epoch << " step=" << now->state.step << " playing=" << state.desk.playing()
       << " back=" << state.desk.looking_back() << " source=" << e.source << " layers=" << now->problem->model.layers.size()
       << " rate=" << e.training.rate << " dialog=" << int(state.dialog) << " dark=" << (state.style.theme == &dark)
       << " given=" << (state.given != nullptr) << " failed=" << state.failed << " neuron=" << state.hovered;
  if (const auto figures = figures_of(state)) line << " train_loss=" << figures->train_loss << " test_loss=" << figures->test_loss;
  // What the network says to a picture of one's own, and how many milliseconds that took.
  if (const InputSource* own = state.input.get(); own && state.given && own->answer_to == state.given) {
    const auto& classes = state.desk.prepared().set.class_names;
    const auto most = std::size_t(std::ranges::max_element(own->answer) - own->answer.begin());
    line << " said=" << (most < classes.size() ? classes[most] : "") << " sure=" << (own->answer.empty() ? 0 : own->answer[most])
         << " answered=" << own->milliseconds;
  }
  if (const auto& p = state.card)
    line << " card=" << p->name << ':' << p->row + 1 << ':' << p->column + 1 << " value=" << state.desk.weight(p->name, p->row, p->column);
  return line.str();
}

// Where a program may touch a mark of a picture: a neuron, a link in its middle, a bias, the map.
std::pair<std::string, Point> handle_of(const Mark& mark) {
  if (const auto* path = std::get_if<Path>(&mark); path && path->id.starts_with("link:")) {
    const std::vector<Point> line = flattened(*path).at(0);
    return {path->id, line[line.size() / 4]};  // not in the middle, where links cross
  }
  const std::string id = std::visit(
      [](const auto& m) -> std::string {
        if constexpr (requires { m.id; })
          return m.id;
        else
          return {};
      },
      mark);
  if (!id.starts_with("node:") && !id.starts_with("bias:") && id != "map") return {};
  const auto place = bounds(mark);
  return place ? std::pair{id, place->center()} : std::pair{std::string(), Point{}};
}

}  // namespace

std::filesystem::path state_home() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state) return std::filesystem::path(state) / "glassbox";
  if (const char* home = std::getenv("HOME"); home && *home) return std::filesystem::path(home) / ".local" / "state" / "glassbox";
  return {};
}

App::App(std::shared_ptr<Workbench> bench, std::filesystem::path data_folder, std::filesystem::path home)
    : state_(std::move(bench), std::move(data_folder), std::move(home)) {
  state_.interaction.paste = [] { return std::string(); };
  state_.interaction.copy = [](const std::string&) {};
}

double App::scale() const { return state_.pixels_a_unit(); }

void App::handle(const Event& event) {
  touched_ = true;
  if (std::holds_alternative<CloseAsked>(event)) state_.quit = true;
  if (std::holds_alternative<PointerUp>(event)) state_.weight_drag.reset();
  const Event mine = scaled(event, 1 / scale());
  state_.attempt([&] {
    const auto* key = std::get_if<KeyDown>(&mine);
    if (key && key->key == Key::letter && key->letter == 'q' && key->with.control) return void(state_.quit = true);  // whatever lies on top
    if (state_.interaction.handle(mine)) return;
    if (key && state_.dialog == State::Dialog::none) act_on_key(state_, *key);
  });
}

bool App::changes_by_itself() {
  if (state_.desk.playing() || state_.desk.bench().session().playing() || state_.loading || !state_.played.empty()) return true;
  return std::ranges::any_of(state_.views, [](const auto& view) { return view.second.busy(); });
}

Application::Frame App::frame(double width, double height, double seconds) {
  state_.seconds = seconds;
  state_.desk.tick(seconds);
  finish_loading(state_);
  const double next = state_.interaction.time(seconds);
  const bool message_ends = state_.message_until > 0 && seconds >= state_.message_until;
  const bool sized = width != width_ || height != height_;
  const auto newest = state_.desk.shown();
  const bool pictured = look_at_camera(state_);
  const bool moved = pictured || newest != state_.subject().snapshot;
  if (!touched_ && !sized && !moved && !message_ends && seconds < due_ && !changes_by_itself())
    return {nullptr, scale(), state_.interaction.shape(), "Glassbox"};
  if (message_ends) state_.message_until = 0;
  touched_ = false;
  width_ = width, height_ = height;
  due_ = next;
  draw({0, 0, width / scale(), height / scale()});
  return {&scene_, scale(), state_.interaction.shape(), state_.desk.prepared().set.name + " - Glassbox"};
}

void App::draw(Box box) {
  state_.refresh();
  state_.flow.look(state_.subject().snapshot, state_.seconds);
  scene_.marks.clear();
  scene_.box = box;
  scene_.background = mix(state_.style.theme->panel, state_.style.theme->line, 0.35);
  Widgets ui(scene_, state_.style, state_.interaction);
  if (box.width < least_width || box.height < least_height) {
    const Scene words = paragraph("The window is too small for everything: make it larger, or press Ctrl and the minus key.", 13,
                                  std::max(60.0, box.width - 24), state_.style.theme->text);
    scene_.append(words, {12, 12});
    return ui.finish();
  }
  Box rest = box;
  draw_header(state_, ui, rest.cut_top(header));
  ui.ground(state_.style.theme->panel);
  draw_status(state_, ui, rest.cut_bottom(status_row));
  // In a narrow window one panel has all three tabs.
  if (rest.width < left + right + least_middle) {
    draw_only_panel(state_, ui, rest.cut_left(left));
  } else {
    if (has_data_panel(state_)) draw_data_panel(state_, ui, rest.cut_left(left));
    draw_side_panel(state_, ui, rest.cut_right(right));
  }
  draw_time_line(state_, ui, rest.cut_bottom(time_row));
  ui.ground(state_.style.theme->background);
  draw_panes(state_, ui, rest.inset(margin));
  ui.ground(state_.style.theme->panel);
  draw_card(state_, ui, box);
  ui.ground(state_.style.theme->background);
  draw_overlay(state_, ui, rest);
  draw_dialog(state_, ui, box);
  draw_loading(state_, ui, box);
  ui.finish();
  type_in_card(state_);
}

std::vector<std::string> App::announcements() {
  std::vector<std::string> lines;
  if (announced_.empty()) lines.push_back("READY");
  std::map<std::string, std::string> now;
  for (const Widget& widget : state_.interaction.widgets()) {
    if (widget.behind) continue;
    const Point at = widget.box.center();
    now[widget.id] = std::to_string(std::lround(at.x * scale())) + " " + std::to_string(std::lround(at.y * scale()));
  }
  // Marks of the pictures can be driven as well: neurons, links, biases, the map.
  for (const Mark& mark : scene_.marks)
    if (const auto [id, at] = handle_of(mark); !id.empty())
      now.try_emplace(id, std::to_string(std::lround(at.x * scale())) + " " + std::to_string(std::lround(at.y * scale())));
  for (const auto& [id, place] : now)
    if (announced_widgets_[id] != place) lines.push_back("WIDGET " + id + " " + place);
  for (const auto& [id, place] : announced_widgets_)
    if (!now.contains(id) && !place.empty()) lines.push_back("GONE " + id);
  announced_widgets_ = std::move(now);
  const std::string state = state_line_of(state_);
  if (state != announced_) lines.push_back(state);
  announced_ = state;
  return lines;
}

}  // namespace viz
