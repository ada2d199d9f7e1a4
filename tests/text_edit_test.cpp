// A line of text while it is edited.
#include <catch2/catch.hpp>

#include "viz/text.h"
#include "viz/text_edit.h"

using namespace viz;

namespace {

bool press(TextLine& line, Key key, Modifiers with = {}) { return edit(line, KeyDown{key, 0, with}, {}); }

TextLine at(std::string text, std::size_t caret) { return {std::move(text), caret, caret}; }

}  // namespace

TEST_CASE("the caret moves by whole characters, whatever their bytes") {
  TextLine line = at("aσ∇😀", 0);
  std::vector<std::size_t> places;
  for (int i = 0; i < 5; i++) press(line, Key::right), places.push_back(line.caret);
  CHECK(places == std::vector<std::size_t>{1, 3, 6, 10, 10});
  places.clear();
  for (int i = 0; i < 5; i++) press(line, Key::left), places.push_back(line.caret);
  CHECK(places == std::vector<std::size_t>{6, 3, 1, 0, 0});
}

TEST_CASE("backspace and delete take one character, a selection, or a word") {
  TextLine line = at("aσ∇", 3);
  press(line, Key::backspace);
  CHECK(line == at("a∇", 1));
  press(line, Key::erase);
  CHECK(line == at("a", 1));
  press(line, Key::erase);
  CHECK(line == at("a", 1));
  line = {"one two", 5, 1};
  press(line, Key::backspace);
  CHECK(line == at("owo", 1));
  line = at("one two three", 7);
  press(line, Key::backspace, {.control = true});
  CHECK(line == at("one  three", 4));
  press(line, Key::erase, {.control = true});
  CHECK(line == at("one three", 4));
}

TEST_CASE("with Shift the arrows, Home and End select; without, they leave the selection at its end") {
  TextLine line = at("one two", 3);
  press(line, Key::right, {.shift = true});
  press(line, Key::right, {.shift = true});
  CHECK(line == TextLine{"one two", 5, 3});
  press(line, Key::left);
  CHECK(line == at("one two", 3));
  press(line, Key::end, {.shift = true});
  CHECK(line == TextLine{"one two", 7, 3});
  press(line, Key::home);
  CHECK(line == at("one two", 0));
  press(line, Key::right, {.control = true, .shift = true});
  CHECK(line == TextLine{"one two", 4, 0});
  press(line, Key::right);
  CHECK(line == at("one two", 4));
  press(line, Key::left, {.control = true});
  CHECK(line == at("one two", 0));
}

TEST_CASE("copy, cut and paste use the clipboard that they are given") {
  std::string clipboard;
  const Clipboard both{[&] { return clipboard; }, [&](const std::string& text) { clipboard = text; }};
  const auto control = [&](TextLine& line, char letter) { return edit(line, KeyDown{Key::letter, letter, {.control = true}}, both); };
  TextLine line = at("ab∇c", 1);
  control(line, 'c');
  CHECK(clipboard.empty());  // nothing is selected
  line.anchor = 5;
  control(line, 'c');
  CHECK(clipboard == "b∇");
  control(line, 'x');
  CHECK(line == at("ac", 1));
  control(line, 'v');
  control(line, 'v');
  CHECK(line == at("ab∇b∇c", 9));
  control(line, 'a');
  CHECK(line == TextLine{"ab∇b∇c", 10, 0});
  CHECK_FALSE(control(line, 's'));
  CHECK_FALSE(edit(line, KeyDown{Key::letter, 'b'}, both));
  CHECK(edit(line, KeyDown{Key::letter, 'v', {.control = true}}, {}));  // without a clipboard nothing happens
  CHECK(line.text == "ab∇b∇c");
}

TEST_CASE("what cannot be seen in a line is dropped when it is pasted") {
  TextLine line = at("[]", 1);
  insert(line,
         "a\r\nb\tc\x7f\xc2\x85"
         "\u2028\u202E\uFEFFσ\xff\xc0\xaf"
         "d");
  CHECK(line == at("[abcσd]", 7));
  insert(line, U'\n');
  insert(line, char32_t{0xD800});
  insert(line, char32_t{0x110000});
  CHECK(line.text == "[abcσd]");
  insert(line, U'😀');
  CHECK(line.text == "[abcσd😀]");
}

TEST_CASE("a line takes no more than its bytes, and never half a character") {
  TextLine line;
  std::string many;
  for (int i = 0; i < 100000; i++) many += "∇";
  insert(line, many);
  CHECK(line.text.size() == 999);
  insert(line, "∇");
  CHECK(line.text.size() == 999);
  insert(line, "a");
  CHECK(line.text.size() == longest_line);
}

TEST_CASE("a point finds the nearest place, and a place its point") {
  const std::string text = "Wij σ∇";
  for (std::size_t place = 0;; place = after(text, place)) {
    const double x = x_of(text, place, 13);
    CHECK(place_at(text, x + 0.4, 13) == place);
    CHECK(place_at(text, x - 0.4, 13) == place);
    if (place == text.size()) break;
  }
  CHECK(place_at(text, -100, 13) == 0);
  CHECK(place_at(text, 1e6, 13) == text.size());
  CHECK(place_at("", 5, 13) == 0);
}

TEST_CASE("characters become UTF-8 that is read back the same") {
  for (const char32_t c : {U'a', U'σ', U'∇', U'😀', U'\u07FF', U'\u0800'}) {
    const std::string bytes = utf8(c);
    REQUIRE(code_points(bytes).size() == 1);
    CHECK(code_points(bytes)[0].value == c);
  }
}

TEST_CASE("after any keys caret and anchor lie between characters") {
  uint32_t state = 7;
  const auto dice = [&](uint32_t below) { return ((state = state * 1664525 + 1013904223) >> 8) % below; };
  const std::vector<Key> keys = {Key::left, Key::right, Key::home, Key::end, Key::backspace, Key::erase};
  const std::vector<std::string> bits = {"a", " ", "σ", "∇x", "😀", "\xff", "two words"};
  std::string clipboard;
  const Clipboard both{[&] { return clipboard; }, [&](const std::string& text) { clipboard = text; }};
  TextLine line;
  for (int i = 0; i < 20000; i++) {
    const uint32_t kind = dice(4);
    if (kind == 0) insert(line, bits[dice(7)]);
    if (kind == 1) edit(line, KeyDown{Key::letter, "acxv" [dice(4)], { .control = true }}, both);
    if (kind > 1) press(line, keys[dice(6)], {.control = dice(3) == 0, .shift = dice(2) == 0});
    bool caret = line.caret == 0, anchor = line.anchor == 0;
    std::size_t place = 0;
    for (const CodePoint& c : code_points(line.text)) {
      if (c.value == U'\uFFFD') FAIL("not UTF-8 any more after " << i << " keys");
      place += c.text.size();
      caret |= place == line.caret, anchor |= place == line.anchor;
    }
    if (!caret || !anchor) FAIL("between two bytes of a character after " << i << " keys");
  }
  CHECK(line.text.size() <= longest_line);
}
