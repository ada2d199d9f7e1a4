// Work that takes long, on a thread of its own: a person may go on looking, or give up.
#pragma once
#include <future>

#include "viz/app/state.h"

namespace viz {

struct Loading {
  std::string what;
  std::filesystem::path path;  // to be remembered as recent; may be empty
  double since;                // seconds
  bool given_up;               // the result will be dropped
  bool second;                 // to be compared with what is on the desk, instead of taking its place
  std::future<std::shared_ptr<Workbench>> result;
};

// An experiment, a run folder, a table or a folder of images. Throws where it can't be read; takes as long as its data.
std::shared_ptr<Workbench> bench_from(const std::filesystem::path& path, const std::filesystem::path& data_folder);

// Runs the work; its result is taken up by finish_loading(), within a moment where it is quick.
void start_loading(State& state, const std::string& what, std::function<std::shared_ptr<Workbench>()> work,
                   const std::filesystem::path& path, bool second = false);
// Puts a bench on the desk, with the panes that suit it.
void take_up(State& state, std::shared_ptr<Workbench> bench, const std::string& what);

}  // namespace viz
