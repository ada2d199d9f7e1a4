// A folder of pictures as a camera: frames in order, again and again, and what happens when it goes away.
#include "viz/camera.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/file.h"
#include "tests/support.h"
#include "viz/png.h"

using namespace viz;

namespace {

constexpr double fast = 500;  // frames a second

void write_frame(const std::filesystem::path& file, unsigned char grey) {
  std::vector<unsigned char> rgba(4 * 4 * 4, grey);
  for (std::size_t i = 3; i < rgba.size(); i += 4) rgba[i] = 255;
  nn::write_file(file, png({4, 4, rgba}));
}

// The grey of the next frame.
int next(const Camera& camera, std::shared_ptr<const data::Pixels>& frame) {
  const Camera::Look look = camera.wait(frame);
  REQUIRE(look.problem.empty());
  frame = look.frame;
  return frame->rgba[0];
}

}  // namespace

TEST_CASE("a folder's pictures come in the order of their names, again and again") {
  TemporaryFolder folder;
  write_frame(folder / "b.png", 20), write_frame(folder / "a.png", 10), write_frame(folder / "c.png", 30);
  const Frames frames = folder_frames(folder.path, fast);
  for (const int grey : {10, 20, 30, 10, 20}) CHECK(int(frames({})->rgba[0]) == grey);
}

TEST_CASE("files that are no pictures are passed over") {
  TemporaryFolder folder;
  write_frame(folder / "a.png", 10), write_frame(folder / "c.png", 30);
  nn::write_file(folder / "b.png", "not a picture");
  nn::write_file(folder / "notes.txt", "nor this");
  const Frames frames = folder_frames(folder.path, fast);
  for (const int grey : {10, 30, 10}) CHECK(int(frames({})->rgba[0]) == grey);
}

TEST_CASE("a camera's frames go on by themselves, and its thread ends with it") {
  TemporaryFolder folder;
  write_frame(folder / "a.png", 10), write_frame(folder / "b.png", 20);
  const Camera camera(folder.path, fast);
  std::shared_ptr<const data::Pixels> frame;
  std::set<int> seen;
  for (int i = 0; i < 6; i++) seen.insert(next(camera, frame));
  CHECK(seen == std::set<int>{10, 20});
}

TEST_CASE("a folder that is removed while the camera runs is said in a sentence, and the last picture stays") {
  TemporaryFolder folder;
  std::filesystem::create_directory(folder / "frames");
  write_frame(folder / "frames" / "a.png", 10);
  const Camera camera(folder / "frames", fast);
  std::shared_ptr<const data::Pixels> frame;
  CHECK(next(camera, frame) == 10);
  std::filesystem::remove_all(folder / "frames");
  Camera::Look look = camera.look();
  while (look.problem.empty()) look = camera.wait(look.frame);
  CHECK(look.problem.starts_with("camera: the folder "));
  CHECK(look.problem.find("the last picture stays") != std::string::npos);
  REQUIRE(look.frame);
  CHECK(int(look.frame->rgba[0]) == 10);
}

TEST_CASE("a camera without a picture, or without a source, says so") {
  TemporaryFolder folder;
  const Camera::Look look = Camera(folder.path, fast).wait(nullptr);
  CHECK(look.problem == "camera: the folder " + folder.path.string() + " holds no picture that can be read");
  CHECK_FALSE(look.frame);
  CHECK_THROWS_WITH(Camera(folder / "none"), Catch::Contains("is not there"));
  nn::write_file(folder / "file", "text");
  CHECK_THROWS_WITH(Camera(folder / "file"), Catch::Contains("is no camera"));
}
