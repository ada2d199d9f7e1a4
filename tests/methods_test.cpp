// Every method: its picture is finite, inside its box, legible and always the same; its options and its file are in the table.
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <set>

#include "tests/methods_study.h"
#include "viz/method.h"
#include "viz/text.h"

using namespace viz;

namespace {

// The initial options, and each option at both of its ends.
std::vector<Arguments> settings(const Method& m) {
  std::vector<Arguments> all = {arguments(m, {})};
  for (const Option& option : m.options)
    for (const double end : {option.low, option.high}) all.push_back(arguments(m, {{std::string(option.name), end}}));
  return all;
}

bool same(const Mark& a, const Mark& b) {
  if (a.index() != b.index()) return false;
  if (const auto* t = std::get_if<Text>(&a)) {
    const auto& u = std::get<Text>(b);
    return t->at == u.at && t->string == u.string && t->color == u.color && t->size == u.size;
  }
  if (const auto* i = std::get_if<Image>(&a)) return i->rgba == std::get<Image>(b).rgba && i->box == std::get<Image>(b).box;
  if (const auto* p = std::get_if<Path>(&a))
    return p->stroke == std::get<Path>(b).stroke && p->line_width == std::get<Path>(b).line_width && p->tip == std::get<Path>(b).tip;
  return bounds(a) == bounds(b);
}

bool same(const Scene& a, const Scene& b) {
  return a.marks.size() == b.marks.size() &&
         std::equal(a.marks.begin(), a.marks.end(), b.marks.begin(), [](const Mark& x, const Mark& y) { return same(x, y); });
}

std::string place(Box b) {
  return std::to_string(b.x) + " " + std::to_string(b.y) + " " + std::to_string(b.right()) + " " + std::to_string(b.bottom());
}

// The first mark outside of the box, points behind clips aside; or the first two texts over each other.
std::string complaint(const Scene& scene, Box box) {
  if (!finite(scene)) return "a coordinate is not finite";
  int clips = 0;
  std::vector<std::pair<Box, std::string>> texts;
  for (const Mark& mark : scene.marks) {
    if (std::holds_alternative<ClipStart>(mark)) clips++;
    if (std::holds_alternative<ClipEnd>(mark)) clips--;
    const auto b = bounds(mark);
    if (!b || clips > 0 || (b->width == 0 && b->height == 0)) continue;  // what keys do is not seen
    const auto* text = std::get_if<Text>(&mark);
    const std::string what = text ? "'" + text->string + "'" : "mark of kind " + std::to_string(mark.index());
    if (b->x < box.x - 0.5 || b->y < box.y - 0.5 || b->right() > box.right() + 0.5 || b->bottom() > box.bottom() + 0.5)
      return what + " at " + place(*b) + " leaves the box " + place(box);
    if (!text || text->string.empty()) continue;
    Box letters = *b;  // capitals from the baseline up, and of them where there is ink: a tilde lies above its letter
    if (text->turns == 0) {
      const Box shape = ink(text->string, text->size, text->font);
      letters = intersection({b->x, text->at.y - cap_height(text->size), b->width, cap_height(text->size)},
                             {b->x, text->at.y + shape.y, b->width, shape.height});
    }
    for (const auto& [other, string] : texts) {
      const Box both = intersection(letters, other);
      if (both.width > 1 && both.height > 1) return what + " lies over '" + string + "' at " + place(letters);
    }
    texts.emplace_back(letters, text->string);
  }
  return clips == 0 ? "" : "a clip does not end";
}

}  // namespace

TEST_CASE("every method makes a finite picture inside its box, whatever the study, the options and the size") {
  const Style styles[] = {{&light, Scale::orange_blue}, {&dark, Scale::purple_green}};
  for (const Method& m : methods()) {
    int shown = 0;
    for (const MadeStudy& made : studies()) {
      const Study study = made.study();
      for (const Arguments& options : settings(m)) {
        Numbers numbers;
        try {
          numbers = numbers_of(m, study, options);
        } catch (const std::invalid_argument& error) {
          INFO(m.name << " on " << made.name << ": " << error.what());
          CHECK(std::string(error.what()).starts_with(std::string(m.name) + ": "));
          continue;
        }
        REQUIRE_FALSE(numbers.tensors.empty());
        shown++;
        for (const Box box : {Box{0, 0, 240, 160}, Box{13, 7, 400, 300}, Box{0, 0, 1280, 800}, Box{0, 0, 240, 900}, Box{5, 0, 1400, 160}}) {
          const Style& style = styles[box.width > 300];
          const Scene scene = m.layout(numbers, box, style);
          INFO(m.name << " on " << made.name << " in " << box.width << "x" << box.height);
          for (const auto& [key, value] : options) UNSCOPED_INFO(key << " = " << value);
          CHECK(complaint(scene, box) == "");
          CHECK(scene.marks.size() > 3);
          CHECK(scene.box == box);
          CHECK(same(scene, m.layout(numbers, box, style)));
        }
      }
    }
    INFO(m.name);
    CHECK(shown > 10);
  }
}

