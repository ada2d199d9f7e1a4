// glassbox methods, data and help: what there is.
#include <iostream>

#include "datasets/catalog.h"
#include "datasets/experiment.h"
#include "viz/commands/options.h"
#include "viz/method.h"

namespace viz {

namespace {

const std::vector<std::string> command_names = {"window", "demo", "train", "show", "methods", "data", "help", "check-gradients", "bench"};

}  // namespace

int list_methods(const Words& words) {
  po::variables_map values;
  if (!read(words, "methods", po::options_description(), {}, values)) return 0;
  for (const Place place : {Place::feature, Place::relationship, Place::process}) {
    bool any = false;
    for (const Method& method : methods()) {
      if (method.place != place) continue;
      if (!any) std::cout << (place == Place::feature ? "" : "\n") << name(place) << " visualization\n";
      any = true;
      std::printf("  %-12.*s %.*s\n", int(method.name.size()), method.name.data(), int(method.help.size()), method.help.data());
      if (!method.paper.empty()) std::printf("  %-12s (%.*s)\n", "", int(method.paper.size()), method.paper.data());
      for (const Option& option : method.options)
        std::printf("  %-12s --%.*s: %.*s (%g to %g, %g where not given)\n", "", int(option.name.size()), option.name.data(),
                    int(option.help.size()), option.help.data(), option.low, option.high, option.initial);
      std::fflush(stdout);
    }
  }
  std::cout << "\nglassbox show METHOD --run RUN-FOLDER --out FILE.png writes one of them; .npy and .csv hold its numbers.\n";
  return 0;
}

int list_data(const Words& words) {
  if (!words.empty() && words[0] == "get") return get_data(Words(words.begin() + 1, words.end()));
  po::variables_map values;
  if (!read(words, "data", po::options_description(), {}, values)) return 0;
  std::printf("%-14s %8s %6s %7s  %s\n", "name", "examples", "inputs", "classes", "what it is, and where it comes from");
  for (const data::CatalogEntry& entry : data::list())
    std::printf("%-14s %8d %6d %7s  %s; %s\n", entry.name.c_str(), entry.examples, entry.inputs,
                entry.classes ? std::to_string(entry.classes).c_str() : "-", entry.title.c_str(), entry.origin.c_str());
  std::printf("Any CSV file, and any folder of IDX files, of CIFAR-10 files or of pictures by class, can be named as well: --set data.source=PATH\n");
  std::fflush(stdout);
  return 0;
}

std::string usage(const std::string& command) {
  if (command == "window")
    return "glassbox [FILE.toml | RUN-FOLDER | FILE.csv | FILE.txt] [--set KEY=VALUE] [--size WxH] [--scale X] [--dark] [--projector]\n  Opens the "
           "window: the playground, or what is named. F1 in it says what the keys do.\n";
  if (command == "demo")
    return "glassbox demo [--out DIR]\n  Trains the playground's circle and the handwritten digits and writes their pictures to out/.\n";
  if (command == "train")
    return "glassbox train FILE.toml | RUN-FOLDER [--set KEY=VALUE] [--seeds N] [--weights FILE] [--out DIR] [--json]\n  Trains the "
           "network of an "
           "experiment file, or goes on with an earlier run.\n"
           "  Ctrl-C stops after the running step and saves.\n  For example: glassbox train datasets/experiments/spiral.toml --set "
           "train.rate=0.1 --out out/spiral\n";
  if (command == "show")
    return "glassbox show METHOD [--run RUN-FOLDER] [--example N] [--out FILE] [options of the method]\n  Writes one visualization of a "
           "run as a picture or as "
           "numbers.\n"
           "  For example: glassbox show boundary --run out/spiral --out boundary.svg\n";
  if (command == "methods") return "glassbox methods\n  Lists all visualizations with their options.\n";
  if (command == "data") return "glassbox data [get NAME]\n  Lists all data sets, or fetches a public one by curl into --data DIR: `glassbox data get mnist`.\n";
  if (command == "help") return "glassbox help [COMMAND | keys]\n  Explains a command, or every key of an experiment file.\n";
  if (command == "check-gradients")
    return "glassbox check-gradients FILE.toml [--set KEY=VALUE]\n  Compares the gradients of an experiment's network with differences of "
           "its loss.\n"
           "  build/glassbox-double (make REAL=double) does it in double precision, where it proves something.\n";
  if (command == "bench")
    return "glassbox bench [--only W1,W4] [--window]\n  Measures training and heat maps, or what the window costs; prints `workload glassbox value unit`.\n";
  no_command(command);
}

void no_command(const std::string& name) {
  if (std::filesystem::exists(name)) throw UsageError("'" + name + "' is no command; did you mean `glassbox train " + name + "`?");
  throw UsageError("there is no command '" + name + "'" + did_you_mean(name, command_names) + " `glassbox help` lists them all");
}

int help(const Words& words) {
  if (words.size() == 1 && words[0] == "keys") {
    std::cout << data::help_keys();
    return 0;
  }
  if (words.size() == 1) {
    // A command's own --help also lists its options.
    if (words[0] == "window") return window({"--help"});
    if (words[0] == "train") return train({"--help"});
    if (words[0] == "show") return show({"--help"});
    if (words[0] == "demo") return demo({"--help"});
    if (words[0] == "bench") return bench({"--help"});
    if (words[0] == "check-gradients") return check_gradients({"--help"});
    if (words[0] == "methods") return list_methods({"--help"});
    if (words[0] == "data") return list_data({"--help"});
    std::cout << usage(words[0]);
    return 0;
  }
  if (!words.empty()) throw UsageError("help: one word at most; `glassbox help` lists the commands");
  std::cout << "Glassbox trains small neural networks and shows everything that happens inside them.\n\n";
  for (const std::string& command : command_names) std::cout << usage(command);
  std::cout << "\nWithout a command, glassbox opens the window, on a FILE.toml, a run folder, a FILE.csv or a FILE.txt where one is named.\n"
               "`glassbox help COMMAND` lists the options of each.\n"
               "Exit codes: 0 done, 1 the work failed, 2 wrong usage.\n";
  return 0;
}

}  // namespace viz
