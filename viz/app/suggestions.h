// What suits other data: networks to begin with, and the settings of the experiment that ships for a data set.
#pragma once
#include <span>
#include <string>

#include "datasets/experiment.h"
#include "datasets/kind.h"
#include "engine/matrix.h"

namespace viz {

struct NetworkSuggestion {
  const char *title, *layers, *help;
};
// For pictures, from one hidden layer to stacked convolutions; for texts and sequences, from the plain cell on; none for tables.
std::span<const NetworkSuggestion> networks_for(data::Kind kind);

// The experiment with another source. Where the old network would not suit (from points of the plane to pictures, say), model and training
// are those of the experiment that ships for the source, of a text that of the latch; looks, controls and seed stay. What it says of itself
// is what ships with the source, but a text of one's own stays.
data::Experiment with_source(const data::Experiment& now, const std::string& source, bool same_kind);

}  // namespace viz
