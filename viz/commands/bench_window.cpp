// Training at full speed without a window and with one, in turns, so that a machine that gets slower or faster does both alike.
#include "viz/commands/bench_window.h"

#include <dlfcn.h>

#include <atomic>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "engine/random.h"
#include "engine/threads.h"
#include "viz/app/app.h"
#include "viz/triangles/triangles.h"

namespace viz {

namespace {

constexpr double warming = 0.5;  // seconds that are not counted: the first pictures load fonts
constexpr double pictures = 30;  // a second, while training is measured
constexpr int pairs = 5;

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// The value below which so large a share of them lies.
double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nan("");
  const auto at = values.begin() + std::ptrdiff_t(share * double(values.size() - 1));
  std::ranges::nth_element(values, at);
  return *at;
}

// Steps a second since it was made.
class Pace {
 public:
  explicit Pace(const nn::Session& session) : session_(session), step_(session.step()), began_(now()) {}
  double seconds() const { return now() - began_; }
  double steps() const { return double(session_.step() - step_) / seconds(); }

 private:
  const nn::Session& session_;
  nn::Index step_;
  double began_;
};

// What is trained: an experiment, with its data loaded once.
struct Subject {
  data::Experiment experiment;
  data::Prepared prepared;
  std::shared_ptr<Workbench> bench() const { return std::make_shared<Workbench>(experiment, prepared); }
};

double without_window(const Subject& subject, double seconds) {
  const auto shared = subject.bench();
  Workbench& bench = *shared;
  bench.session().play();
  std::this_thread::sleep_for(std::chrono::duration<double>(warming));
  const Pace pace(bench.session());
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  const double steps = pace.steps();
  bench.session().pause();
  return steps;
}

// Moves the pointer round the middle of the screen at moments of its own, as a hand would. Xlib is in the program already, by SFML.
class Hand {
 public:
  Hand() : thread_([this] { move(); }) {}
  ~Hand() { resting_ = true, thread_.join(); }

  // When the last move was made that nobody asked about yet; 0 for none.
  double moved() { return moved_.exchange(0); }

 private:
  void move() {
    nn::Generator random(1, "hand");
    for (double angle = 0; !resting_; angle += 0.05) {
      std::this_thread::sleep_for(std::chrono::duration<double>(0.05 + 0.1 * random.uniform()));
      const int x = width_(display_, 0) / 2 + int(300 * std::cos(angle)), y = height_(display_, 0) / 2 + int(200 * std::sin(angle));
      double none = 0;
      moved_.compare_exchange_strong(none, now());
      warp_(display_, 0, root_(display_), 0, 0, 0, 0, x, y);
      flush_(display_);
    }
  }

  template <class Function>
  static Function xlib(const char* name) {
    const auto function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, name));
    if (!function) throw std::runtime_error("bench: without X there is no pointer to move");
    return function;
  }

  int (*width_)(void*, int) = xlib<int (*)(void*, int)>("XDisplayWidth");
  int (*height_)(void*, int) = xlib<int (*)(void*, int)>("XDisplayHeight");
  unsigned long (*root_)(void*) = xlib<unsigned long (*)(void*)>("XDefaultRootWindow");
  int (*flush_)(void*) = xlib<int (*)(void*)>("XFlush");
  int (*warp_)(void*, unsigned long, unsigned long, int, int, unsigned, unsigned, int,
               int) = xlib<int (*)(void*, unsigned long, unsigned long, int, int, unsigned, unsigned, int, int)>("XWarpPointer");
  void* display_ = xlib<void* (*)(const char*)>("XOpenDisplay")(nullptr);
  std::atomic<bool> resting_ = false;
  std::atomic<double> moved_ = 0;
  std::thread thread_;
};

// What was seen with a window: steps and pictures a second, of each picture the milliseconds of own work and from an input to it.
struct Seen {
  double steps = 0, pictures = 0;
  std::vector<double> own, answers;
};

Seen with_window(const Subject& subject, double seconds, const WindowOptions& options, Hand* hand) {
  App app(subject.bench(), "", "");
  Desk& desk = app.state().desk;
  desk.set_speed(Speed::full);
  desk.play();
  Seen seen;
  std::optional<Pace> pace;
  const double opened = now();
  Application application;
  double moved = 0;  // when the hand did what the next picture answers
  application.handle = [&](const Event& event) {
    app.handle(event);
    if (hand && moved == 0 && std::holds_alternative<PointerMoved>(event)) moved = hand->moved();
  };
  application.frame = [&](double width, double height, double time) { return app.frame(width, height, time); };
  application.measured = [&](const FrameTimes& times) {
    app.state().measured(times);
    if (!pace) {
      if (now() - opened > warming) pace.emplace(desk.bench().session());
      if (hand) hand->moved();
      moved = 0;
      return;
    }
    seen.own.push_back(times.own);
    if (moved > 0) seen.answers.push_back(1000 * (now() - moved));
    moved = 0;
  };
  application.done = [&] { return pace && pace->seconds() > seconds; };
  run_window(application, options);
  seen.steps = pace->steps();
  seen.pictures = double(seen.own.size()) / pace->seconds();
  desk.pause();
  return seen;
}

