// Training that ends early: by a signal, by a kill, by divergence; and several seeds, all or some of them finished.
#include <sched.h>
#include <signal.h>

#include <algorithm>

#include "engine/save.h"
#include "tests/cli.h"
#include "viz/commands/seeds.h"

using namespace cli;

namespace {

const Words forever = {"train", "c.toml", "--out", "run", "--set", "train.epochs=1000000000"};

}  // namespace

TEST_CASE("a stop by a signal ends after the running step, saves and goes on to the same bits") {
  if (!has_program()) return;
  const Place place;
  for (int signal : {SIGINT, SIGTERM}) {
    fs::remove_all(place / "run");
    Process process(with(forever, {"--json"}), {.folder = place.path});
    for (int i = 0; i < 3; i++) REQUIRE(process.line() != "");
    kill(process.id(), signal);
    kill(process.id(), signal);  // impatience breaks nothing
    const Result result = process.wait();
    CHECK(result.code == 0);
    CHECK(result.error.find("interrupted after step") != std::string::npos);
    const nn::Run run = nn::load_run(place / "run");
    CHECK(lines(result.out).size() + 3 == run.history.size());
    const std::string epochs = "train.epochs=" + std::to_string(run.now->state.epoch + 2);
    place.prints({"train", "run", "--set", epochs});
    place.prints({"train", "c.toml", "--out", "straight", "--set", epochs});
    CHECK(place.model("run") == place.model("straight"));
  }
}

TEST_CASE("training killed at any moment leaves a whole run or none") {
  if (!has_program()) return;
  const Place place;
  int whole = 0, while_saving = 0;
  for (int i = 0; i < 25; i++) {
    if (i % 5 == 0) fs::remove_all(place / "run");
    {
      Process process(forever, {.folder = place.path});
      const fs::path unfinished = place / ("run.new." + std::to_string(process.id()));
      // Some soon after the start, the others while a generation is being written: the first or the second.
      const auto wait_until = [&](bool saving) {
        for (int patience = 2000000; fs::exists(unfinished) != saving && patience > 0; patience--) sched_yield();
      };
      if (i % 2 == 0) {
        for (int wait = 0; wait < i * 1000; wait++) sched_yield();
      } else {
        wait_until(true);
        if (i % 4 == 3) {
          wait_until(false);
          wait_until(true);
        }
      }
      for (int wait = 0; wait < i * 7; wait++) sched_yield();
      kill(process.id(), SIGKILL);
      REQUIRE(process.wait().code == 128 + SIGKILL);
      while_saving += fs::exists(unfinished);
    }
    if (!fs::exists(place / "run") && !fs::exists(place / "run.old-generation")) continue;
    whole++;
    place.prints({"show", "loss", "--run", "run", "--out", "x.csv"});
  }
  CHECK(whole > 5);
  CHECK(while_saving > 2);
  place.prints({"train", "c.toml", "--out", "run", "--set", "train.epochs=1"});
  for (const fs::directory_entry& entry : fs::directory_iterator(place.path))
    CHECK_FALSE(entry.path().filename().string().starts_with("run."));  // what the dead left is gone
}

TEST_CASE("several seeds are told with median, band and their number, finished ones alone") {
  if (!has_program()) return;
  const Place place("epochs = 2\n");
  const std::string out = place.prints({"train", "c.toml", "--seeds", "3", "--seed", "5", "--out", "many"});
  CHECK(out.find("N = 3 seeds") != std::string::npos);
  CHECK(fs::exists(place / "many/loss.png"));
  std::vector<double> last;
  for (const char* seed : {"seed-5", "seed-6", "seed-7"}) last.push_back(nn::load_run(place / "many" / seed).history.back().train_loss);
  std::sort(last.begin(), last.end());
  // The picture is that of the last one and the two others.
  const auto bench = viz::Workbench::open(place / "many/seed-7", {});
  const std::vector<nn::Epoch> others[] = {nn::load_run(place / "many/seed-5").history, nn::load_run(place / "many/seed-6").history};
  viz::save_loss_picture(*bench, place / "expected.png", others);
  CHECK(text_of(place / "many/loss.png") == text_of(place / "expected.png"));
  char expected[100];
  std::snprintf(expected, sizeof expected, "train loss      median %7.4g   from %7.4g to %7.4g\n", last[1], last[0], last[2]);
  CHECK(out.find(expected) != std::string::npos);

  Process process({"train", "c.toml", "--seeds", "1000", "--out", "cut", "--set", "train.epochs=20"}, {.folder = place.path});
  REQUIRE(process.line().starts_with("seed-0"));
  REQUIRE(process.line().starts_with("seed-1"));
  kill(process.id(), SIGINT);
  const Result result = process.wait();
  CHECK(result.code == 0);
  std::size_t finished = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(place / "cut")) finished += entry.is_directory();
  CHECK(finished >= 2);
  CHECK(result.out.find("N = " + std::to_string(finished) + " of 1000 seeds") != std::string::npos);
}

TEST_CASE("training that diverges says so and keeps the run up to there") {
  if (!has_program()) return;
  const Place place("rate = 1000\n[model]\nlayers = \"dense 8, relu\"\noutput = \"linear\"\n");
  const Result result = place.run({"train", "c.toml", "--out", "run"});
  CHECK(result.code == 1);
  CHECK(result.error.find("diverged at step") != std::string::npos);
  CHECK(lines(result.error).size() == 1);
  CHECK(nn::load_run(place / "run").now->state.step > 0);
}
