// Xvfb chooses a free display and writes its number into a pipe when it is ready.
#include "tests/xvfb.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/support.h"

namespace {

[[noreturn]] void become_xvfb(int ready) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // it goes with the tests, but after the last connection to it was closed
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int standard : {0, 1, 2}) dup2(nowhere, standard);
  const std::string descriptor = std::to_string(ready);
  execlp("Xvfb", "Xvfb", "-displayfd", descriptor.c_str(), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset", nullptr);
  _exit(127);
}

}  // namespace

Xvfb start_xvfb() {
  int ends[2];
  if (pipe(ends) != 0) return {-1, ""};
  const pid_t id = fork();
  if (id == 0) become_xvfb(ends[1]);
  close(ends[1]);
  std::string number;
  for (char c; read(ends[0], &c, 1) == 1 && c != '\n';) number += c;
  close(ends[0]);
  return {id, number.empty() ? "" : ":" + number};
}

bool has_xvfb() {
  static const std::string name = start_xvfb().name;
  if (name.empty()) {
    skip("Xvfb is not installed (package xvfb)");
    return false;
  }
  setenv("DISPLAY", name.c_str(), 1);
  setenv("LP_NUM_THREADS", "1", 1);  // of the software that paints
  return true;
}
