// IDX and gzip: what is whole is read, what is not is told in one sentence.
#include "datasets/idx.h"

#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>

#include "datasets/gzip.h"
#include "datasets/shipped.h"
#include "datasets/split.h"
#include "engine/file.h"
#include "tests/support.h"

namespace {

std::string number(unsigned x) { return {char(x >> 24), char(x >> 16), char(x >> 8), char(x)}; }

std::string images(unsigned count, unsigned height, unsigned width) {
  std::string bytes = number(0x803) + number(count) + number(height) + number(width);
  for (unsigned i = 0; i < count * height * width; i++) bytes += char(i * 5);
  return bytes;
}

std::string labels(const std::string& classes) { return number(0x801) + number(unsigned(classes.size())) + classes; }

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = unsigned(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = unsigned(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string image_error(const std::string& bytes) {
  try {
    data::parse_idx_images(bytes, "pictures");
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "no error";
}

std::string gzip_error(const std::string& bytes, std::size_t limit = 1000000) {
  try {
    data::gunzip(bytes, limit, "packed");
  } catch (const std::runtime_error& e) {
    return e.what();
  }
  return "no error";
}

bool contains(const std::string& text, const std::string& part) {
  INFO(text);
  CHECK(text.find(part) != std::string::npos);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an IDX folder is read packed or not, with dots or dashes, and t10k is set apart") {
  TemporaryFolder folder;
  nn::write_file(folder / "train-images-idx3-ubyte", images(3, 2, 4));
  nn::write_file(folder / "train-labels.idx1-ubyte.gz", gzip(labels({0, 2, 1})));
  const data::Dataset alone = data::mnist_like(folder.path);
  CHECK(alone.examples() == 3);
  CHECK(alone.fixed_test.empty());

  nn::write_file(folder / "t10k-images.idx3-ubyte.gz", gzip(images(2, 2, 4)));
  CHECK_THROWS_WITH(data::mnist_like(folder.path), Catch::Contains("only one of t10k-images* and t10k-labels*"));
  nn::write_file(folder / "t10k-labels-idx1-ubyte", labels({3, 0}));
  const data::Dataset set = data::mnist_like(folder.path);
  CHECK(set.examples() == 5);
  CHECK(set.shape == nn::Shape{1, 2, 4});
  CHECK(set.labels == std::vector<int>{0, 2, 1, 3, 0});
  CHECK(set.class_names == std::vector<std::string>{"0", "1", "2", "3"});
  CHECK(set.fixed_test == std::vector<int>{3, 4});
  CHECK(set.inputs(0, 1) == nn::Real(5) / 255);
  CHECK(set.inputs(2, 7) == nn::Real(23 * 5) / 255);
  CHECK(set.inputs(4, 0) == nn::Real(8 * 5) / 255);
  CHECK(set.input_names[5] == "pixel_1_1");
}

TEST_CASE("IDX parts that do not fit each other are told") {
  TemporaryFolder folder;
  CHECK_THROWS_WITH(data::mnist_like(folder / "none"), Catch::Contains("no folder"));
  CHECK_THROWS_WITH(data::mnist_like(folder.path), Catch::Contains("no file train-images*"));
  nn::write_file(folder / "train-images", images(3, 2, 2));
  CHECK_THROWS_WITH(data::mnist_like(folder.path), Catch::Contains("no file train-labels*"));
  nn::write_file(folder / "train-labels", labels({0, 1}));
  CHECK_THROWS_WITH(data::mnist_like(folder.path), Catch::Contains("holds 3 images") && Catch::Contains("holds 2 labels"));
  nn::write_file(folder / "train-labels", labels({0, 1, 1}));
  nn::write_file(folder / "t10k-images", images(1, 2, 3));
  nn::write_file(folder / "t10k-labels", labels({1}));
  CHECK_THROWS_WITH(data::mnist_like(folder.path), Catch::Contains("differ in size"));
}

TEST_CASE("an IDX file with a wrong number in its header is refused") {
  CHECK(data::parse_idx_images(images(2, 3, 4), "pictures").count == 2);
  contains(image_error(""), "pictures: only 0 bytes, too few for the header of IDX images");
  contains(image_error(images(1, 1, 1).substr(0, 15)), "only 15 bytes");
  contains(image_error(labels({1, 2, 3, 4, 5, 6, 7, 8, 9})), "begins with the number 2049, but IDX images begin with 2051");
  contains(image_error(images(2, 3, 4).substr(0, 30)), "promises 24 bytes of pixels, but 14 follow; the file is cut off");
  contains(image_error(images(2, 3, 4) + "x"), "promises 24 bytes of pixels, but 25 follow; the file is damaged");
  contains(image_error(images(0, 3, 4)), "promises no pixels");
  contains(image_error(images(1, 0, 4)), "promises no pixels");
  contains(image_error(number(0x803) + number(~0u) + number(~0u) + number(~0u)), "at most 4096x4096");
  contains(image_error(number(0x803) + number(~0u) + number(4096) + number(4096)), "promises 72057594021150720 bytes");
  CHECK_THROWS_WITH(data::parse_idx_labels(images(1, 1, 1), "l"),
                    Catch::Contains("begins with the number 2051, but IDX labels begin with 2049"));
  CHECK_THROWS_WITH(data::parse_idx_labels(labels({1, 2}).substr(0, 9), "l"), Catch::Contains("promises 2 bytes of labels, but 1 follow"));
  CHECK_THROWS_WITH(data::parse_idx_labels(labels(""), "l"), Catch::Contains("promises no labels"));
}

TEST_CASE("gzip gives back what was packed, several members too") {
  std::string text;
  for (int i = 0; i < 100000; i++) text += char('a' + (i % 23) * (i % 23) % 23);
  CHECK(data::gunzip(gzip(text), 100000, "packed") == text);
  CHECK(data::gunzip(gzip("one ") + gzip("two"), 100, "packed") == "one two");
  CHECK(data::gunzip(gzip(""), 0, "packed").empty());
}

TEST_CASE("gzip that is cut off, damaged, followed by something or too large is told apart") {
  const std::string whole = gzip(std::string(5000, 'x') + "end");
  contains(gzip_error("plain text"), "packed: not a gzip file");
  contains(gzip_error(""), "not a gzip file");
  for (std::size_t length = 2; length < whole.size(); length++) contains(gzip_error(whole.substr(0, length)), "ends too early");
  std::string damaged = whole;
  damaged[whole.size() - 6] = char(damaged[whole.size() - 6] ^ 1);  // within the checksum
  contains(gzip_error(damaged), "damaged near byte");
  contains(gzip_error(whole + "more"), "yet 4 bytes follow");
  contains(gzip_error(whole, 5002), "more than 5002 bytes once unpacked");
  CHECK(gzip_error(whole, 5003) == "no error");
}

TEST_CASE("MNIST: 60,000 train and 10,000 test, with the known first labels") {
  const char* folder = std::getenv("GLASSBOX_DATA");
  if (!folder) return skip("GLASSBOX_DATA is not set");
  const data::Dataset set = data::mnist_like(std::filesystem::path(folder) / "mnist");
  CHECK(set.examples() == 70000);
  CHECK(set.shape == nn::Shape{1, 28, 28});
  CHECK(set.class_names.size() == 10);
  const data::Split split = data::fixed_split(set);
  REQUIRE(split.train.size() == 60000);
  REQUIRE(split.test.size() == 10000);
  CHECK(std::vector<int>(set.labels.begin(), set.labels.begin() + 3) == std::vector<int>{5, 0, 4});
  CHECK(std::vector<int>(set.labels.begin() + 60000, set.labels.begin() + 60003) == std::vector<int>{7, 2, 1});
}
