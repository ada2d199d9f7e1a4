// Files and pixels: what is painted, and what happens when it cannot be written.
#include <stb/stb_image.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <csignal>
#include <fstream>

#include "datasets/picture.h"
#include "engine/file.h"
#include "tests/support.h"
#include "viz/colors.h"
#include "viz/paint_file.h"
#include "viz/png.h"
#include "viz/resample.h"
#include "viz/text.h"

using namespace viz;
namespace fs = std::filesystem;

namespace {

const Color red{255, 0, 0}, blue{0, 0, 255}, white{255, 255, 255};

Scene sample() {
  Scene scene{{0, 0, 200, 100}, white};
  scene.add(Rect{.box = {10, 10, 30, 30}, .fill = red});
  scene.add(Circle{.center = {100, 50}, .radius = 20, .fill = blue});
  scene.add(Text{.at = {20, 90}, .string = "Loss <σ> ∇", .size = 14, .color = light.text});
  scene.add(Text{.at = {190, 80}, .string = "upwards", .size = 12, .color = light.text, .turns = -1});
  scene.add(Image{.box = {150, 10, 40, 20}, .width = 2, .height = 1, .rgba = {255, 0, 0, 255, 0, 0, 255, 255}});
  return scene;
}

int count_files(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

// Peak signal to noise ratio of two pictures, in dB.
double likeness(const Picture& a, const Picture& b) {
  REQUIRE(a.rgba.size() == b.rgba.size());
  double sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i++) sum += std::pow(double(a.rgba[i]) - b.rgba[i], 2);
  return 10 * std::log10(255 * 255 / (sum / double(a.rgba.size()) + 1e-9));
}

}  // namespace

TEST_CASE("marks show where the scene says, at every scale") {
  for (const int scale : {1, 3}) {
    const Picture p = render(sample(), scale);
    CHECK(p.width == 200 * scale);
    CHECK(p.height == 100 * scale);
    CHECK(p.at(5 * scale, 5 * scale) == white);
    CHECK(p.at(25 * scale, 25 * scale) == red);
    CHECK(p.at(100 * scale, 50 * scale) == blue);
    CHECK(p.at(84 * scale, 34 * scale) == white);  // the corner beside the circle
    CHECK(p.at(160 * scale, 20 * scale) == red);   // nearest: each pixel of the image is a sharp square
    CHECK(p.at(169 * scale, 20 * scale) == red);
    CHECK(p.at(171 * scale, 20 * scale) == blue);
  }
}

TEST_CASE("transparent colors come out as they went in") {
  Scene scene{{0, 0, 20, 10}};
  scene.add(Rect{.box = {0, 0, 10, 10}, .fill = {200, 100, 50, 128}});
  const Picture p = render(scene);
  const Color c = p.at(5, 5);
  CHECK(c.a == 128);
  CHECK(std::abs(c.r - 200) <= 1);
  CHECK(std::abs(c.g - 100) <= 1);
  CHECK(std::abs(c.b - 50) <= 1);
  CHECK(p.at(15, 5) == Color{0, 0, 0, 0});
}

TEST_CASE("a clip hides what lies outside of it and ends") {
  Scene scene{{0, 0, 30, 10}, white};
  scene.add(ClipStart{{0, 0, 10, 10}}).add(Rect{.box = {0, 0, 30, 10}, .fill = red}).add(ClipEnd{}).add(ClipEnd{});
  scene.add(Rect{.box = {20, 0, 10, 10}, .fill = blue});
  const Picture p = render(scene);
  CHECK(p.at(5, 5) == red);
  CHECK(p.at(15, 5) == white);
  CHECK(p.at(25, 5) == blue);
}

