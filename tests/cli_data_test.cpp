// Data that can't be read: the program says which file, where and why, and nothing is lost.
#include <zlib.h>

#include "tests/cli.h"

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
  refuses(folder, {"train", "e.toml"}, 1, {"empty", "train-images"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=missing.csv"}, 1, {"missing.csv", "no file"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=irs"}, 1, {"'irs'", "did you mean 'iris'"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=mnist", "--data", "empty"}, 1, {"empty/mnist"});
  refuses(folder, {"train", "e.toml", "--set", "data.source=mnist"}, 1, {"'mnist'", "GLASSBOX_DATA"}, {.environment = {"GLASSBOX_DATA"}});
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