// The program's own work for a picture after each epoch, with no window and no rasteriser beside it: milliseconds.
std::vector<double> work_alone(const Subject& subject) {
  App app(subject.bench(), "", "");
  triangles::Triangulator triangulator;
  std::vector<double> times;
  const double began = now();
  for (int i = 0; i < 200 && now() - began < 20; i++) {
    app.state().desk.bench().session().advance(25);
    const double start = now();
    app.frame(1280, 800, i / 60.0);
    triangulator.triangles(app.scene(), app.scale());
    times.push_back(1000 * (now() - start));
  }
  return times;
}

void print(const std::string& workload, double value, const char* unit) {
  std::printf("%-16s glassbox %10.4g %s\n", workload.c_str(), value, unit);
  std::fflush(stdout);
}

void measure(const std::string& name, const std::string& toml, const std::filesystem::path& data_folder, double seconds) {
  const data::Experiment wanted = data::parse_experiment(toml, "bench");
  const Subject subject{wanted, data::prepare(wanted, data_folder)};
  std::vector<double> slowdowns, own, rates;
  for (int i = 0; i < pairs; i++) {
    double alone = 0;
    Seen seen;
    const auto first = [&] { alone = without_window(subject, seconds); };
    const auto second = [&] { seen = with_window(subject, seconds, {.most_frames = pictures}, nullptr); };
    i % 2 == 0 ? (first(), second()) : (second(), first());
    slowdowns.push_back(100 * (1 - seen.steps / alone));
    rates.push_back(seen.pictures);
    own.insert(own.end(), seen.own.begin(), seen.own.end());
  }
  Hand hand;
  const Seen moved = with_window(subject, seconds, {}, &hand);
  print(name + ".work", quantile(work_alone(subject), 0.5), "ms");
  print(name + ".slowdown", quantile(slowdowns, 0.5), "%");
  print(name + ".own", quantile(own, 0.5), "ms");
  print(name + ".own95", quantile(own, 0.95), "ms");
  print(name + ".pictures", quantile(rates, 0.5), "1/s");
  print(name + ".answer", quantile(moved.answers, 0.5), "ms");
  print(name + ".answer95", quantile(moved.answers, 0.95), "ms");
}

const char* const small = "[model]\nlayers = \"dense 4, tanh, dense 2, tanh\"\n";
const char* const largest =
    "[data]\nfeatures = [\"x1\", \"x2\", \"x1^2\", \"x2^2\", \"x1*x2\", \"sin(x1)\", \"sin(x2)\"]\n"
    "[model]\nlayers = \"dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh\"\n";

// An LSTM that reads letters, with the views of texts.
const char* const text =
    "[data]\nsource = \"latch\"\nsplit = \"90 %\"\n[model]\nlayers = \"lstm 64\"\ninit = \"xavier\"\n"
    "[train]\nloss = \"cross-entropy\"\noptimizer = \"adam\"\nrate = 0.005\nbatch = 16\n";

// The usual network for MNIST, to which the views on the screen are added.
const std::string convolutional =
    "[data]\nsource = \"mnist\"\nsplit = \"fixed\"\n"
    "[model]\nlayers = \"conv 8 5x5 pad 2, relu, maxpool 2, conv 16 5x5 pad 2, relu, maxpool 2\"\noutput = \"softmax\"\ninit = \"he\"\n"
    "[train]\nloss = \"cross-entropy\"\noptimizer = \"adam\"\nrate = 0.001\nbatch = 64\n[view]\n";

}  // namespace

void bench_window(double seconds, const std::filesystem::path& data_folder) {
  if (!has_display()) throw std::runtime_error(no_display());
  setenv("LP_NUM_THREADS", "1", 1);
  nn::set_threads(1);
  measure("small", small, data_folder, seconds);
  measure("largest", largest, data_folder, seconds);
  measure("text", text, data_folder, seconds);
  if (data_folder.empty()) return void(std::printf("cnn.*, toolbox.* need the folder with mnist: --data DIR or GLASSBOX_DATA\n"));
  measure("cnn", convolutional + "panes = [\"activations\"]\n", data_folder, seconds);
  // What is too slow for every picture is computed beside training.
  measure("toolbox", convolutional + "panes = [\"toolbox\", \"predictions 60 %, errors 40 %\"]\n", data_folder, seconds);
}

}  // namespace viz
