// The hot loops. Each exists as a reference that reads like its formula (kernels/reference.cpp) and as fast versions,
// one for each instruction set, chosen at run time by name. Signatures are plain pointers, so that a file compiled
// for one instruction set leaks nothing into the rest. `x_row` is the distance from a row of x to the next.
#pragma once
#include <span>
#include <string_view>

#include "engine/kernels/table.h"  // Function, Update, Rates, Kernels: what there is to call
#include "engine/matrix.h"

namespace nn {

// The kernels in use: the best that this machine runs, or the reference where Real is double.
extern const Kernels* kernels_in_use;
inline const Kernels& kernels() { return *kernels_in_use; }
// All that this build has and this machine runs, the reference first, the best last.
std::span<const Kernels* const> available_kernels();
// Uses the kernels of this name from now on; not while another thread computes. std::invalid_argument lists the names.
void choose_kernels(std::string_view name);

}  // namespace nn