TEST_CASE("letters cover exactly the ink that the layout measured") {
  for (const Anchor anchor : {Anchor::start, Anchor::middle, Anchor::end}) {
    Scene scene{{0, 0, 400, 60}, white};
    scene.add(Text{.at = {200, 40}, .string = "Layout ∇g", .size = 30, .color = {0, 0, 0}, .anchor = anchor});
    const double width = text_width("Layout ∇g", 30), start = 200 - (anchor == Anchor::start    ? 0
                                                                     : anchor == Anchor::middle ? width / 2
                                                                                                : width);
    const Box expected = ink("Layout ∇g", 30).moved({start, 40});
    const Picture p = render(scene);
    int left = 400, right = 0, top = 60, bottom = 0;
    for (int y = 0; y < 60; y++)
      for (int x = 0; x < 400; x++)
        if (p.at(x, y).r < 255)
          left = std::min(left, x), right = std::max(right, x + 1), top = std::min(top, y), bottom = std::max(bottom, y + 1);
    CHECK(left == Approx(expected.x).margin(1));
    CHECK(right == Approx(expected.right()).margin(1));
    CHECK(top == Approx(expected.y).margin(1));
    CHECK(bottom == Approx(expected.bottom()).margin(1));
  }
}

TEST_CASE("a PNG decodes to the same pixels") {
  Scene scene = sample();
  scene.background = nothing;
  scene.add(Rect{.box = {60, 60, 20, 20}, .fill = {10, 200, 30, 77}});
  const Picture p = render(scene, 2);
  const std::string bytes = png(p);
  int width = 0, height = 0, channels = 0;
  unsigned char* data =
      stbi_load_from_memory(reinterpret_cast<const unsigned char*>(bytes.data()), int(bytes.size()), &width, &height, &channels, 4);
  REQUIRE(data);
  CHECK(width == 400);
  CHECK(height == 200);
  CHECK(channels == 4);
  CHECK(std::equal(p.rgba.begin(), p.rgba.end(), data));
  stbi_image_free(data);
  CHECK(data::decode_picture(bytes, "x.png").rgba == p.rgba);
  CHECK_THROWS_AS(png(Picture{2, 2, {}}), std::invalid_argument);
}

TEST_CASE("an SVG is measured in pixels and holds its words") {
  const std::string text = svg(sample(), 2);
  CHECK(text.find("width=\"400px\" height=\"200px\"") != std::string::npos);
  CHECK(text.find(">Loss &lt;σ&gt; ∇</text>") != std::string::npos);
  CHECK(text.find(">upwards</text>") != std::string::npos);
  CHECK(text.find("<path") != std::string::npos);
  CHECK(text.ends_with("</svg>\n"));
}

TEST_CASE("an SVG holds no byte that XML forbids") {
  Scene scene{{0, 0, 100, 20}};
  scene.add(Text{.at = {0, 15}, .string = "a\x01\xff&\xef\xbf\xbf", .size = 12, .color = light.text});
  const std::string text = svg(scene);
  CHECK(text.find(">a \uFFFD&amp;\uFFFD</text>") != std::string::npos);
}

TEST_CASE("a PDF is whole and grows with its words") {
  const std::string with = pdf(sample());
  CHECK(with.starts_with("%PDF-"));
  CHECK(with.find("%%EOF") != std::string::npos);
  CHECK(with.find("/ToUnicode") != std::string::npos);  // words can be searched
  CHECK(with.find("200 100") != std::string::npos);     // the page
  Scene broken{{0, 0, 100, 20}};
  broken.add(Text{.at = {0, 15}, .string = "a\xff∇ b", .size = 12, .color = light.text});
  CHECK(pdf(broken).starts_with("%PDF-"));
}

TEST_CASE("an enlarged image keeps its picture") {
  const Image small{.box = {0, 0, 2, 1}, .width = 2, .height = 1, .rgba = {255, 0, 0, 255, 0, 0, 255, 255}};
  const Image sharp = enlarged(small, 4);
  CHECK(sharp.width == 8);
  CHECK(sharp.rgba[3 * 4] == 255);
  CHECK(sharp.rgba[4 * 4] == 0);
  Image soft = small;
  soft.smooth = true;
  soft = enlarged(soft, 4);
  CHECK(soft.rgba[0] == 255);                                   // beyond the first center
  CHECK(soft.rgba[3 * 4] == std::lround(255 * (1 - 1.5 / 4)));  // at 0.875, three eighths of the way
  soft.box = {0, 0, 8, 4};
  Scene one{{0, 0, 8, 4}}, two{{0, 0, 8, 4}};
  Image stretched = small;
  stretched.box = soft.box, stretched.smooth = true;
  CHECK(likeness(render(one.add(stretched)), render(two.add(soft))) > 30);  // as Cairo would have done it
}

