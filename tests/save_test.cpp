// safetensors, .npy and the lines of a history: to the bit, and what is said of damaged files.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/save.h"

using namespace nn;
using Catch::Matchers::Message;

namespace {

// A file put together by hand.
std::string file_of(const std::string& header, const std::string& numbers) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), 8) + header + numbers;
}

Tensors read(const std::string& bytes) { return parse_safetensors(bytes, "a.safetensors"); }
Tensors read(const std::string& header, std::size_t bytes) { return read(file_of(header, std::string(bytes, '\0'))); }

std::string npy_of(const std::string& header, const std::string& numbers) {
  return std::string("\x93NUMPY\x01\x00", 8) + char(header.size() % 256) + char(header.size() / 256) + header + numbers;
}

const float nan_f = std::numeric_limits<float>::quiet_NaN();

}  // namespace

TEST_CASE("tensors of every type come back from safetensors to the bit") {
  Tensors written;
  written.metadata = {{"version", "1"}, {"said", "\"quoted\"\n\xc3\xa4"}};
  written.list = {{"d", {2}, std::vector<double>{0.1, -0.0}},
                  {"i", {1, 1, 2}, std::vector<std::int64_t>{-5, INT64_MIN}},
                  {"u", {1}, std::vector<std::uint64_t>{UINT64_MAX}},
                  {"f", {2, 3}, std::vector<float>{1, -0.0f, 1e-42f, std::numeric_limits<float>::infinity(), 3.14159274f, 0.1f}},
                  {"w", {3}, std::vector<std::uint32_t>{0, 7, UINT32_MAX}},
                  {"none", {0, 4}, std::vector<float>{}}};
  const std::string bytes = safetensors(written);
  const Tensors back = read(bytes);
  CHECK(back.metadata == written.metadata);
  CHECK(back.list == written.list);
  CHECK(safetensors(back) == bytes);
  CHECK(back.find("u") == &back.list[2]);
  CHECK(back.find("x") == nullptr);
}

TEST_CASE("NaN keeps its bits in safetensors") {
  const Tensors back = read(safetensors({{{"x", {1}, std::vector<float>{nan_f}}}, {}}));
  CHECK(std::memcmp(&std::get<0>(back.list[0].numbers)[0], &nan_f, 4) == 0);
}

TEST_CASE("a safetensors file is laid out as the format says") {
  // Eight bytes of length, a header padded by blanks to a multiple of 8, types of 8 bytes first, no gaps.
  const std::string bytes =
      safetensors({{{"f", {1, 2}, std::vector<float>{1, 2}}, {"u", {1}, std::vector<std::uint64_t>{3}}}, {{"a", "b"}}});
  std::uint64_t length;
  std::memcpy(&length, bytes.data(), 8);
  CHECK(length % 8 == 0);
  REQUIRE(bytes.size() == 8 + length + 16);
  const std::string header = bytes.substr(8, length);
  CHECK(
      header.substr(0, header.find_last_not_of(' ') + 1) ==
      R"({"__metadata__":{"a":"b"},"u":{"dtype":"U64","shape":[1],"data_offsets":[0,8]},"f":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}})");
  CHECK(bytes.substr(8 + length) == std::string("\x03\0\0\0\0\0\0\0\0\0\x80\x3f\0\0\0\x40", 16));
}

TEST_CASE("tensors are found wherever the header lists them") {
  const Tensors back =
      read(R"({"b":{"shape":[2],"dtype":"F32","data_offsets":[4,12]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 12);
  REQUIRE(back.list.size() == 2);
  CHECK(back.list[0].name == "a");
  CHECK(back.list[1].shape == std::vector<Index>{2});
}

TEST_CASE("a damaged safetensors file is refused in one sentence") {
  CHECK_THROWS_WITH(read("1234567"), "a.safetensors: the file has 7 bytes and no header");
  CHECK_THROWS_WITH(
      read(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{}", 10)),
      "a.safetensors: the header should have 18446744073709551615 bytes but 2 are left; the file is cut off or no safetensors file");
  CHECK_THROWS_WITH(read("{\"a\":", 0), "a.safetensors: the header is no JSON; the file is damaged or no safetensors file");
  CHECK_THROWS_WITH(read("[1]", 0), "a.safetensors: the header is no JSON object");
  CHECK_THROWS_WITH(read(R"({"__metadata__":{"a":1}})", 0), "a.safetensors: the metadata are no texts under names");
  CHECK_THROWS_WITH(read(R"({"a":3})", 0), "a.safetensors: tensor 'a': the header has to give a dtype, a shape and data_offsets");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[1]}})", 4),
                    "a.safetensors: tensor 'a': the header has to give a dtype, a shape and data_offsets");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}})", 2),
                    "a.safetensors: tensor 'a': the type 'BF16' can't be read, only F32, F64, I64, U64, U32");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,20]}})", 20),
                    "a.safetensors: tensor 'a': the shape [2, 3] takes 24 bytes but 20 are set aside");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4),
                    "a.safetensors: tensor 'a': 'shape' holds -1, no whole number from 0");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}})", 4),
                    "a.safetensors: tensor 'a': 'shape' holds 1.5, no whole number from 0");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,4]}})", 4),
                    "a.safetensors: tensor 'a': the shape [4294967296, 4294967296, 4294967296] is impossible");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4),
                    "a.safetensors: tensor 'a': 'data_offsets' has to be a begin and an end");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4),
                    "a.safetensors: tensor 'a' lies at bytes 0 to 8, but there are only 4");
  CHECK_THROWS_WITH(
      read(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})", 12),
      "a.safetensors: tensor 'b' lies at bytes 4 to 12, but the one before it ends at 8");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
                    "a.safetensors: tensor 'a' lies at bytes 4 to 8, but the one before it ends at 0");
  CHECK_THROWS_WITH(read(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 9),
                    "a.safetensors: 5 bytes after the last tensor belong to none");
  CHECK_THROWS_WITH(
      read(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
      "a.safetensors: the header has 'a' twice");
}

