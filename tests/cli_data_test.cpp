// Data that can't be read: the program says which file, where and why, and nothing is lost.
#include <zlib.h>

#include "tests/cli.h"
#include "tests/image_files.h"

using namespace cli;

namespace {

// `train` on a file or folder of data with these bytes.
void refuses_data(const std::string& name, const std::string& bytes, const Words& parts) {
  TemporaryFolder folder;
  write(folder / name, bytes);
  write(folder / "e.toml", experiment(name));
  refuses(folder, {"train", "e.toml"}, 1, parts);
}

std::string packed(const std::string& text) {
  std::string bytes(text.size() + 100, '\0');
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = uInt(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_out = uInt(bytes.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  bytes.resize(stream.total_out);
  deflateEnd(&stream);
  return bytes;
}

std::string table(int rows) {
  std::string text = "a,b,kind\n";
  for (int i = 0; i < rows; i++) text += std::to_string(i * 7 % 13) + "," + std::to_string(i) + (i % 2 ? ",red\n" : ",blue\n");
  return text;
}

std::string idx(int magic, int count, const std::string& items) {
  const std::string number{0, 0, 0, char(count)};
  return std::string{0, 0, char(magic >> 8), char(magic & 255)} + number + items;
}

void refuses_idx(const std::string& images, const std::string& labels, const Words& parts) {
  TemporaryFolder folder;
  fs::create_directory(folder / "set");
  write(folder / "set/train-images-idx3-ubyte", images);
  write(folder / "set/train-labels-idx1-ubyte", labels);
  write(folder / "e.toml", experiment("./set"));
  refuses(folder, {"train", "e.toml"}, 1, parts);
}

// `train` on a folder of two classes, one of which has this file beside a good one.
void refuses_picture(const std::string& name, const std::string& bytes, const Words& parts) {
  TemporaryFolder folder;
  fs::create_directories(folder / "set/cat"), fs::create_directories(folder / "set/dog");
  write(folder / "set/cat/good.png", image_files::grey_png(3, 3, 50));
  write(folder / "set/dog/good.png", image_files::grey_png(3, 3, 90));
  write(folder / ("set/dog/" + name), bytes);
  write(folder / "e.toml", experiment("./set"));
  refuses(folder, {"train", "e.toml"}, 1, parts);
}

const std::string two_by_two = {0, 0, 0, 2, 0, 0, 0, 2};
}  // namespace

TEST_CASE("a CSV file that can't be read is named with line and column") {
  if (!has_program()) return;
  refuses_data("t.csv", "a,b,c\n1,2,3\n4,5\n", {"t.csv", "line 3"});
  refuses_data("t.csv", "a,b,c\n", {"t.csv"});
  std::string word = table(300);
  word.replace(word.find("\n7,") + 1, 1, "oops");
  refuses_data("t.csv", word, {"t.csv", "line 3", "'a'", "'oops' is not a number"});
  refuses_data("t.csv", "", {"t.csv", "holds no rows"});
  refuses_data("t.csv",
               std::string("\x7f"
                           "ELF\1\0\0\2\3\xff\xfe\0\0\n\0\1",
                           17),
               {"t.csv"});
  refuses_data("t.csv", "a,b\n1,nan\n2,inf\n", {"t.csv"});
  refuses_data("t.csv.gz", packed(table(300)).substr(0, 300), {"t.csv.gz"});
  std::string corrupt = packed(table(300));
  corrupt[corrupt.size() / 2] ^= 0x55;
  refuses_data("t.csv.gz", corrupt, {"t.csv.gz"});
}

TEST_CASE("a CSV file with a million columns is read or refused at once") {
  if (!has_program()) return;
  std::string header, row;
  for (int i = 0; i < 1000000; i++) {
    header += (i ? ",c" : "c") + std::to_string(i);
    row += i ? ",1" : "1";
  }
  refuses_data("wide.csv", header + "\n" + row + "\n" + row + "\n", {"wide.csv: line 1", "10000 columns"});
}

TEST_CASE("data that are no file of data are named") {
  if (!has_program()) return;
  TemporaryFolder folder;
  fs::create_directory(folder / "empty");
  write(folder / "e.toml", experiment("./empty"));
  refuses(folder, {"train", "e.toml"}, 1, {"empty", "train-images", "*.bin", "PNG or JPEG"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=missing.csv"}, 1, {"missing.csv", "no file"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=irs"}, 1, {"'irs'", "did you mean 'iris'"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=mnist", "--data", "empty"}, 1, {"empty/mnist"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=cifar10", "--data", "empty"}, 1, {"empty/cifar10", "CIFAR-10"});
  const std::string elsewhere = "XDG_DATA_HOME=" + (folder / "none").string();
  refuses(folder, {"train", "e.toml", "--set", "data.source=mnist"}, 1, {"'mnist'", "GLASSBOX_DATA", "glassbox data get mnist"},
          {.environment = {"GLASSBOX_DATA", elsewhere}});
}

TEST_CASE("IDX files that do not agree with themselves or with each other are named") {
  if (!has_program()) return;
  const std::string images = idx(0x803, 2, two_by_two + "abcdefgh"), labels = idx(0x801, 2, std::string{0, 1});
  refuses_idx(idx(0x804, 2, two_by_two + "abcdefgh"), labels, {"train-images-idx3-ubyte", "2052", "2051"});
  refuses_idx(idx(0x803, 3, two_by_two + "abcdefgh"), labels, {"train-images-idx3-ubyte"});
  refuses_idx(images, idx(0x801, 5, std::string{0, 1}), {"train-labels-idx1-ubyte"});
  refuses_idx(images, idx(0x801, 3, std::string{0, 1, 1}), {"train-images-idx3-ubyte", "train-labels-idx1-ubyte"});
  refuses_idx("", labels, {"train-images-idx3-ubyte"});
}

TEST_CASE("CIFAR-10 files with a part of a record, or with none, are named") {
  if (!has_program()) return;
  refuses_data("x.bin", std::string(3073 + 5, '\1'), {"x.bin", "1 whole CIFAR-10 records", "5 bytes", "cut off"});
  refuses_data("x.bin", "", {"x.bin", "empty"});
  refuses_data("x.bin", std::string(3073, '\33'), {"x.bin", "record 1", "class 27"});
}

TEST_CASE("pictures of a folder that can't be read are named") {
  if (!has_program()) return;
  refuses_picture("cut.png", image_files::grey_png(50, 50, 7).substr(0, 60), {"set/dog/cut.png", "cut off"});
  const std::string jpeg = image_files::jpeg(50, 50, std::vector<unsigned char>(7500, 90));
  refuses_picture("cut.jpg", jpeg.substr(0, jpeg.size() - 2), {"set/dog/cut.jpg", "cut off"});
  refuses_picture("large.png", image_files::png_that_claims(20000, 20000), {"set/dog/large.png", "20000 x 20000", "100 million"});
  refuses_picture("empty.png", "", {"set/dog/empty.png", "empty"});
  refuses_picture("moving.jpeg", "GIF89a", {"set/dog/moving.jpeg", "neither a PNG nor a JPEG"});
}

TEST_CASE("a folder with one class, or with a class without pictures, is refused") {
  if (!has_program()) return;
  TemporaryFolder folder;
  fs::create_directories(folder / "set/cat");
  write(folder / "set/cat/a.png", image_files::grey_png(1, 1, 50));
  write(folder / "e.toml", experiment("./set"));
  refuses(folder, {"train", "e.toml"}, 1, {"./set", "one class folder, 'cat'", "at least two"});
  fs::create_directories(folder / "set/dog");
  refuses(folder, {"train", "e.toml"}, 1, {"set/dog", "no PNG or JPEG"});
}

TEST_CASE("pictures of one pixel and of many sizes train, and what was skipped is told") {
  if (!has_program()) return;
  const Place place;
  fs::create_directories(place / "set/cat"), fs::create_directories(place / "set/dog");
  write(place / "set/cat/a.png", image_files::grey_png(1, 1, 50));
  write(place / "set/cat/b.png", image_files::grey_png(100, 3, 250));
  write(place / "set/dog/c.png", image_files::grey_png(32, 32, 90));
  write(place / "set/dog/notes.txt", "dogs");
  write(place / "e.toml", experiment("./set", "split = \"100 %\"\n[train]\nepochs = 1\n"));
  const Result result = place.run({"train", "e.toml"});
  INFO(result.error);
  CHECK(result.code == 0);
  CHECK(result.error.find("2 of 3 pictures were brought to 32x32 pixels") != result.error.npos);
  CHECK(result.error.find("notes.txt") != result.error.npos);
}

TEST_CASE("an augmentation that can't be meant is refused, and one of points too") {
  if (!has_program()) return;
  const Place place;
  refuses(place, {"train", "c.toml", "--set", "data.augment=spin 3"}, 2, {"data.augment", "'spin 3' is no augmentation", "rotate DEGREES"});
  refuses(place, {"train", "c.toml", "--set", "data.augment=flip"}, 1, {"data.augment moves pictures", "'circle'"});
}
