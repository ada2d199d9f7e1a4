// `glassbox data get` against a server on loopback: whole files or none, resumed where they were cut off, and checked.
#include "datasets/download.h"

#include <unistd.h>

#include <algorithm>

#include "datasets/sha256.h"
#include "datasets/shipped.h"
#include "tests/cli.h"
#include "tests/http_server.h"

using namespace cli;

namespace {

// Bytes that do not repeat.
std::string content(unsigned seed, std::size_t size) {
  std::string bytes;
  for (unsigned i = 0; i < size; i++) bytes += char((seed + i) * 2654435761u >> 24);
  return bytes;
}

const std::string first = content(1, 300'000), second = content(2, 7);

// A list of the set `tiny` with these two files.
std::string list(const std::string& address) {
  return "# Files\n\n| set | file | bytes | sha256 |\n|---|---|---|---|\n| tiny | a.gz | 300000 | " + data::sha256(first) +
         " |\n| tiny | b.gz | 7 | " + data::sha256(second) + " |\n\n| set | address |\n|---|---|\n| tiny | " + address + " |\n";
}

bool has_curl() {
  const char* path = std::getenv("PATH");
  for (const std::string& folder : nn::split(path ? path : "", ':'))
    if (access((folder + "/curl").c_str(), X_OK) == 0) return true;
  skip("curl is not installed");
  return false;
}

// No proxy of the machine's stands between the program and loopback.
const std::vector<std::string> plain = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};

struct Fetch : TemporaryFolder {
  Result get(const std::string& address, const Words& more = {}, std::vector<std::string> environment = plain) const {
    write(*this / "list.md", list(address));
    return run_program(with({"data", "get", "tiny", "--list", "list.md", "--data", "d"}, more),
                       {.folder = path, .environment = environment});
  }
  // Everything below d/tiny.
  Words files() const {
    Words names;
    if (fs::exists(*this / "d/tiny"))
      for (const auto& file : fs::directory_iterator(*this / "d/tiny")) names.push_back(file.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
};

void check_sentence(const Result& result, const Words& parts) {
  INFO(result.error);
  CHECK(result.code == 1);
  CHECK(result.out == "");
  CHECK(result.error.starts_with("glassbox: tiny: "));
  CHECK(result.error.find('\n') + 1 == result.error.size());
  for (const std::string& part : parts) {
    INFO(part);
    CHECK(result.error.find(part) != result.error.npos);
  }
}

}  // namespace

TEST_CASE("SHA-256 gives the known hashes of FIPS 180-4, at every length around a block") {
  CHECK(data::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(data::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(data::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(data::sha256(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(data::sha256(std::string(55, 'a')) == "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  CHECK(data::sha256(std::string(64, 'a')) == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

TEST_CASE("the list that ships names the four files of MNIST and where they lie") {
  const auto all = data::parse_downloads(text_of(data::download_list()));
  const auto mnist = std::ranges::find(all, "mnist", &data::Download::name);
  REQUIRE(mnist != all.end());
  REQUIRE(mnist->files.size() == 4);
  CHECK(mnist->files[0].name == "train-images-idx3-ubyte.gz");
  CHECK(mnist->files[0].sha256 == "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");
  CHECK(data::bytes_of(*mnist) == 9912422 + 28881 + 1648877 + 4542);
  CHECK(mnist->addresses.size() >= 2);
  for (const std::string& address : mnist->addresses) CHECK((address.starts_with("https://") && address.ends_with('/')));
}

TEST_CASE("the sha256 that ship are those of the real files") {
  const char* folder = std::getenv("GLASSBOX_DATA");
  if (!folder) return skip("GLASSBOX_DATA is not set");
  for (const data::Download& download : data::parse_downloads(text_of(data::download_list())))
    for (const auto& file : download.files) {
      const std::string bytes = text_of(fs::path(folder) / download.name / file.name);
      CHECK(bytes.size() == file.bytes);
      CHECK(data::sha256(bytes) == file.sha256);
    }
}

TEST_CASE("data get fetches what is missing, checks it, and leaves what is there") {
  if (!has_program() || !has_curl()) return;
  HttpServer server({{"x/a.gz", first}, {"x/b.gz", second}});
  const Fetch place;
  const Result result = place.get(server.address() + "x");
  INFO(result.error);
  CHECK(result.code == 0);
  CHECK(result.error == "");
  CHECK(result.out.starts_with("2 files of tiny are in "));
  CHECK(place.files() == Words{"a.gz", "b.gz"});
  CHECK(text_of(place / "d/tiny/a.gz") == first);
  CHECK(text_of(place / "d/tiny/b.gz") == second);
  fs::remove(place / "d/tiny/b.gz");
  CHECK(place.get("http://127.0.0.1:9/", {"--from", server.address() + "x/"}).code == 0);
  CHECK(server.requests() == Words{"/x/a.gz", "/x/b.gz", "/x/b.gz"});
}

TEST_CASE("data get goes on where it was cut off") {
  if (!has_program() || !has_curl()) return;
  HttpServer server({{"a.gz", first}, {"b.gz", second}}, {.cut_after = 100'000});
  const Fetch place;
  check_sentence(place.get(server.address()), {"a.gz could not be fetched", "by hand a.gz, b.gz from " + server.address(), "d/tiny"});
  CHECK(place.files() == Words{".a.gz.part"});
  CHECK(text_of(place / "d/tiny/.a.gz.part") == first.substr(0, 100'000));
  CHECK(place.get(server.address()).code == 0);
  CHECK(text_of(place / "d/tiny/a.gz") == first);
  CHECK(place.files() == Words{"a.gz", "b.gz"});
  CHECK(server.requests() == Words{"/a.gz", "/a.gz from 100000", "/b.gz"});
}

TEST_CASE("data get begins anew where a server can't go on, or what was there is wrong") {
  if (!has_program() || !has_curl()) return;
  for (const bool ignores : {false, true}) {
    INFO(ignores);
    HttpServer server({{"a.gz", first}, {"b.gz", second}}, {.ignores_range = ignores});
    const Fetch place;
    write((fs::create_directories(place / "d/tiny"), place / "d/tiny/.a.gz.part"), ignores ? first.substr(0, 500) : "wrong");
    const Result result = place.get(server.address());
    INFO(result.error);
    CHECK(result.code == 0);
    CHECK(text_of(place / "d/tiny/a.gz") == first);
  }
}

TEST_CASE("data get keeps no file with a wrong checksum, and an older one stays") {
  if (!has_program() || !has_curl()) return;
  std::string wrong = first;
  wrong[12345] ^= 1;
  HttpServer server({{"a.gz", wrong}, {"b.gz", second}});
  const Fetch place;
  write((fs::create_directories(place / "d/tiny"), place / "d/tiny/a.gz"), "older");
  check_sentence(place.get(server.address()), {"has another file of that name", data::sha256(wrong), data::sha256(first)});
  CHECK(text_of(place / "d/tiny/a.gz") == "older");
  CHECK(place.files() == Words{"a.gz"});
}

TEST_CASE("data get tries the next address where one fails") {
  if (!has_program() || !has_curl()) return;
  HttpServer empty({}), server({{"a.gz", first}, {"b.gz", second}});
  const Fetch place;
  const Result result = place.get(empty.address() + " |\n| tiny | " + server.address());
  INFO(result.error);
  CHECK(result.code == 0);
  CHECK(place.files() == Words{"a.gz", "b.gz"});
}

TEST_CASE("data get without network or without curl says what to fetch by hand and where to put it") {
  if (!has_program()) return;
  const Fetch place;
  check_sentence(place.get("http://127.0.0.1:9/x/", {}, {"PATH=/nowhere"}),
                 {"there is no program curl", "fetch by hand a.gz, b.gz from http://127.0.0.1:9/x/ and put them into", "d/tiny"});
  if (!has_curl()) return;
  check_sentence(place.get("http://127.0.0.1:9/x/"), {"a.gz could not be fetched (http://127.0.0.1:9/x/: curl: (7)", "and put them into"});
  CHECK(place.files().empty());
}

TEST_CASE("data get knows what it can fetch") {
  if (!has_program()) return;
  const Place place;
  refuses(place, {"data", "get"}, 2, {"which data set", "data get mnist"});
  refuses(place, {"data", "get", "mnits"}, 2, {"'mnits'", "did you mean 'mnist'"});
  refuses(place, {"data", "get", "mnist", "--from", "file:///etc"}, 2, {"--from", "http://"});
  refuses(place, {"data", "get", "mnist", "--list", "none.md"}, 1, {"none.md"});
  refuses(place, {"data", "get", "mnist", "--list", "c.toml"}, 1, {"c.toml", "lists no data set"});
}
