// Run folders under fire: a kill at any moment, a full disk and a place that can't be written leave one whole generation.
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "engine/publish.h"
#include "tests/runs.h"
#include "tests/support.h"

using namespace runs;

namespace {

// Runs `work` in a process of its own; its exit status.
template <class Work>
int in_child(Work work) {
  const pid_t child = fork();
  if (child == 0) {
    int result = 0;
    try {
      result = work();
    } catch (...) {
      result = 100;
    }
    _exit(result);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace

TEST_CASE("what killed programs left beside a run goes at the next save, what running ones have stays") {
  TemporaryFolder folder;
  int dead = 0;
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, &dead, 0);
  const fs::path left = folder / ("run.new." + std::to_string(child)), running = folder / ("run.new." + std::to_string(getppid()));
  for (const fs::path& f : {left, running, folder / "run.new.txt", folder / "run.new.1x"}) fs::create_directory(f);
  write(left / "model.safetensors", "half");
  save_run(folder / "run", run_of(1));
  CHECK_FALSE(fs::exists(left));
  CHECK(fs::exists(running));
  CHECK(fs::exists(folder / "run.new.txt"));
  CHECK(fs::exists(folder / "run.new.1x"));
}

TEST_CASE("the old generation is found where the program was killed between two renames") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(1));
  fs::rename(folder / "run", old_place(folder / "run"));
  CHECK(generation_in(folder / "run") == 1);
  CHECK(generation_in(folder / "run/") == 1);
  save_run(folder / "run", run_of(2));
  CHECK(generation_in(folder / "run") == 2);
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("a program killed while it writes a generation leaves the old one") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(5));
  const std::string own[] = {"experiment.toml", "model.safetensors"};
  for (int files = 0; files <= 2; files++) {
    in_child([&] {
      publish_folder(folder / "run", own, [&](const fs::path& fresh) {
        for (int i = 0; i < files; i++) write(fresh / own[i], "new");
        raise(SIGKILL);
      });
      return 0;
    });
    CHECK(generation_in(folder / "run") == 5);
    CHECK(entries(folder.path) == 2);  // what is left of the new one goes with the next save
    save_run(folder / "run", run_of(5));
    CHECK(entries(folder.path) == 1);
  }
}

TEST_CASE("a program killed at any moment leaves one whole generation") {
  TemporaryFolder folder;
  const fs::path run = folder / "run";
  Index last = 0;
  save_run(run, run_of(last));
  auto* done =
      static_cast<std::atomic<long>*>(mmap(nullptr, sizeof(std::atomic<long>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  REQUIRE(done != MAP_FAILED);
  Generator random(1, "kills");
  for (int kills = 0; kills < 40; kills++) {
    done->store(last);
    const pid_t child = fork();
    if (child == 0) {
      try {
        for (Index g = last + 1;; g++) {
          save_run(run, run_of(g));
          done->store(g);
        }
      } catch (...) {
        _exit(100);
      }
    }
    for (std::uint64_t wait = random.below(60000) + 500; wait > 0; wait--) sched_yield();
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    const Index found = generation_in(run);
    REQUIRE(found >= done->load());
    REQUIRE(found <= done->load() + 1);
    last = found;
  }
  CHECK(last > 0);
  munmap(done, sizeof *done);
  save_run(run, run_of(last + 1));
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("a disk that is full leaves the old generation and nothing else") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(1));
  const int status = in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, 100};  // experiment.toml fits, model.safetensors does not
    setrlimit(RLIMIT_FSIZE, &small);
    try {
      save_run(folder / "run", run_of(2));
    } catch (const std::runtime_error& error) {
      const std::string said = error.what();
      return said.find("model.safetensors: File too large") != said.npos && said.find('\n') == said.npos ? 7 : 8;
    }
    return 9;
  });
  CHECK(WEXITSTATUS(status) == 7);
  CHECK(generation_in(folder / "run") == 1);
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("a place that can't be written is named with the reason") {
  TemporaryFolder folder;
  write(folder / "file", "x");
  CHECK_THROWS_WITH(save_run(folder / "file/run", run_of(1)), "cannot save " + (folder / "file/run").string() + ": Not a directory");
  CHECK_THROWS_WITH(save_run(folder / "no/such/run", run_of(1)),
                    "cannot save " + (folder / "no/such/run").string() + ": No such file or directory");

  save_run(folder / "run", run_of(1));
  fs::permissions(folder.path, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read | fs::perms::others_exec);
  const int status = in_child([&] {
    if (getuid() == 0 && setuid(65534) != 0) return 9;
    try {
      save_run(folder / "run", run_of(2));
    } catch (const std::runtime_error& error) {
      return std::string(error.what()) == "cannot save " + (folder / "run").string() + ": Permission denied" ? 7 : 8;
    }
    return 9;
  });
  fs::permissions(folder.path, fs::perms::owner_all);
  CHECK(WEXITSTATUS(status) == 7);
  CHECK(generation_in(folder / "run") == 1);
}
