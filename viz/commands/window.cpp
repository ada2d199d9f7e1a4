// glassbox, glassbox FILE.toml, glassbox DIR: the window.
#include "viz/window.h"

#include <algorithm>
#include <iostream>
#include <thread>

#include "engine/threads.h"
#include "viz/app/app.h"
#include "viz/app/loading.h"
#include "viz/app/parts.h"
#include "viz/commands/options.h"
#include "viz/paint_file.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

po::options_description window_options() {
  po::options_description options("Options of the window");
  options.add_options()("size", po::value<std::string>()->default_value("1280x800")->value_name("WxH"), "of the window, in pixels")(
      "scale", po::value<double>()->value_name("X"), "how much larger than usual everything is drawn, from 0.5 to 4")(
      "dark", "light on dark")("projector", "everything larger, for the last row")(
      "or-pictures", po::value<std::string>()->value_name("DIR"), "where there is no display, do what demo does, with this --out")(
      "picture", po::value<std::string>()->value_name("FILE"), "write the window as .png, .svg or .pdf and end; needs no display")(
      "epochs", po::value<nn::Index>()->default_value(0)->value_name("N"), "to train before the picture")(
      "announce", "print what is where and what happens, for a program that drives this one");
  return options;
}

std::shared_ptr<Workbench> bench_of(const po::variables_map& values) {
  const fs::path folder = data_folder(values);
  if (!values.count("experiment")) {
    data::Experiment e = data::load_experiment(data::experiments_folder() / "circle.toml");
    apply_changes(values, e);
    return std::make_shared<Workbench>(e, folder);
  }
  const fs::path path = values["experiment"].as<std::string>();
  if (fs::is_directory(path) || path.extension() != ".toml") return bench_from(path, folder);
  data::Experiment e = data::load_experiment(path);
  apply_changes(values, e);
  return std::make_shared<Workbench>(e, folder);
}

// The window as a picture, after some epochs: for documents, and where there is no display.
int write_picture(App& app, const WindowOptions& size, const po::variables_map& values) {
  const nn::Index epochs = values["epochs"].as<nn::Index>();
  nn::Session& session = app.state().desk.bench().session();
  while (session.snapshot()->state.epoch < epochs && session.stopped().empty()) session.advance(1);
  app.frame(size.width, size.height, 0);
  save(app.scene(), values["picture"].as<std::string>(), app.scale());
  return 0;
}

}  // namespace

bool opens_in_window(const std::string& path) {
  std::error_code none;
  const std::string ending = fs::path(path).extension().string();
  const bool known = ending == ".toml" || ending == ".csv" || ending == ".gz" || ending == ".data" || ending == ".txt";
  return known || fs::is_directory(path, none);
}

int window(const Words& words) {
  po::variables_map values;
  po::options_description options = window_options();
  add_set(options);
  if (!read(words, "window", options, {"experiment"}, values)) return 0;
  if (!has_display() && !values.count("picture")) {
    if (!values.count("or-pictures")) throw std::runtime_error(no_display());
    std::cout << no_display() << "\n" << std::flush;
    return demo({"--out", values["or-pictures"].as<std::string>()});
  }
  apply_common(values);
  // One core is left for the window.
  if (values["threads"].defaulted()) nn::set_threads(std::clamp(int(std::thread::hardware_concurrency()) - 1, 1, 64));
  WindowOptions size;
  if (std::sscanf(values["size"].as<std::string>().c_str(), "%dx%d", &size.width, &size.height) != 2 || size.width < 200 ||
      size.height < 150 || size.width > 16384 || size.height > 16384)
    throw UsageError("window: --size " + values["size"].as<std::string>() +
                     " is not WIDTHxHEIGHT with at least 200x150 and at most 16384x16384");
  App app(bench_of(values), data_folder(values), state_home());
  State& state = app.state();
  if (values.count("scale")) state.scale = values["scale"].as<double>();
  if (!(state.scale >= 0.5 && state.scale <= 4)) throw UsageError("window: --scale is not from 0.5 to 4");
  if (values.count("dark")) state.style.theme = &dark;
  state.projector = values.count("projector") > 0;

  if (values.count("picture")) return write_picture(app, size, values);

  Application application;
  application.handle = [&](const Event& event) { app.handle(event); };
  application.frame = [&](double width, double height, double seconds) { return app.frame(width, height, seconds); };
  application.done = [&] { return app.done(); };
  if (values.count("announce")) application.announcements = [&] { return app.announcements(); };
  application.measured = [&](const FrameTimes& times) { state.measured(times); };
  application.clipboard = [&](auto paste, auto copy) { state.interaction.paste = paste, state.interaction.copy = copy; };
  run_window(application, size);
  state.desk.pause();
  try {
    save_session(state);
  } catch (const std::exception& error) {
    std::cerr << std::string("glassbox: the session could not be kept: ") + error.what() + "\n";
  }
  return 0;
}

}  // namespace viz
