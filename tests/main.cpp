// The test program: Catch2, a listener that counts, and skip() for tests that want data which is not there.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "tests/support.h"

namespace {
int skipped = 0, passed = 0, failed = 0;
bool skipping = false;

struct Counter : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;
  void testCaseStarting(const Catch::TestCaseInfo&) override { skipping = false; }
  void testCaseEnded(const Catch::TestCaseStats& stats) override {
    if (!stats.totals.assertions.allOk()) failed++;
    else if (skipping) skipped++;
    else passed++;
  }
};
CATCH_REGISTER_LISTENER(Counter)
}  // namespace

void skip(const std::string& why) {
  skipping = true;
  WARN("skipped: " << why);
}

int main(int count, char** words) {
  Catch::Session session;
  const int result = session.run(count, words);
  if (const char* path = std::getenv("TEST_COUNTS")) std::ofstream(path) << passed << ' ' << failed << ' ' << skipped << '\n';
  return result;
}