TEST_CASE("every way to cut a safetensors file short is noticed") {
  const std::string bytes = safetensors({{{"a", {2}, std::vector<float>{1, 2}}, {"b", {1}, std::vector<float>{3}}}, {}});
  for (std::size_t size = 0; size < bytes.size(); size++) CHECK_THROWS_AS(read(bytes.substr(0, size)), std::runtime_error);
  CHECK(read(bytes).list.size() == 2);
}

TEST_CASE("tensors come back from .npy to the bit, whatever their shape") {
  const Tensor tensors[] = {{"", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 1e-42f}},
                            {"", {3}, std::vector<double>{0.1, -0.0, 1e308}},
                            {"", {}, std::vector<float>{7}},
                            {"", {0, 5}, std::vector<float>{}},
                            {"", {2, 1, 1, 2}, std::vector<std::int64_t>{1, -2, 3, -4}}};
  for (const Tensor& t : tensors) CHECK(parse_npy(npy(t), "a.npy") == t);
}

TEST_CASE("a .npy file is laid out as NumPy writes it") {
  const std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
  const std::string bytes = npy({"x", {1, 2}, std::vector<float>{1, 2}});
  CHECK(bytes == npy_of(header + std::string(128 - 10 - header.size() - 1, ' ') + "\n", std::string("\0\0\x80\x3f\0\0\0\x40", 8)));
  CHECK(npy({"x", {2}, std::vector<float>{1, 2}}).find("'shape': (2, ), }") != std::string::npos);
  CHECK(parse_npy(npy_of("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }\n", std::string(8, '\0')), "a.npy").shape ==
        std::vector<Index>{1});
}

TEST_CASE("a .npy file that can't be read is refused in one sentence") {
  const auto header = [](const std::string& text) { return parse_npy(npy_of(text, std::string(8, '\0')), "a.npy"); };
  CHECK_THROWS_WITH(parse_npy("PK\3\4 something else", "a.npy"), "a.npy: this is no .npy file");
  CHECK_THROWS_WITH(parse_npy(std::string("\x93NUMPY\x02\x00\x00\x00\x00\x00", 12), "a.npy"),
                    "a.npy: this is version 2.0 of .npy, and only 1.0 can be read");
  CHECK_THROWS_WITH(parse_npy(std::string("\x93NUMPY\x01\x00\x76\x00{", 11), "a.npy"), "a.npy: the file ends within its header");
  CHECK_THROWS_WITH(header("{}"), "a.npy: the header does not begin with a type of numbers");
  CHECK_THROWS_WITH(header("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }"),
                    "a.npy: numbers of type '>f4' can't be read; save them as '<f4' or '<f8'");
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }"),
                    "a.npy: the numbers are in Fortran order; save them in C order");
  const std::string no_shape = "a.npy: the header gives no order and shape as NumPy writes them";
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }"), no_shape);
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,"), no_shape);
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}"), no_shape);
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }"),
                    "a.npy: the shape [3] takes 12 bytes but the file has 8");
  CHECK_THROWS_WITH(header("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }"),
                    "a.npy: the shape [4294967296, 4294967296] is impossible");
}

TEST_CASE("a line of the history says null where a figure has no meaning") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const Epoch epoch{3, 75, 0.1, none, 1.0 / 3, none, 12.25};
  const std::string line = history_line(epoch);
  CHECK(
      line ==
      R"({"epoch":3,"step":75,"train_loss":0.1,"test_loss":null,"train_accuracy":0.3333333333333333,"test_accuracy":null,"seconds":12.25})");
  const Epoch back = parse_history_line(line, "history.jsonl");
  CHECK(back.epoch == 3);
  CHECK(back.step == 75);
  CHECK(back.train_loss == epoch.train_loss);
  CHECK(std::isnan(back.test_loss));
  CHECK(back.train_accuracy == epoch.train_accuracy);
  CHECK(std::isnan(back.test_accuracy));
  CHECK(back.seconds == epoch.seconds);
  CHECK_THROWS_WITH(parse_history_line("{\"epoch\":1", "h: line 2"), "h: line 2: this is no line of a history: {\"epoch\":1");
}
