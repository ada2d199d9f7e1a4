// A few threads that share one loop. Work is cut by its shape alone, so results do not depend on how many there are.
#pragma once
#include <functional>

#include "engine/matrix.h"

namespace nn {

// How many threads compute from now on, the caller included; 1 at first. Not while another thread computes.
void set_threads(int count);
extern int thread_count;
inline int threads() { return thread_count; }

// Calls work(first, last) for pieces of 0 .. n-1 that together cover it, each at least `grain` long and starting at a multiple of it,
// on all threads, and returns when all are done. Where the pool is busy with another caller, the caller does all of it alone.
void share(Index n, Index grain, const std::function<void(Index first, Index last)>& work);

}  // namespace nn
