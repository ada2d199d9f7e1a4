// A storm of events: whatever is clicked, typed and pasted, the window stays whole.
#include "tests/monkey.h"

#include <chrono>
#include <iostream>

using namespace test;

namespace {

std::set<fs::path> listing(const fs::path& folder) {
  std::set<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder)) all.insert(entry.path());
  return all;
}

// A storm of so many deeds.
void storm(std::uint64_t seed, int deeds) {
  const std::set<fs::path> outside = listing(fs::current_path());
  const fs::path here = fs::current_path();
  Cage cage;
  Monkey monkey(seed, cage);
  for (int i = 0; i < deeds; i++) {
    INFO("seed " << seed << ", deed " << i);
    try {
      monkey.act();
    } catch (const std::exception& error) {
      FAIL("an exception came through: " << error.what() << "\nwhat came last:\n" << monkey.story());
    }
  }
  CHECK(listing(cage.place.path) == std::set<fs::path>{cage.place / "a"});
  CHECK(listing(here) == outside);
}

}  // namespace

TEST_CASE("a storm of events leaves the window whole", "[app]") {
  for (const std::uint64_t seed : {1, 2, 3}) storm(seed, 1000);
}

TEST_CASE("ten minutes of storms leave the window whole", "[.long]") {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(10);
  for (std::uint64_t seed = 1000; std::chrono::steady_clock::now() < end; seed++) {
    std::cout << "seed " << seed << std::endl;
    storm(seed, 1000);
  }
}
