// What is explained, to be chosen in the picture: the answer, the truth, any class, or what is chosen in other views.
#pragma once
#include "viz/figure.h"
#include "viz/target.h"

namespace viz {

// Tensor "choice" [3] (target, class, score) and words "classes", for add_chooser().
void add_choice(Numbers& numbers, const Study& study, const Backward& net, const Arguments& options);
inline constexpr double chooser = 26;  // its height
void add_chooser(Scene& scene, Box row, const Numbers& numbers, const Style& style);

}  // namespace viz
