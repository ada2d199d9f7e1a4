// The flags that mean the same in every command.
#include "viz/commands/options.h"

#include <cstdlib>
#include <iostream>

#include "engine/kernels.h"
#include "engine/text.h"
#include "engine/threads.h"

namespace viz {

namespace {

po::options_description common_options() {
  po::options_description options("Everywhere");
  options.add_options()("seed", po::value<std::string>()->value_name("N"),
                        "decides every random number: data, weights, order; the same seed gives the same result")(
      "threads", po::value<int>()->default_value(1)->value_name("N"),
      "how many threads compute (1 to 64); results are the same to the bit")(
      "data", po::value<std::string>()->value_name("DIR"), "folder of your own data sets; $GLASSBOX_DATA where it is not given")(
      "kernels", po::value<std::string>()->value_name("NAME"),
      "the hot loops to use: reference, portable, avx2 or avx512; the best by default")(
      "quiet,q", "no progress bar and no remarks: results and errors alone")("help,h", "this text");
  return options;
}

[[noreturn]] void unknown(const std::string& command, const po::unknown_option& error, const po::options_description& all) {
  std::vector<std::string> names;
  for (const auto& option : all.options()) names.push_back("--" + option->long_name());
  throw UsageError(command + ": there is no option '" + error.get_option_name() + "'" + did_you_mean(error.get_option_name(), names));
}

}  // namespace

bool read(const Words& words, const std::string& command, const po::options_description& options,
          const std::vector<std::string>& positional, po::variables_map& values) {
  po::options_description shown, all;
  if (!options.options().empty()) shown.add(options);
  shown.add(common_options());
  all.add(shown);
  po::positional_options_description places;
  for (const std::string& name : positional) {
    places.add(name.c_str(), 1);
    all.add_options()(name.c_str(), po::value<std::string>());
  }
  try {
    using namespace po::command_line_style;
    po::store(po::command_line_parser(words).options(all).positional(places).style(unix_style & ~allow_guessing).run(), values);
    po::notify(values);
  } catch (const po::unknown_option& error) {
    unknown(command, error, shown);
  } catch (const po::too_many_positional_options_error&) {
    throw UsageError(command + ": there are more words than it takes; `glassbox help " + command + "` explains");
  } catch (const po::error& error) {
    throw UsageError(command + ": " + error.what() + "; `glassbox help " + command + "` explains");
  }
  if (values.count("help")) std::cout << usage(command) << shown;
  return !values.count("help");
}

void apply_common(const po::variables_map& values) {
  const int threads = values["threads"].as<int>();
  if (threads < 1 || threads > 64) throw UsageError("--threads " + std::to_string(threads) + " is not from 1 to 64");
  nn::set_threads(threads);
  if (values.count("kernels")) as_usage("--kernels", [&] { nn::choose_kernels(values["kernels"].as<std::string>()); });
}

void add_set(po::options_description& options) {
  options.add_options()("set", po::value<Words>()->default_value({}, "")->value_name("KEY=VALUE"),
                        "such as train.rate=0.1; may be given several times; `glassbox help keys` lists the keys");
}

void apply_changes(const po::variables_map& values, data::Experiment& experiment) {
  if (values.count("set"))
    for (const std::string& assignment : values["set"].as<Words>()) as_usage("--set", [&] { data::set(experiment, assignment); });
  if (values.count("seed")) as_usage("--seed", [&] { data::set(experiment, "seed=" + values["seed"].as<std::string>()); });
}

std::filesystem::path data_folder(const po::variables_map& values) {
  if (values.count("data")) return values["data"].as<std::string>();
  const char* folder = std::getenv("GLASSBOX_DATA");
  return folder ? folder : "";
}

void as_usage(const std::string& command, const std::function<void()>& work) {
  try {
    work();
  } catch (const std::invalid_argument& error) {
    throw UsageError(command + ": " + error.what());
  }
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates) {
  return "; did you mean '" + nn::nearest(word, candidates) + "'?";
}

}  // namespace viz
