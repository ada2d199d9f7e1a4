// The loop of the window: events in, pictures out, sleep in between.
#include "viz/window.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ostream>
#include <stdexcept>
#include <thread>

#include "viz/display.h"
#include "viz/paint_sfml.h"
#include "viz/sfml.h"

namespace viz {
namespace {

constexpr double nap = 0.004;         // seconds: events are seen this late at most
constexpr double slow = 1.0 / 45;     // pictures that take longer come half as often
constexpr double settling = 1.0;      // after it was opened, resized or uncovered, a window may still lose what is painted on it, so
constexpr double again_after = 0.15;  // the picture is shown again every so often

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// All of it; false when nobody reads.
bool print(const std::string& lines) {
  for (std::size_t done = 0; done < lines.size();) {
    const ssize_t count = write(STDOUT_FILENO, lines.data() + done, lines.size() - done);
    if (count < 0) return false;
    done += std::size_t(count);
  }
  return true;
}

class Loop {
 public:
  Loop(Application& application, const WindowOptions& options)
      : application_(application), least_pause_(1 / std::clamp(options.most_frames, 1.0, 60.0)) {
    const Box screen = sfml::desktop();
    const int width = std::min(options.width, int(screen.width)), height = std::min(options.height, int(screen.height));
    std::streambuf* const words = sf::err().rdbuf(nullptr);  // SFML says so when a screen has no vertical sync
    window_.create(sfml::mode(width, height), title_);
    sf::err().rdbuf(words);
    window_.setPosition({int(screen.width - width) / 2, int(screen.height - height) / 2});
    window_.setKeyRepeatEnabled(true);
    if (application_.clipboard)
      application_.clipboard([] { return sfml::utf8_of(sf::Clipboard::getString()); },
                             [](const std::string& text) { sf::Clipboard::setString(sfml::string_of(text)); });
    settled_ = now() + settling;
  }

  void run() {
    while (!application_.done()) {
      if (!take_events()) return;
      // Somebody who did something is not kept waiting for the usual time of the next picture.
      const double due = oldest_ == 0 ? next_picture_ : std::min(next_picture_, shown_at_ + 0.002);
      if (const double wait = due - now(); wait > 0) {
        sleep(std::min(wait, nap));
        continue;
      }
      if (!show()) sleep(nap);
    }
  }

 private:
  static void sleep(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

  // False when the application is done.
  bool take_events() {
    const double looked = last_look_;
    std::optional<PointerMoved> moved;
    const auto tell = [&](const Event& event) {
      if (oldest_ == 0) oldest_ = looked;
      application_.handle(event);
      return !application_.done();
    };
    for (std::vector<Event> events; sfml::next(window_, translator_, events);)
      for (const Event& event : events) {
        if (const auto* move = std::get_if<PointerMoved>(&event)) {
          moved = *move;
          continue;
        }
        if (std::holds_alternative<Resized>(event)) settled_ = now() + settling;
        if (moved && !tell(*moved)) return false;
        moved.reset();
        if (!tell(event)) return false;
      }
    last_look_ = now();
    return !moved || tell(*moved);
  }

  // False where there was nothing to show.
  bool show() {
    const double start = now();
    const sf::Vector2u size = window_.getSize();
    const Application::Frame frame = application_.frame(size.x, size.y, start);
    set_pointer(frame.pointer);
    set_title(frame.title);
    if (!frame.scene) {
      oldest_ = 0;
      next_picture_ = start + (start < settled_ ? std::min(again_after, least_pause_) : 0);
      if (start >= settled_ || start < shown_at_ + again_after || !painted_) return false;
      paint();
      return true;
    }
    painter_.prepare(*frame.scene, frame.scale);
    const double made = now();
    paint();
    next_picture_ = start + (shown_at_ - start > slow ? std::max(least_pause_, 1.0 / 30) : least_pause_);
    if (application_.measured)
      application_.measured({1000 * (made - start), 1000 * (shown_at_ - start), oldest_ == 0 ? 0 : 1000 * (shown_at_ - oldest_)});
    oldest_ = 0;
    announce();
    return true;
  }

  void paint() {
    painter_.draw(window_);
    window_.display();
    shown_at_ = now();
    painted_ = true;
  }

  void announce() {
    if (!heard_ || !application_.announcements) return;
    std::string all;
    for (const std::string& line : application_.announcements()) all += line + '\n';
    heard_ = print(all);
  }

  void set_pointer(Pointer pointer) {
    if (pointer == pointer_) return;
    pointer_ = pointer;
    auto& cursor = cursors_[std::size_t(pointer)];
    if (!cursor) cursor = sfml::cursor(sfml::shape(pointer));
    if (cursor) window_.setMouseCursor(*cursor);
  }

  void set_title(const std::string& title) {
    if (title == title_) return;
    title_ = title;
    window_.setTitle(sfml::string_of(title));
  }

  Application& application_;
  double least_pause_;
  std::string title_ = "Glassbox";
  std::unique_ptr<sf::Cursor> cursors_[5];  // the window shows them and does not own them
  sf::RenderWindow window_;
  WindowPainter painter_;
  sfml::Translator translator_;
  Pointer pointer_ = Pointer::arrow;
  bool painted_ = false, heard_ = true;
  double next_picture_ = 0, shown_at_ = 0, settled_ = 0, last_look_ = now(), oldest_ = 0;
};

}  // namespace

void run_window(Application& application, const WindowOptions& options) {
  if (!has_display()) throw std::runtime_error(no_display());
  say_when_display_goes();
  Loop(application, options).run();
}

}  // namespace viz
