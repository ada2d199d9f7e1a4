// Counts calls of operator new, so that a test can say that a replay allocates nothing.
#pragma once
#include <cstddef>

// By this thread, since it started.
std::size_t allocations();
