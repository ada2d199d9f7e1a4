// Texts that can't be read: one sentence for `train` and for `show`, and nothing is lost.
#include "tests/cli.h"

using namespace cli;

namespace {

// A folder with a run that has learned the latch text a little.
struct Learned : TemporaryFolder {
  Learned() {
    write(*this / "latch.toml", learned("latch") + "samples = 1000\n" + rest());
    REQUIRE(run_program({"train", "latch.toml", "--out", "run"}, {.folder = path}).code == 0);
  }
  static std::string learned(const std::string& source) { return "[data]\nsource = \"" + source + "\"\n"; }
  static std::string rest(const std::string& more = "") {
    return "[model]\nlayers = \"lstm 4\"\n[train]\nloss = \"cross-entropy\"\nepochs = 1\n" + more;
  }
  // Both `train` on the file and `show` of the run on it.
  void refuse(const std::string& file, const Words& parts) const {
    write(*this / "e.toml", learned(file) + rest());
    refuses(*this, {"train", "e.toml", "--out", "new"}, 1, parts);
    for (const char* method : {"text-heatmap", "lstmvis", "input"})
      refuses(*this, {"show", method, "--run", "run", "--text", file, "--out", "x.png"}, 1, parts);
  }
};

}  // namespace

TEST_CASE("a text that is empty, one character, binary or no UTF-8 is refused in one sentence", "[text]") {
  if (!has_program()) return;
  const Learned place;
  write(place / "empty.txt", "");
  place.refuse("empty.txt", {"empty.txt", "the file is empty"});
  write(place / "one.txt", "a");
  place.refuse("one.txt", {"one.txt", "one character ('a')", "nothing to predict"});
  write(place / "binary.txt", std::string("\x7f"
                                          "ELF\0\0abc",
                                          9));
  place.refuse("binary.txt", {"binary.txt", "zero byte at offset 4", "binary file"});
  write(place / "latin.txt", "ab\ncaf\xe9\n");
  place.refuse("latin.txt", {"latin.txt", "the byte e9", "line 2", "save the text as UTF-8"});
}

TEST_CASE("a text of a gigabyte is refused before it is read, and its front can be learned", "[text]") {
  if (!has_program()) return;
  const Learned place;
  write(place / "large.txt", [] {
    std::string front;
    while (front.size() < 5000) front += "abcd\n";
    return front;
  }());
  fs::resize_file(place / "large.txt", std::uintmax_t(1) << 30);  // a hole, which takes no space
  for (const Words& words : {Words{"train", "e.toml"}, Words{"show", "text-heatmap", "--run", "run", "--text", "large.txt", "--out", "x.png"}}) {
    write(place / "e.toml", Learned::learned("large.txt") + Learned::rest());
    const Result result = run_program(words, {.folder = place.path});
    INFO(result.error);
    CHECK(result.code == 1);
    CHECK(result.error.starts_with("glassbox: large.txt: 1073741824 bytes, and at most 16777216 are read"));
    CHECK(result.error.find("data.samples = 1000000") != result.error.npos);
  }
  write(place / "e.toml", Learned::learned("large.txt") + "samples = 1000\n" + Learned::rest());
  CHECK(run_program({"train", "e.toml", "--out", "front"}, {.folder = place.path}).code == 0);
}

TEST_CASE("a saved model names the characters of another text that it has never read", "[text]") {
  if (!has_program()) return;
  const Learned place;
  write(place / "other.txt", "abc x x zx!");
  for (const char* method : {"text-heatmap", "lstmvis", "sample", "saturation", "errortypes", "input"})
    refuses(place, {"show", method, "--run", "run", "--text", "other.txt", "--out", "x.png"}, 1,
            {"other.txt", "blank, 'x', '!' and 1 more are not among the 8 symbols"});
  write(place / "known.txt", "ab\"cd?yab\"cd?nabcd");
  CHECK(run_program({"show", "text-heatmap", "--run", "run", "--text", "known.txt", "--out", "x.png"}, {.folder = place.path}).code == 0);
}

TEST_CASE("a loss that is not a number ends training on a text with a reason, and the run is kept", "[text]") {
  if (!has_program()) return;
  const Place place;
  write(place / "t.toml",
        "[data]\nsource = \"latch\"\nsamples = 2000\n[model]\nlayers = \"rnn 8 relu\"\n[train]\n"
        "loss = \"cross-entropy\"\nrate = 1000\nepochs = 50\n");
  const Result result = place.run({"train", "t.toml", "--out", "run"});
  INFO(result.error << result.out);
  CHECK(result.code == 1);
  CHECK((result.out + result.error).find("diverged") != std::string::npos);
  CHECK(fs::exists(place / "run/model.safetensors"));
  refuses(place, {"show", "text-heatmap", "--run", "run", "--out", "x.png"}, 1, {"text-heatmap: ", "no number any more", "training has diverged"});
  CHECK(place.run({"show", "loss", "--run", "run", "--out", "x.png"}).code == 0);
}
