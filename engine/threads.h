// A few threads that share one loop. Work is cut by its shape alone, so results do not depend on how many there are.
#pragma once
#include <functional>

#include "engine/matrix.h"

namespace nn {

// How many threads compute from now on, the caller included; 1 at first. Not while another thread computes.
void set_threads(int count);
extern int thread_count;
extern constinit thread_local bool in_shared_loop;
inline int threads() { return in_shared_loop ? 1 : thread_count; }  // whoever computes a piece of a shared loop does it alone

// Calls work(first, last) for pieces of 0 .. n-1 that together cover it, each at least `grain` long and starting at a multiple of it,
// on all threads, and returns when all are done. Where the pool is busy with another caller, the caller does all of it alone.
void share(Index n, Index grain, const std::function<void(Index first, Index last)>& work);

// The same for n rows of `columns` numbers that are each passed once; alone where they are too few to be worth waking anybody.
template <class Work>
void share_rows(Index n, Index columns, const Work& work) {
  constexpr Index worth_sharing = 32'768;
  if (threads() == 1 || n * columns < worth_sharing) return work(Index(0), n);
  share(n, 1, std::ref(work));
}

}  // namespace nn
