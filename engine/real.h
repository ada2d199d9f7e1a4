// What a number and what a count is, everywhere.
#pragma once
#include <stddef.h>

namespace nn {

#ifdef GLASSBOX_DOUBLE
using Real = double;  // gradient checks
#else
using Real = float;  // training
#endif

using Index = ptrdiff_t;

}  // namespace nn
