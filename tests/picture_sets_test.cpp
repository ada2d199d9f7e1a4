// Sets of pictures from files: CIFAR-10 records, and folders of pictures by class.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "datasets/catalog.h"
#include "datasets/cifar.h"
#include "datasets/picture_folder.h"
#include "datasets/prepare.h"
#include "tests/image_files.h"
#include "tests/support.h"

namespace fs = std::filesystem;
using data::Dataset;
using image_files::grey_png;

namespace {

void write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

// A record whose planes are of one red, green and blue, but for the red of its first pixel.
std::string record(int label, int red, int green, int blue, int first) {
  std::string bytes(1, char(label));
  for (int color : {red, green, blue}) bytes += std::string(1024, char(color));
  bytes[1] = char(first);
  return bytes;
}

}  // namespace

TEST_CASE("CIFAR-10 records are a class and three planes of 32x32 pixels") {
  TemporaryFolder folder;
  write(folder / "a.bin", record(3, 255, 51, 0, 102) + record(9, 0, 0, 255, 0));
  const Dataset set = data::load({.name_or_path = (folder / "a.bin").string()});
  CHECK(set.examples() == 2);
  CHECK(set.shape == nn::Shape{3, 32, 32});
  CHECK(set.labels == std::vector<int>{3, 9});
  CHECK(set.class_names[3] == "cat");
  CHECK(set.inputs(0, 0) == Approx(0.4));
  CHECK(set.inputs(0, 1) == 1);
  CHECK(set.inputs(0, 1024) == Approx(0.2));
  CHECK(set.inputs(0, 2048) == 0);
  CHECK(set.inputs(1, 3071) == 1);
  CHECK(set.input_names[1024] == "pixel_1_0_0");
}

TEST_CASE("several CIFAR-10 files follow each other, and test_batch.bin is the fixed test wherever it is named") {
  TemporaryFolder folder;
  write(folder / "set/test_batch.bin", record(1, 0, 0, 0, 0));
  write(folder / "set/data_batch_2.bin", record(5, 0, 0, 0, 0));
  write(folder / "set/data_batch_1.bin", record(7, 0, 0, 0, 0) + record(8, 0, 0, 0, 0));
  const Dataset all = data::load({.name_or_path = (folder / "set").string()});
  CHECK(all.labels == std::vector<int>{7, 8, 5, 1});
  CHECK(all.fixed_test == std::vector<int>{3});
  const Dataset two = data::load({.name_or_path = "set/test_batch.bin, set/data_batch_2.bin", .data_folder = folder.path});
  CHECK(two.labels == std::vector<int>{5, 1});
  CHECK(two.fixed_test == std::vector<int>{1});
  CHECK(data::load({.name_or_path = (folder / "set/test_batch.bin").string()}).fixed_test.empty());
}

TEST_CASE("CIFAR-10 files that are cut off, empty or something else are named") {
  const std::string whole = record(1, 0, 0, 0, 0);
  CHECK_THROWS_WITH(
      data::check_cifar(whole + whole.substr(0, 100), "x.bin"),
      "x.bin: 1 whole CIFAR-10 records of 3073 bytes and a part of one (100 bytes); the file is cut off, or no CIFAR-10 file");
  CHECK_THROWS_WITH(data::check_cifar("", "x.bin"), Catch::Contains("empty"));
  CHECK_THROWS_WITH(data::check_cifar(whole + record(12, 0, 0, 0, 0), "x.bin"), Catch::Contains("record 2 is of class 12"));
}

TEST_CASE("the first records of CIFAR-10 are a frog and two trucks") {
  const char* folder = std::getenv("GLASSBOX_DATA");
  if (!folder) return skip("GLASSBOX_DATA is not set");
  const Dataset set = data::load({.name_or_path = "cifar10", .data_folder = folder});
  CHECK(set.examples() == 3000);
  CHECK(std::vector<int>(set.labels.begin(), set.labels.begin() + 5) == std::vector<int>{6, 9, 9, 4, 1});
  CHECK(set.inputs(0, 0) == Approx(59 / 255.0));
  CHECK(set.inputs(0, 1) == Approx(43 / 255.0));
  CHECK(set.inputs(0, 1024) == Approx(62 / 255.0));
}

TEST_CASE("a folder of class folders is a set of pictures of one size; other files are skipped and counted") {
  TemporaryFolder folder;
  write(folder / "pets/cat/b.png", grey_png(4, 4, 102));
  write(folder / "pets/cat/a.JPG", image_files::jpeg(8, 8, std::vector<unsigned char>(192, 255)));
  write(folder / "pets/cat/notes.txt", "cats");
  write(folder / "pets/cat/.hidden", "x");
  write(folder / "pets/dog/a.png", grey_png(1, 1, 51));
  write(folder / "pets/readme.txt", "pets");
  const Dataset set = data::load({.name_or_path = (folder / "pets").string()});
  CHECK(set.name == "pets");
  CHECK(set.shape == nn::Shape{3, 32, 32});
  CHECK(set.class_names == std::vector<std::string>{"cat", "dog"});
  CHECK(set.labels == std::vector<int>{0, 0, 1});
  CHECK(set.inputs(0, 500) == Approx(1).margin(0.02));
  CHECK(set.inputs(1, 500) == Approx(0.4));
  CHECK(set.inputs(2, 3071) == Approx(0.2));
  REQUIRE(set.notes.size() == 2);
  CHECK(set.notes[0] == "3 of 3 pictures were brought to 32x32 pixels; model.input chooses another size.");
  CHECK(set.notes[1].starts_with("1 files that are neither PNG nor JPEG were skipped"));
  CHECK(set.fixed_test.empty());

  data::Experiment e;
  e.source = (folder / "pets").string();
  e.input = "1x4x4";
  CHECK(data::prepare(e, "").problem->model.input == nn::Shape{1, 4, 4});
  CHECK(data::prepare(e, "").set.inputs.columns() == 16);
}

TEST_CASE("a folder with train and test holds its own test") {
  TemporaryFolder folder;
  for (const char* name : {"train/a/1.png", "train/b/1.png", "train/b/2.png", "test/a/1.png", "test/b/1.png"})
    write(folder / name, grey_png(2, 2, 9));
  const Dataset set = data::picture_folder(folder.path, {1, 2, 2});
  CHECK(set.labels == std::vector<int>{0, 1, 1, 0, 1});
  CHECK(set.fixed_test == std::vector<int>{3, 4});
  fs::rename(folder / "test/b", folder / "test/c");
  CHECK_THROWS_WITH(data::picture_folder(folder.path), Catch::Contains("different names"));
}

TEST_CASE("folders of pictures that can't be a data set say why") {
  TemporaryFolder folder;
  write(folder / "a/1.png", grey_png(2, 2, 9));
  CHECK_THROWS_WITH(data::picture_folder(folder.path), Catch::Contains("one class folder, 'a'") && Catch::Contains("at least two"));
  fs::create_directory(folder / "b");
  CHECK_THROWS_WITH(data::picture_folder(folder.path), Catch::Contains("class 'b' has none"));
  write(folder / "b/1.png", grey_png(64, 64, 9).substr(0, 50));
  CHECK_THROWS_WITH(data::picture_folder(folder.path), Catch::Contains("b/1.png: ") && Catch::Contains("cut off"));
  write(folder / "b/1.png", "GIF89a");
  CHECK_THROWS_WITH(data::picture_folder(folder.path), Catch::Contains("b/1.png: neither a PNG nor a JPEG"));
}
