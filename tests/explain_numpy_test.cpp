// What `glassbox show` writes agrees with somebody else's arithmetic: explain_numpy.py reads the same run folder and computes four maps.
#include <sstream>

#include "tests/cli.h"

using namespace cli;

namespace {

// A python3 that has numpy; empty where there is none.
std::string python() {
  for (const char* name : {"python3", "/usr/bin/python3"})
    if (std::system((std::string(name) + " -c 'import numpy' > /dev/null 2>&1").c_str()) == 0) return name;
  return "";
}

}  // namespace

TEST_CASE("saliency, guided backpropagation, epsilon relevance and Grad-CAM agree with numpy within 1e-4") {
  if (!has_program()) return;
  const std::string interpreter = python();
  if (interpreter.empty()) return skip("python3 has no numpy (apt-get install python3-numpy)");
  const fs::path tree = fs::absolute(__FILE__).parent_path().parent_path();
  struct Case {
    const char *run, *example;
    Words methods;
  };
  const Case cases[] = {{"drawn", "7", {"saliency", "guided", "relevance", "gradcam"}}, {"planted", "30", {"relevance", "gradcam"}}};
  for (const auto& [run, example, methods] : cases) {
    const Place place;
    const fs::path folder = tree / "datasets" / "runs" / run;
    const auto shown = [&](const std::string& method) {
      place.prints({"show", method, "--run", folder.string(), "--example", example, "--out", method + ".npy"});
      return " " + (place / (method + ".npy")).string();
    };
    std::string command = interpreter + " " + (tree / "tests" / "explain_numpy.py").string() + " " + folder.string() + shown("input");
    for (const std::string& method : methods) command += shown(method);
    REQUIRE(std::system((command + " > " + (place / "differences").string()).c_str()) == 0);
    std::istringstream lines(text_of(place / "differences"));
    std::string method;
    double difference = 1, largest = 0;
    std::size_t count = 0;
    for (; lines >> method >> difference >> largest; count++) {
      INFO(run << ", example " << example << ", " << method << ": " << difference << " of " << largest);
      CHECK(difference <= 1e-4 * std::max(1.0, largest));
    }
    CHECK(count == methods.size());
  }
}
