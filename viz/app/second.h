// A second network, set aside for the views that compare two: this one as it is now, or a saved run on the same data.
#pragma once
#include <filesystem>

#include "viz/app/state.h"

namespace viz {

struct SecondNetwork {
  explicit SecondNetwork(Subject of);
  SecondNetwork(const SecondNetwork&) = delete;
  const Subject subject;
  const Study study;  // refers to the subject
};

// Of the network on the desk, which may go on training, or become another one.
void keep_second(State& state);
// Of a run folder, in the background; a run on other data is refused in a sentence.
void open_second(State& state, const std::filesystem::path& run);
void keep_second(State& state, Workbench& run);
// Whether it reads data of the same name and size: else nothing is compared, and it waits until they are back.
bool reads_same_data(const SecondNetwork& second, const data::Dataset& set);

}  // namespace viz
