// The functions of the explainers: one namespace, one file methods/NAME.cpp and one line here for each. The table is explainers.cpp.
#pragma once
#include "viz/explanation.h"

namespace viz {

std::span<const Explainer> explainers();
const Explainer& explainer(std::string_view name);  // std::invalid_argument names the nearest
Option explainer_option();                          // a menu of them
Method method_of(const Explainer& explainer);       // its options: those of targets, then its own

// clang-format off
namespace saliency       { Explain explain; }
namespace deconvnet      { Explain explain; }
namespace guided         { Explain explain; }
namespace inputxgradient { Explain explain; }
namespace relevance      { Explain explain; }
namespace cam            { Explain explain; }
namespace gradcam        { Explain explain; }
namespace guidedgradcam  { Explain explain; }
namespace integrated     { Explain explain; }
namespace smoothgrad     { Explain explain; }
namespace deeplift       { Explain explain; }
namespace saliency { Explain explain; }

namespace occlusion { Explain explain; }
namespace patches   { Explain explain; }
namespace rise      { Explain explain; }
namespace lime      { Explain explain; }
namespace shapley   { Explain explain; }
// clang-format on

}  // namespace viz
