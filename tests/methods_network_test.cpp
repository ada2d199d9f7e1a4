// The picture of the network: what can be pointed at, which neuron is shown large, and colours by table.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_study.h"
#include "viz/color_table.h"
#include "viz/method.h"
#include "viz/text.h"

using namespace viz;
using nn::Index;
using nn::Real;

namespace {

const std::vector<Real>& reals(const nn::Tensor& tensor) { return std::get<std::vector<Real>>(tensor.numbers); }

Numbers network(const Study& study, const Arguments& given = {}) {
  return method("network").compute(study, arguments(method("network"), given));
}

Scene picture(const Numbers& numbers, Box box = {0, 0, 900, 600}) { return method("network").layout(numbers, box, {}); }

bool has_text(const Scene& scene, const std::string& words) {
  return std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    const auto* text = std::get_if<Text>(&mark);
    return text && text->string == words;
  });
}

Box box_of(const Scene& scene, const std::string& id) {
  const Mark* mark = find(scene, id);
  REQUIRE(mark);
  return *bounds(*mark);
}

bool visible(const Mark& mark) {
  return std::visit(
      [](const auto& m) {
        if constexpr (requires { m.fill; }) return m.fill.a || m.stroke.a;
        return requires { m.id; };
      },
      mark);
}

}  // namespace

TEST_CASE("colours by table differ from those by definition by at most one step") {
  for (const Scale scale : {Scale::orange_blue, Scale::purple_green, Scale::viridis, Scale::grey})
    for (const auto& [low, high] : {std::pair{-1.0, 1.0}, std::pair{0.0, 1.0}, std::pair{-6.5, 2.25}, std::pair{3.0, 3.0}}) {
      const ColorTable table(scale, low, high);
      for (int i = -200; i <= 5200; i++) {
        const float value = float(low + (high - low) * i / 5000);
        const Color a = table(value), b = color_at(scale, value, low, high);
        for (const int step : {a.r - b.r, a.g - b.g, a.b - b.b, a.a - b.a}) REQUIRE(std::abs(step) <= 1);
      }
      CHECK(table(float(low)) == color_at(scale, low, low, high));
      CHECK(table(float(high)) == color_at(scale, high, low, high));
      CHECK(table(float(low + high) / 2) == color_at(scale, (low + high) / 2, low, high));
      CHECK(table(NAN) == not_a_number);
      CHECK(table(1e30f) == (low == high ? color_at(scale, 3, 3, 3) : color_at(scale, high, low, high)));
    }
}

TEST_CASE("letters on background and panel are legible in light and dark") {
  for (const Theme* theme : {&light, &dark}) {
    for (const Color ground : {theme->background, theme->panel})
      for (const Color ink : {theme->text, theme->muted, theme->warning, theme->accent}) CHECK(contrast(ink, ground) >= 4.5);
    CHECK(contrast(theme->on_header, theme->header) >= 4.5);
    CHECK(contrast(theme->on_accent, theme->accent) >= 4.5);
  }
}

TEST_CASE("areas of the network can be pointed at, and what lies on them wins") {
  for (const Box box : {Box{0, 0, 420, 260}, Box{0, 0, 900, 600}, Box{0, 0, 1400, 900}}) {
    const Scene scene = picture(network(named("ring").study()), box);
    const Box columns = box_of(scene, "columns"), map = box_of(scene, "map");
    CHECK(find(scene, "column:3") == nullptr);
    CHECK(columns.right() <= map.x);
    for (int k = 1; k <= 2; k++) {
      const Box column = box_of(scene, "column:" + std::to_string(k)), node = box_of(scene, "node:dense" + std::to_string(k) + ":1");
      CHECK(column.x >= columns.x - 1e-6);
      CHECK(column.right() <= columns.right() + 1e-6);
      CHECK(column.center().x == Approx(node.center().x).margin(1));
      CHECK(node.y - column.y >= 34);
      CHECK(pick(scene, {node.center().x, column.y + 10}) == "column:" + std::to_string(k));
      CHECK(pick(scene, node.center()) == "node:dense" + std::to_string(k) + ":1");
      const Box strip = column.top(33);  // kept free for buttons
      for (const Mark& mark : scene.marks)
        if (const auto b = bounds(mark); b && visible(mark) && !std::holds_alternative<ClipStart>(mark)) {
          const Box both = intersection(*b, strip);
          const bool empty = both.width < 0.5 || both.height < 0.5;
          CHECK(empty);
        }
    }
    CHECK(pick(scene, {map.x + 4, map.y + 4}) == "map");
  }
}

