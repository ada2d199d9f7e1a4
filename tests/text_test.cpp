// Strings as glyphs: widths, fallback, broken bytes, lines. And the palettes.
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "viz/colors.h"
#include "viz/fonts.h"
#include "viz/text.h"

using namespace viz;

namespace {
double distance(Color a, Color b) { return std::hypot(a.r - b.r, a.g - b.g, a.b - b.b); }
}  // namespace

TEST_CASE("text is as wide as its glyphs and grows with its size") {
  CHECK(text_width("", 14) == 0);
  CHECK(text_width("mmm", 28) == Approx(2 * text_width("mmm", 14)));
  CHECK(text_width("wide", 14, Font::bold) > text_width("wide", 14));
  const auto line = glyphs("ab", 100);
  REQUIRE(line.size() == 2);
  CHECK(line[1].x == Approx(100 * advance(*line[0].file, line[0].index)).margin(5));  // but for kerning
  CHECK(text_width("AV", 100) < text_width("A", 100) + text_width("V", 100));
}

TEST_CASE("a sign that Inter lacks comes from DejaVu Sans and has a width") {
  const int letters = glyphs("a", 14)[0].file->number;
  for (const char* sign : {"∇", "⊙", "∈", "ᵀ"})
    for (const Font font : {Font::regular, Font::bold, Font::italic}) {
      INFO(sign);
      const auto line = glyphs(sign, 14, font);
      REQUIRE(line.size() == 1);
      CHECK(line[0].index > 0);
      CHECK(line[0].file->number != letters);
      CHECK(text_width(sign, 14, font) > 2);
      CHECK_FALSE(outline(line[0], 14).empty());
    }
}

TEST_CASE("bytes that are not UTF-8 show as the replacement character, each once") {
  const auto values = [](std::string_view s) {
    std::vector<char32_t> all;
    for (const CodePoint& c : code_points(s)) all.push_back(c.value);
    return all;
  };
  CHECK(values("aσ∇😀") == std::vector<char32_t>{'a', 0x3c3, 0x2207, 0x1F600});
  CHECK(values("a\xff"
               "b") == std::vector<char32_t>{'a', 0xFFFD, 'b'});
  CHECK(values("\xc0\xaf") == std::vector<char32_t>{0xFFFD, 0xFFFD});              // an overlong slash
  CHECK(values("\xed\xa0\x80") == std::vector<char32_t>{0xFFFD, 0xFFFD, 0xFFFD});  // half of a pair of UTF-16
  CHECK(values("\xf4\x90\x80\x80").size() == 4);                                   // beyond U+10FFFF
  CHECK(values("\xe2\x88") == std::vector<char32_t>{0xFFFD, 0xFFFD});              // cut off
  CHECK(text_width("\xff", 14) == Approx(text_width("\uFFFD", 14)));
  CHECK(text_width("\xff", 14) > 2);
  CHECK(values("\t\uFFFF") == std::vector<char32_t>{0x20, 0xFFFD});
}

TEST_CASE("every byte sequence is laid out, and the glyphs' texts make up the string") {
  uint32_t state = 1;
  for (int round = 0; round < 200; round++) {
    std::string bytes;
    for (int i = 0; i < 20; i++) bytes += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    std::string together;
    for (const Glyph& glyph : glyphs(bytes, 12)) together += glyph.text;
    CHECK(together == bytes);
    CHECK(std::isfinite(text_width(bytes, 12)));
  }
}

TEST_CASE("lines are no wider than asked and lose no word") {
  const std::string words = "A single neuron can only draw one straight border, supercalifragilisticexpialidocious or not.\nNext.";
  for (const double width : {60.0, 120.0, 333.0}) {
    std::string together;
    const auto lines = wrap(words, 14, width);
    for (const std::string& line : lines) {
      CHECK(text_width(line, 14) <= width);
      for (const char c : line)
        if (c != ' ') together += c;
    }
    std::string expected;
    for (const char c : words)
      if (c != ' ' && c != '\n') expected += c;
    CHECK(together == expected);
    CHECK(lines.back() == "Next.");
  }
  CHECK(wrap("one two", 14, 1000) == std::vector<std::string>{"one two"});
  CHECK(wrap("a\n\nb", 14, 100) == std::vector<std::string>{"a", "", "b"});
  CHECK(wrap("abc", 14, 1) == std::vector<std::string>{"a", "b", "c"});  // never stuck
}

TEST_CASE("a shortened string ends in an ellipsis and fits") {
  CHECK(shortened("short", 14, 100) == "short");
  const std::string cut = shortened("a rather long sentence about σ and ∇", 14, 120);
  CHECK(cut.ends_with("…"));
  CHECK(cut.starts_with("a rather"));
  CHECK(text_width(cut, 14) <= 120);
  CHECK(text_width(cut, 14) > 90);
  CHECK(shortened("word", 14, 1).empty());
}

