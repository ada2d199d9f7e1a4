// The state as one line of text: there and back to the bit, and whatever was damaged is refused.
#include "viz/state_line.h"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "tests/runs.h"

namespace {

// Slow and plain: bits in a list.
std::string base64url(const std::string& bytes) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::vector<int> bits;
  for (const unsigned char byte : bytes)
    for (int i = 7; i >= 0; i--) bits.push_back(byte >> i & 1);
  while (bits.size() % 6 != 0) bits.push_back(0);
  std::string text;
  for (std::size_t i = 0; i < bits.size(); i += 6) {
    int six = 0;
    for (std::size_t k = 0; k < 6; k++) six = 2 * six + bits[i + k];
    text += letters[std::size_t(six)];
  }
  return text;
}

std::string zipped(const std::string& bytes) {
  uLongf size = compressBound(uLong(bytes.size()));
  std::string result(size, '\0');
  compress(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), uLong(bytes.size()));
  result.resize(size);
  return result;
}

std::string parts(std::initializer_list<std::string> list) {
  std::string bytes;
  for (const std::string& part : list) {
    const std::uint64_t length = part.size();
    bytes += std::string(reinterpret_cast<const char*>(&length), 8) + part;
  }
  return bytes;
}

std::string line_of(const std::string& bytes) { return "glassbox:1:" + base64url(zipped(bytes)); }

nn::Run run_of(nn::Index g) {
  nn::Run run = runs::run_of(g);
  run.now = [&] {
    auto snapshot = runs::generation(g);
    snapshot->state.parameters.numbers(0, 0) = std::numeric_limits<nn::Real>::quiet_NaN();
    return snapshot;
  }();
  return run;
}

void refused(const std::string& line, const char* part) { CHECK_THROWS_WITH(viz::parse_state_line(line), Catch::Contains(part)); }

}  // namespace

TEST_CASE("a state line brings back experiment, state and history to the bit") {
  for (const nn::Index g : {0, 1, 7}) {
    const nn::Run run = run_of(g);
    const std::string line = viz::state_line(run);
    CHECK(line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:") == line.npos);
    const nn::Run back = viz::parse_state_line(" " + line + "\n");
    CHECK(back.experiment == run.experiment);
    CHECK(back.snapshots.empty());
    CHECK(nn::snapshot_bytes(*back.now) == nn::snapshot_bytes(*run.now));
    CHECK(nn::history_lines(back.history) == nn::history_lines(run.history));
    CHECK(viz::state_line(back) == line);
  }
}

TEST_CASE("a state line is base64url of zlib of three parts") {
  const nn::Run run = run_of(3);
  const std::string line = line_of(parts({run.experiment, nn::snapshot_bytes(*run.now), nn::history_lines(run.history)}));
  CHECK(viz::state_line(viz::parse_state_line(line)) == viz::state_line(run));
}

TEST_CASE("a state line that lost or changed a letter anywhere is refused") {
  const std::string line = viz::state_line(run_of(2));
  for (std::size_t n = 0; n < line.size(); n++) CHECK_THROWS_AS(viz::parse_state_line(line.substr(0, n)), std::invalid_argument);
  for (std::size_t i = 0; i < line.size(); i++) {
    std::string damaged = line;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    INFO("letter " << i);
    CHECK_THROWS_AS(viz::parse_state_line(damaged), std::invalid_argument);
  }
  refused(line + "AAAA", "something follows its end");
  refused(line.substr(0, line.size() / 2), "cut off");
  std::string broken = line;
  broken[100] = '\n';
  refused(broken, "letter 90 after 'glassbox:1:' is none");
}

TEST_CASE("what is no state line is refused in a sentence") {
  const nn::Run run = run_of(2);
  const std::string state = nn::snapshot_bytes(*run.now), history = nn::history_lines(run.history);
  refused("", "state line: it has to begin with 'glassbox:1:'");
  refused("https://example.org", "has to begin with");
  refused("glassbox:2:AAAA", "of another version");
  refused(line_of(parts({"seed = 1\n", state})), "a part of it is missing");
  refused(line_of(parts({"seed = 1\n", state, history, ""})), "something follows its last part");
  refused(line_of(parts({"seed = 1\n", "no tensors", history})), "state line: the state: ");
  refused(line_of(parts({"seed = 1\n", state, "{}\n{}\n"})), "state line: the history: line 1: this is no line of a history");
  refused(line_of(parts({"seed = 1\n", state, ""})), "the history has 0 lines where the state says 2");
  std::string huge = parts({"seed = 1\n", state, history});
  std::memset(huge.data(), 255, 8);
  refused(line_of(huge), "a part of it is missing");
  refused(line_of(std::string((std::size_t(64) << 20) + 1, ' ')), "more than 64 MiB once unpacked");
}