TEST_CASE("a data point says which example it is, unless there are very many") {
  const MadeStudy& made = named("ring");
  const Scene scene = picture(network(made.study()));
  const int row = made.split.test[3];
  const Mark* point = find(scene, "point:" + std::to_string(row));
  REQUIRE(point);
  const std::string& tip = std::get<Circle>(*point).tip;
  CHECK(tip.starts_with("example " + std::to_string(row) + " (test): x1 "));
  CHECK(tip.ends_with(made.set.class_names[std::size_t(made.set.labels[std::size_t(row)])]));
  CHECK(find(picture(network(made.study(), {{"test", 0}})), "point:" + std::to_string(row)) == nullptr);
  const MadeStudy many = make_study({"many", "dense 1, tanh", made_points(601, 2, 2), false, nn::Loss::quadratic, 0});
  for (const Mark& mark : picture(network(many.study())).marks)
    if (const auto* circle = std::get_if<Circle>(&mark)) REQUIRE(circle->id.empty());
}

TEST_CASE("a chosen neuron takes the place of the output, and its links stand out") {
  const MadeStudy& made = named("ring");
  const Study study = made.study();
  const Numbers numbers = network(study, {{"neuron", 2 + 3}, {"detail", 40}});
  const auto& all = reals(numbers["neurons"]);
  CHECK(std::equal(all.begin() + 4 * 1600, all.begin() + 5 * 1600, reals(numbers["chosen"]).begin()));
  const Scene scene = picture(numbers);
  CHECK(has_text(scene, "NEURON 3 OF LAYER 1"));
  CHECK_FALSE(has_text(scene, "OUTPUT"));
  CHECK(has_text(picture(network(study, {{"neuron", 1}})), "x1"));
  CHECK(has_text(picture(network(study, {{"neuron", 9}})), "OUTPUT"));  // the output itself
  CHECK_THROWS_WITH(network(study, {{"neuron", 10}}), "network: neuron 10 was asked for, but there are 9, the inputs among them");

  const Scene plain = picture(network(study));
  const auto stroke = [](const Scene& from, const char* id) { return std::get<Path>(*find(from, id)).stroke; };
  CHECK(stroke(scene, "link:dense1:3:1") == stroke(plain, "link:dense1:3:1"));
  CHECK(stroke(scene, "link:dense2:2:3") == stroke(plain, "link:dense2:2:3"));
  CHECK(stroke(scene, "link:dense1:1:1").a < stroke(plain, "link:dense1:1:1").a / 3);
}

TEST_CASE("several outputs are nodes and one blended map") {
  const Study study = named("thirds").study();
  const Numbers numbers = network(study, {{"detail", 20}});
  CHECK(numbers["output"].shape == std::vector<Index>{20, 20, 3});
  const Scene scene = picture(numbers);
  const Box map = box_of(scene, "map");
  const auto at = std::find_if(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    const auto* image = std::get_if<Image>(&mark);
    return image && image->box == map;
  });
  REQUIRE(at != scene.marks.end());
  const Image& image = std::get<Image>(*at);
  for (std::size_t i = 0; i < 400; i++) {
    const Real* y = reals(numbers["output"]).data() + 3 * i;
    const double parts[] = {y[0], y[1], y[2]};
    const Color slow = blend(parts);
    CHECK(std::abs(image.rgba[4 * i] - slow.r) <= 1);
    CHECK(std::abs(image.rgba[4 * i + 1] - slow.g) <= 1);
    CHECK(std::abs(image.rgba[4 * i + 2] - slow.b) <= 1);
  }
  for (const char* id : {"node:dense2:1", "node:dense2:3", "bias:dense2:2", "link:dense2:3:6"}) CHECK(find(scene, id));
}

TEST_CASE("discretized, every neuron says yes or no") {
  const Numbers numbers = network(named("ring").study(), {{"discretize", 1}, {"neuron", 4}});
  for (const Real y : reals(numbers["output"])) REQUIRE(std::abs(y) == 1);
  const auto& ranges = reals(numbers["ranges"]);
  for (std::size_t i = 0; i < reals(numbers["neurons"]).size(); i++) {
    const Real y = std::abs(reals(numbers["neurons"])[i]);
    REQUIRE((y == 0 || y == ranges[i / 1600]));
  }
  for (const Real y : reals(numbers["chosen"])) REQUIRE((y == 0 || std::abs(y) == ranges[3]));
}