TEST_CASE("scenes that cannot be painted are refused") {
  CHECK_THROWS_AS(render(Scene{{0, 0, 0, 10}}), std::invalid_argument);
  CHECK_THROWS_WITH(render(Scene{{0, 0, 20000, 10}}), Catch::Contains("16384"));
  CHECK_THROWS_AS(svg(Scene{{0, 0, 10, 10}}, NAN), std::invalid_argument);
  Scene scene{{0, 0, 10, 10}};
  scene.add(Circle{.center = {NAN, 1}, .radius = 1});
  CHECK_THROWS_WITH(pdf(scene), Catch::Contains("not finite"));
}

TEST_CASE("the ending of the name chooses the kind of file") {
  const TemporaryFolder folder;
  for (const auto& [name, start] : {std::pair{"a.png", "\x89PNG"}, {"a.svg", "<?xml"}, {"a.pdf", "%PDF"}}) {
    save(sample(), folder / name);
    CHECK(nn::read_file(folder / name, 1 << 20).starts_with(start));
  }
  CHECK(count_files(folder.path) == 3);
  CHECK_THROWS_WITH(save(sample(), folder / "a.gif"), Catch::Contains(".png") && Catch::Contains(".svg") && Catch::Contains(".pdf"));
  CHECK(data::decode_picture(nn::read_file(folder / "a.png", 1 << 20), "a.png").rgba == render(sample()).rgba);
}

TEST_CASE("a file that cannot be written is an error that names it, and the old one stays") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(save(sample(), folder / "missing/a.png"), Catch::Contains("missing/a.png") && Catch::Contains("No such file"));
  fs::create_directory(folder / "folder.png");
  CHECK_THROWS_WITH(save(sample(), folder / "folder.png"), Catch::Contains("folder"));
  CHECK_THROWS_WITH(nn::write_file("/dev/full", "x"), Catch::Contains("/dev/full") && Catch::Contains("No space left"));
  CHECK_THROWS_WITH(nn::write_file("", "x"), Catch::Contains("cannot write"));
  nn::write_file("/dev/null", "x");
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(count_files(folder.path) == 1);
}

TEST_CASE("a write cut off by a limit on file sizes leaves the old file and nothing else") {
  const TemporaryFolder folder;
  nn::write_file(folder / "a.txt", "old");
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // 0 if the error is the right one
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      nn::write_file(folder / "a.txt", std::string(5000, 'x'));
    } catch (const std::runtime_error& error) {
      const std::string_view message = error.what();
      _exit(message.find("a.txt") != message.npos && message.find("File too large") != message.npos ? 0 : 2);
    }
    _exit(1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(nn::read_file(folder / "a.txt", 100) == "old");
  CHECK(count_files(folder.path) == 1);
}

TEST_CASE("a replaced file keeps its rights, and a link stays a link") {
  const TemporaryFolder folder;
  nn::write_file(folder / "a.txt", "old");
  fs::permissions(folder / "a.txt", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("a.txt", folder / "link.txt");
  nn::write_file(folder / "link.txt", "new");
  CHECK(fs::is_symlink(folder / "link.txt"));
  CHECK(nn::read_file(folder / "a.txt", 100) == "new");
  CHECK(fs::status(folder / "a.txt").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(count_files(folder.path) == 2);
}

TEST_CASE("reading says what is wrong") {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\n", 4);
  nn::write_file(folder / "a", bytes);
  CHECK(nn::read_file(folder / "a", 4) == bytes);
  CHECK_THROWS_WITH(nn::read_file(folder / "a", 3), Catch::Contains("limit of 3 bytes"));
  CHECK_THROWS_WITH(nn::read_file(folder / "b", 3), Catch::Contains("No such file"));
  CHECK_THROWS_WITH(nn::read_file(folder.path, 3), Catch::Contains("folder"));
  CHECK_THROWS_WITH(nn::read_file("/dev/zero", 1000), Catch::Contains("limit"));
}
