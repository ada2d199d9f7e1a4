// A display without a screen, for tests that open windows.
#pragma once
#include <sys/types.h>

#include <string>

// Starts Xvfb at the first call and sets DISPLAY to it; it lives as long as this program. False where it is missing: the test is skipped.
bool has_xvfb();

// Another one; its name is empty where Xvfb is missing.
struct Xvfb {
  pid_t id;
  std::string name;  // ":1"
};
Xvfb start_xvfb();