TEST_CASE("no words of the network are cut in a pane of 420 by 260") {
  for (const char* name : {"ring", "ring with features", "thirds", "pictures", "deep", "surface"}) {
    INFO(name);
    for (const Mark& mark : picture(network(named(name).study()), {0, 0, 420, 260}).marks)
      if (const auto* text = std::get_if<Text>(&mark))
        CHECK((text->string.find("…") == std::string::npos || text->string.starts_with("…") || text->string.starts_with("a class")));
  }
}

TEST_CASE("the loss says what it was wherever the pointer is") {
  const Study study = named("ring").study();
  const Method& m = method("loss");
  const Scene scene = m.layout(m.compute(study, arguments(m, {})), {0, 0, 600, 400}, {});
  const Mark* strip = find(scene, "epoch:5");
  REQUIRE(strip);
  const std::string& tip = std::get<Rect>(*strip).tip;
  CHECK(tip.starts_with("epoch 5: train loss 0."));
  REQUIRE(find(scene, "epoch:5:accuracy"));
  CHECK(std::get<Rect>(*find(scene, "epoch:5:accuracy")).tip == tip);
  for (const char* part : {", test loss 0.", ", train accuracy ", " %, test accuracy "}) CHECK(tip.find(part) != std::string::npos);
}

TEST_CASE("a long history is thinned, and keeps its extremes") {
  Study study = named("ring").study();
  std::vector<nn::Epoch> history;
  for (int i = 0; i <= 30000; i++)
    history.push_back({.epoch = i,
                       .step = i,
                       .train_loss = i == 17001 ? 9 : 1 + 0.1 * std::sin(i),
                       .test_loss = i == 123 ? -3 : 1.0,
                       .train_accuracy = NAN,
                       .test_accuracy = NAN,
                       .seconds = 0});
  study.history = history;
  const Method& m = method("loss");
  const Numbers numbers = m.compute(study, arguments(m, {}));
  const auto& shown = std::get<std::vector<std::int64_t>>(numbers["shown"].numbers);
  CHECK(shown.size() < 6000);
  CHECK(std::is_sorted(shown.begin(), shown.end()));
  for (const int line : {0, 123, 17001, 30000}) CHECK(std::binary_search(shown.begin(), shown.end(), line));
  std::size_t strips = 0;
  for (const Mark& mark : m.layout(numbers, {0, 0, 600, 400}, {}).marks)
    if (const auto* rect = std::get_if<Rect>(&mark); rect && rect->id.starts_with("epoch:")) {
      CHECK(rect->box.width >= 2);
      strips++;
    }
  CHECK(strips > 50);
}

TEST_CASE("where the last epoch has no test figures, the legend names the curve alone") {
  const MadeStudy made = make_study({"points", "dense 3, tanh, dense 1, tanh", made_points(40, 2, 2)});
  Study study = made.study();
  const std::vector<nn::Epoch> history = {
      {.epoch = 0, .step = 0, .train_loss = 1, .test_loss = 1, .train_accuracy = 0.5, .test_accuracy = 0.5, .seconds = 0},
      {.epoch = 1, .step = 4, .train_loss = 0.5, .test_loss = NAN, .train_accuracy = 0.75, .test_accuracy = NAN, .seconds = 0}};
  study.history = history;
  const Method& m = method("loss");
  const Scene scene = m.layout(m.compute(study, arguments(m, {})), {0, 0, 600, 400}, {});
  std::size_t train = 0, test = 0;
  for (const Mark& mark : scene.marks)
    if (const auto* text = std::get_if<Text>(&mark)) {
      CHECK(text->string.find("not a number") == std::string::npos);
      train += text->string == "train 0.5" || text->string == "train 75 %", test += text->string == "test";
    }
  CHECK(train == 2);
  CHECK(test == 2);
}

TEST_CASE("before the first epoch the axis of epochs goes from 0 to 1") {
  const MadeStudy made = make_study({"points", "dense 3, tanh, dense 1, tanh", made_points(40, 2, 2)});
  Study study = made.study();
  const std::vector<nn::Epoch> history = {{.train_loss = 1, .test_loss = 2, .train_accuracy = 0.5, .test_accuracy = 0.4}};
  study.history = history;
  const Method& m = method("loss");
  for (const Mark& mark : m.layout(m.compute(study, arguments(m, {})), {0, 0, 300, 200}, {}).marks)
    if (const auto* text = std::get_if<Text>(&mark)) CHECK(text->string.find("−") == std::string::npos);
}
