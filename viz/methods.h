// The functions of the methods: one namespace, one file methods/NAME.cpp and one line here for each. The table is methods.cpp.
#pragma once
#include "viz/method.h"

namespace viz {

using Compute = Numbers(const Study&, const Arguments&);
using Layout = Scene(const Numbers&, Box, const Style&);
using Height = double(const Numbers&, double, const Style&);

// clang-format off
namespace activations { Compute compute; Layout layout; }
namespace arithmetic  { Compute compute; Layout layout; }
namespace boundary    { Compute compute; Layout layout; }
namespace confusion   { Compute compute; Layout layout; }
namespace diagram     { Compute compute; Layout layout; }
namespace errortypes  { Compute compute; Layout layout; }
namespace errors      { Compute compute; Layout layout; }
namespace field       { Compute compute; Layout layout; }
namespace flow        { Compute compute; Layout layout; }
namespace film        { Compute compute; Layout layout; }
namespace hidden      { Compute compute; Layout layout; }
namespace input       { Compute compute; Layout layout; }
namespace lag         { Compute compute; Layout layout; }
namespace loss        { Compute compute; Layout layout; }
namespace lstmvis     { Compute compute; Layout layout; }
namespace network     { Compute compute; Layout layout; }
namespace neuron      { Compute compute; Layout layout; }
namespace notes       { Compute compute; Layout layout; Height height; }
namespace predictions { Compute compute; Layout layout; }
namespace reconstruct { Compute compute; Layout layout; }
namespace sample      { Compute compute; Layout layout; }
namespace sandbox     { Compute compute; Layout layout; }
namespace saturation  { Compute compute; Layout layout; }
namespace states      { Compute compute; Layout layout; }
namespace text_heatmap     { Compute compute; Layout layout; }
namespace toolbox     { Compute compute; Layout layout; }
namespace unrolled    { Compute compute; Layout layout; }
namespace weights     { Compute compute; Layout layout; }
namespace occlusion   { Compute compute; Layout layout; }

namespace patches     { Compute compute; Layout layout; }
namespace regions     { Compute compute; Layout layout; }
namespace trust       { Compute compute; Layout layout; }
namespace compare     { Compute compute; Layout layout; }
// clang-format on

}  // namespace viz
