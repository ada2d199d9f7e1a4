// glassbox demo: the first minute with the program. Trains two networks and writes their pictures.
#include <iostream>

#include "viz/commands/options.h"
#include "viz/commands/progress.h"
#include "viz/commands/training.h"
#include "viz/method.h"
#include "viz/paint_file.h"

namespace viz {

namespace {

void train_and_draw(const std::string& experiment, const std::string& title, const std::vector<const char*>& pictures, nn::Index epochs,
                    const std::filesystem::path& out, const po::variables_map& values) {
  data::Experiment chosen = data::load_experiment(data::experiments_folder() / (experiment + ".toml"));
  apply_changes(values, chosen);
  chosen.training.epochs = epochs;
  Workbench bench(chosen, data_folder(values));
  nn::save_run(out / experiment, bench.run());  // says at once where nothing can be written
  train_with_progress(bench, title, values.count("quiet") > 0, nullptr, nullptr);
  std::cout << title << ": " << figures(bench.session().history().back(), bench.prepared().set) << "\n";
  nn::save_run(out / experiment, bench.run());
  for (const char* name : pictures) {
    if (Interrupt::asked()) return;
    const Method& picture = method(name);
    const std::filesystem::path file = out / (experiment + "-" + name + ".png");
    save(picture.layout(picture.compute(bench.study(), arguments(picture, {})), {0, 0, 1280, 800}, {}), file);
    std::cout << "  " << file.string() << "\n" << std::flush;
  }
}

}  // namespace

int demo(const Words& words) {
  po::options_description options("Options of demo");
  options.add_options()("out", po::value<std::string>()->default_value("out")->value_name("DIR"), "the folder for the pictures and runs");
  po::variables_map values;
  if (!read(words, "demo", options, {}, values)) return 0;
  apply_common(values);
  const std::filesystem::path out = values["out"].as<std::string>();
  std::filesystem::create_directories(out);
  Interrupt interrupt;
  train_and_draw("circle", "The playground's circle", {"network", "boundary", "hidden", "loss"}, 150, out, values);
  if (!Interrupt::asked()) train_and_draw("digits", "Handwritten digits", {"network", "weights", "confusion", "loss"}, 20, out, values);
  if (Interrupt::asked()) std::cout << "interrupted; what was done is kept\n";
  std::cout << "The pictures are in " << out.string() << "/; `glassbox help` says what else there is.\n";
  return 0;
}

}  // namespace viz
