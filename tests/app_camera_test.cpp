// Picture files and a camera in the window, and what other data do to a drawing.
#include <chrono>

#include "engine/file.h"
#include "tests/app_input.h"
#include "viz/app/parts.h"
#include "viz/png.h"

using namespace test;

namespace {

void write_picture(const std::filesystem::path& file, int side, unsigned char grey) {
  std::vector<unsigned char> rgba(std::size_t(side * side * 4), grey);
  for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
  nn::write_file(file, png({side, side, rgba}));
}

// Draws until it holds; what comes from another thread may take its time.
template <class Condition>
void draw_until(Driver& d, Condition holds) {
  const auto began = std::chrono::steady_clock::now();
  while (!holds() && std::chrono::steady_clock::now() - began < std::chrono::seconds(20)) d.draw();
  CHECK(holds());
}

}  // namespace

TEST_CASE("a picture file is looked at by its path or by the dialog; what is none is said in a sentence", "[app][input]") {
  TemporaryFolder folder;
  write_picture(folder / "grey.png", 16, 128);
  nn::write_file(folder / "broken.png", "\x89PNG\r\n\x1a\nrubbish");
  Trained d;
  d.source(2);
  d.click("picture_path"), d.type((folder / "grey.png").string()), d.key(Key::enter);
  draw_until(d, [&] { return d.state().given != nullptr; });
  CHECK(d.state().given->words == "grey.png");
  CHECK(double(d.state().given->row(0, 0)) == Approx(127 / 255.0));  // swapped: its border is light
  const auto before = d.state().given->row;
  d.click("swap");
  CHECK(double(d.state().given->row(0, 0)) == Approx(128 / 255.0));
  d.state().folder = folder.path;
  d.click("choose_picture");
  CHECK(d.has("file:broken.png"));
  d.click("file:broken.png");
  draw_until(d, [&] { return d.state().failed; });
  CHECK(d.state().message.find("broken.png") != std::string::npos);
  d.click("choose_picture"), d.click("file:grey.png");
  draw_until(d, [&] { return d.state().given != nullptr; });
  CHECK(d.state().given->row == before);
}

TEST_CASE("a folder of frames is a camera: its frames are looked at, frozen, and the last stays when it goes", "[app][input]") {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "frames");
  write_picture(folder / "frames" / "a.png", 8, 40);
  write_picture(folder / "frames" / "b.png", 8, 90);
  Trained d;
  d.source(3);
  d.click("camera_path"), d.control('a'), d.type((folder / "frames").string()), d.key(Key::enter);
  draw_until(d, [&] { return d.state().given != nullptr; });
  const auto first = d.state().given;
  CHECK(first->words == "the camera");
  draw_until(d, [&] { return d.state().given != first; });
  CHECK_FALSE(d.state().given->row == first->row);
  d.click("freeze");
  const auto frozen = d.state().given;
  for (auto frame = d.input().frame; d.input().camera->wait(frame).frame == frame;) {
  }
  d.draw();
  CHECK(d.state().given == frozen);
  d.click("freeze");
  std::filesystem::remove_all(folder / "frames");
  draw_until(d, [&] { return d.input().camera == nullptr; });
  CHECK(d.state().failed);
  CHECK(d.state().message.find("the last picture stays") != std::string::npos);
  CHECK(d.state().given);
  d.source(0);
  CHECK_FALSE(d.state().given);
}

TEST_CASE("other data put a drawing aside, and tables have no pad", "[app][input]") {
  Trained d;
  d.source(1);
  d.stroke(seven);
  data::Experiment e;
  e.source = "iris";
  e.split = "stratified 80 %";
  e.panes = {"input"};
  open_experiment(d.state(), e, "iris");
  d.settle();
  CHECK_FALSE(d.state().given);
  CHECK_FALSE(d.has("pad"));
  CHECK(d.has("next_example"));
  CHECK_THROWS_WITH(look_at_file(d.state(), "x.png"), Catch::Contains("not pictures"));
}
