// The flags that mean the same in every command, and reading a command's words.
#pragma once
#include <boost/program_options.hpp>
#include <functional>

#include "datasets/experiment.h"
#include "viz/commands.h"

namespace viz {

namespace po = boost::program_options;

// Reads the words into `values`; UsageError where they do not fit, naming the nearest option. Prints the help and returns false where
// --help was asked for. `positional` names the options that bare words go to, in order; all of these are texts. To the options of the
// command come --seed --threads --data --kernels --quiet --help.
bool read(const Words& words, const std::string& command, const po::options_description& options,
          const std::vector<std::string>& positional, po::variables_map& values);

// Applies what is common: threads and kernels.
void apply_common(const po::variables_map& values);

// --set, of the commands that have it.
void add_set(po::options_description& options);
// Applies --set and --seed; UsageError where one does not fit.
void apply_changes(const po::variables_map& values, data::Experiment& experiment);

// --data, else $GLASSBOX_DATA, else nothing.
std::filesystem::path data_folder(const po::variables_map& values);

// Does `work` on what the user wrote: what is wrong with it is wrong usage.
void as_usage(const std::string& command, const std::function<void()>& work);

// "; did you mean 'train'?", with the nearest of the candidates.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& candidates);

}  // namespace viz