TEST_CASE("computing twice gives the same numbers, and the parameters are left alone") {
  for (const MadeStudy& made : studies()) {
    if (made.name.ends_with("not a number")) continue;  // it equals nothing
    const Study study = made.study();
    const nn::Matrix before = study.parameters.numbers;
    for (const Method& m : methods()) {
      try {
        const Numbers a = numbers_of(m, study, arguments(m, {})), b = numbers_of(m, study, arguments(m, {}));
        INFO(m.name << " on " << made.name);
        CHECK(csv(a) == csv(b));
        CHECK(a.words == b.words);
      } catch (const std::invalid_argument&) {
      }
    }
    CHECK(study.parameters.numbers == before);
  }
}

TEST_CASE("the table of methods and the folder of methods agree") {
  std::set<std::string> files, names;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(__FILE__).parent_path().parent_path() / "viz/methods"))
    if (entry.path().extension() == ".cpp") files.insert(entry.path().stem().string());
  for (const Method& m : methods()) {
    std::string file(m.name);
    std::ranges::replace(file, '-', '_');
    names.insert(file);
    CHECK(!m.title.empty());
    CHECK(!m.paper.empty());
    CHECK(m.help.ends_with("."));
    for (const Option& o : m.options) CHECK((o.low <= o.initial && o.initial <= o.high && o.low < o.high));
  }
  CHECK(files == names);
  CHECK(names.size() == methods().size());
}

TEST_CASE("names and options of methods are checked") {
  CHECK_THROWS_WITH(method("boundry"), Catch::Contains("'boundary'"));
  const Method& m = method("boundary");
  CHECK(arguments(m, {}).at("resolution") == 100);
  CHECK(arguments(m, {{"test", 1}}).at("test") == 1);
  CHECK_THROWS_WITH(arguments(m, {{"resolutoin", 5}}), Catch::Contains("did you mean 'resolution'"));
  CHECK_THROWS_WITH(arguments(m, {{"resolution", 5}}), "boundary: resolution is 5, but goes from 10 to 300");
  CHECK_THROWS_WITH(arguments(m, {{"resolution", NAN}}), Catch::Contains("resolution is nan"));
  CHECK_THROWS_WITH(arguments(m, {{"test", 0.5}}), Catch::Contains("whole number"));
}

TEST_CASE("numbers become lines of text") {
  CHECK(csv({{{"a", {2, 3}, std::vector<double>{1, 2.5, -3, 0.1, 1e30, 6}}}}) == "1,2.5,-3\n0.1,1e+30,6\n");
  CHECK(csv({{{"a", {2, 1, 2}, std::vector<float>{0.1f, 2, 3, 4}}, {"b", {1}, std::vector<float>{9}}}}) == "0.1,2\n3,4\n");
  CHECK(csv({{{"a", {3}, std::vector<std::int64_t>{1, 2, 3}}}}) == "1,2,3\n");
  CHECK(csv({}) == "");
}

TEST_CASE("every tensor of a method holds as many numbers as its shape says") {
  for (const MadeStudy& made : studies())
    for (const Method& m : methods())
      for (const Arguments& options : settings(m)) {
        Numbers numbers;
        try {
          numbers = numbers_of(m, made.study(), options);
        } catch (const std::invalid_argument&) {
          continue;
        }
        for (const nn::Tensor& tensor : numbers.tensors) {
          nn::Index wanted = 1;
          for (const nn::Index n : tensor.shape) wanted *= n;
          INFO(m.name << " on " << made.name << ": " << tensor.name);
          CHECK(std::visit([](const auto& all) { return nn::Index(all.size()); }, tensor.numbers) == wanted);
        }
      }
}
