// What suits other data: networks to begin with, and the settings of the experiment that ships for a data set.
#pragma once
#include <span>
#include <string>

#include "datasets/experiment.h"
#include "engine/matrix.h"

namespace viz {

struct NetworkSuggestion {
  const char *title, *layers, *help;
};
// For pictures: from one hidden layer to stacked convolutions.
std::span<const NetworkSuggestion> picture_networks();

// The experiment with another source. Where the old network would not suit (from points of the plane to pictures, say), model and training
// are those of the experiment that ships for the source; looks, controls and seed stay.
data::Experiment with_source(const data::Experiment& now, const std::string& source, bool same_kind);

}  // namespace viz