TEST_CASE("a paragraph's lines lie inside its box") {
  const Scene scene = paragraph("Each neuron of the first hidden layer draws such a border.", 14, 100, light.text);
  REQUIRE(scene.marks.size() >= 3);
  const Box all = *bounds(scene);
  CHECK(all.y >= 0);
  CHECK(all.right() <= 100.001);
  CHECK(all.bottom() <= scene.box.height);
}

TEST_CASE("the ink of letters lies where a reader expects it") {
  CHECK(-ink("H", 100).y == Approx(cap_height(100)).margin(1));
  CHECK(ink("H", 100).bottom() == Approx(0).margin(1));
  CHECK(ink("g", 100).bottom() > 10);
  CHECK(ink(" ", 100) == Box{});
}

TEST_CASE("scales run from end to end, are clamped, and show NaN in a color of its own") {
  CHECK(color_at(Scale::orange_blue, -1) == Color{0xf5, 0x93, 0x22});
  CHECK(color_at(Scale::orange_blue, 0) == Color{0xe8, 0xea, 0xeb});
  CHECK(color_at(Scale::orange_blue, 1) == Color{0x08, 0x77, 0xbd});
  CHECK(color_at(Scale::orange_blue, 0.5) == mix({0xe8, 0xea, 0xeb}, {0x08, 0x77, 0xbd}, 0.5));
  for (const char* word : {"orange-blue", "purple-green", "viridis", "grey"}) {
    const Scale scale = scale_named(word);
    CHECK(name(scale) == word);
    CHECK(color_at(scale, -1e300) == color_at(scale, -1));
    CHECK(color_at(scale, INFINITY) == color_at(scale, 1));
    CHECK(color_at(scale, NAN) == not_a_number);
    for (double v = -1; v <= 1; v += 0.01) CHECK(distance(color_at(scale, v), not_a_number) > 60);
  }
  for (const Scale scale : {Scale::viridis, Scale::grey})  // lightness grows
    for (double v = 0; v < 0.95; v += 0.05)
      CHECK(contrast(color_at(scale, v + 0.05, 0, 1), {0, 0, 0}) > contrast(color_at(scale, v, 0, 1), {0, 0, 0}));
  CHECK_THROWS_WITH(scale_named("rainbow"), Catch::Contains("rainbow") && Catch::Contains("viridis"));
}

TEST_CASE("classes differ in color and mix by their probabilities") {
  std::set<std::tuple<int, int, int>> all;
  for (int k = 0; k < categories; k++) all.insert({category(k).r, category(k).g, category(k).b});
  CHECK(all.size() == 10);
  CHECK(category(10) == category(0));
  CHECK(blend(std::vector<double>{0, 1, 0}) == category(1));
  CHECK(blend(std::vector<double>{0.5, 0.5}) == mix(category(0), category(1), 0.5));
  CHECK(blend(std::vector<double>{NAN}) == not_a_number);
}

TEST_CASE("a heat map has one pixel a number, rows from the top") {
  const nn::Matrix values(2, 3, {-1, 0, 1, 1, nn::Real(NAN), -1});
  const Image image = heat(values, {0, 0, 30, 20}, Scale::orange_blue, -1, 1);
  REQUIRE(image.rgba.size() == 24);
  CHECK(image.width == 3);
  CHECK(image.rgba[0] == 0xf5);
  CHECK(image.rgba[8] == 0x08);
  CHECK(image.rgba[12] == 0x08);
  CHECK(image.rgba[16] == not_a_number.r);
  CHECK(image.rgba[17] == not_a_number.g);
  const std::vector<nn::Real> row = {0, 1, 2, 3};
  CHECK(heat(row, 2, 2, {}, Scale::grey, 0, 3).rgba[12] == 255);
  CHECK_THROWS_WITH(heat(row, 2, 3, {}, Scale::grey, 0, 3), Catch::Contains("4 numbers"));
}

TEST_CASE("text stands out from what it is written on") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == Approx(21));
  CHECK(contrast({0x77, 0x77, 0x77}, {255, 255, 255}) == Approx(4.48).margin(0.01));  // WCAG's known example
  for (const Theme& theme : {light, dark}) {
    for (const Color below : {theme.background, theme.panel})
      for (const Color above : {theme.text, theme.muted, theme.warning}) CHECK(contrast(above, below) >= 4.5);
    CHECK(contrast(theme.on_accent, theme.accent) >= 4.5);
    CHECK(contrast(theme.on_header, theme.header) >= 4.5);
    CHECK(contrast(theme.accent, theme.background) >= 4.5);
  }
}
