// The table of generators.
#include "datasets/generators.h"

#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

constexpr auto classes = Task::classification;
constexpr auto regression = Task::regression;

constexpr std::string_view ten = "0 1 2 3 4 5 6 7 8 9";
constexpr nn::Shape one{1}, two{2}, of_12{1, 12, 12}, of_16{1, 16, 16}, of_28{1, 28, 28}, of_32{1, 32, 32}, colored{3, 24, 24};

constexpr GeneratorEntry table[] = {
    {"circle", "Circle", "A disc of one class inside a ring of the other; noise turns labels over.", classes, 500, two, 2, circle},
    {"xor", "Exclusive or", "Four squares, the same class in opposite corners; noise turns labels over.", classes, 500, two, 2,
     exclusive_or},
    {"gauss", "Two Gaussians", "Two round clouds; noise widens them until they overlap.", classes, 500, two, 2, gauss},
    {"spiral", "Spiral", "Two arms wound into each other; noise moves the points.", classes, 500, two, 2, spiral},
    {"reg-plane", "Plane", "A value that grows along the diagonal.", regression, 1200, two, 0, plane},
    {"reg-gauss", "Six bumps", "A value with three hills and three hollows.", regression, 1200, two, 0, bumps},
    {"moons", "Two moons", "Two half circles that reach into each other; noise moves the points.", classes, 500, two, 2, moons},
    {"checkerboard", "Checkerboard", "Sixteen squares of alternating class; noise turns labels over.", classes, 800, two, 2, checkerboard},
    {"spirals3", "Three spirals", "Three classes in three arms; noise moves the points.", classes, 600, two, 3, three_spirals},
    {"line1d", "Wave", "One input: the curve x sin(x) / 5; noise lifts and lowers the points.", regression, 200, one, 0, wave},
    {"xor4", "XOR table", "The four rows of the exclusive-or table, the smallest set that no single neuron can learn.", classes, 4, two, 2,
     four_points},
    {"overfit", "Made to overfit", "A straight boundary, few training points, and every fifth of them has the wrong label.", classes, 200,
     two, 2, overfit},
    {"digits12", "Drawn digits, 12x12", "Digits drawn with a pen, near the middle; noise blurs every pixel.", classes, 2000, of_12, 10,
     drawn_digits, ten},
    {"digits16", "Drawn digits, 16x16", "Digits drawn with a pen, near the middle; noise blurs every pixel.", classes, 2000, of_16, 10,
     drawn_digits, ten},
    {"digits28", "Drawn digits, 28x28", "Digits drawn by many hands, small and large, anywhere; noise blurs every pixel.", classes, 3000,
     of_28, 10, loose_digits, ten},
    {"bars", "Bars", "One bar, lying or standing; noise blurs every pixel.", classes, 1000, of_16, 2, bars, "horizontal vertical"},
    {"scenes16", "Scenes", "One of four objects, and a scatter of dots as bright that says nothing; noise blurs every pixel.", classes,
     2000, of_16, 4, scenes, "square plus diamond triangle"},
    {"planted", "Planted outlines", "One of four outlines among sixteen strokes as bright; noise blurs every pixel.", classes, 3000, of_32,
     4, planted, "square plus ring triangle"},
    {"shapes", "Coloured shapes", "A shape of any colour on grey: the colour says nothing of the class; noise blurs every pixel.", classes,
     2000, colored, 4, colored_shapes, "square disc triangle cross"},
};

const GeneratorEntry& entry(std::string_view name) {
  std::vector<std::string> names;
  for (const GeneratorEntry& candidate : table) {
    if (candidate.name == name) return candidate;
    names.emplace_back(candidate.name);
  }
  throw std::invalid_argument("there is no generator '" + std::string(name) + "'; did you mean '" + nn::nearest(name, names) +
                              "'? There are " + nn::join(names, ", "));
}

std::vector<std::string> numbered(const std::string& word, int count) {
  std::vector<std::string> names;
  for (int i = 1; i <= count; i++) names.push_back(word + std::to_string(i));
  return names;
}

std::vector<std::string> class_names(const GeneratorEntry& generator) {
  if (!generator.class_names.empty()) return nn::split(generator.class_names, ' ');
  return generator.classes == 2 ? std::vector<std::string>{"-1", "+1"} : numbered("", generator.classes);
}

}  // namespace

std::span<const GeneratorEntry> generators() { return table; }

Dataset generate(std::string_view name, int samples, double noise, std::uint64_t seed) {
  const GeneratorEntry& generator = entry(name);
  const int n = samples == 0 ? generator.samples : samples;
  if (n < generator.classes || n < 1 || n > 1'000'000)
    throw std::invalid_argument("generator '" + std::string(name) + "': " + std::to_string(n) +
                                " samples were asked for; one for each class at least, 1000000 at most");
  if (!(noise >= 0 && noise <= 100))
    throw std::invalid_argument("generator '" + std::string(name) + "': a noise of " + nn::number_text(noise) +
                                " % was asked for; it goes from 0 to 100 %");

  Dataset set;
  set.name = name;
  set.inputs = nn::Matrix(n, generator.inputs());
  set.shape = generator.shape;
  set.input_names = generator.is_picture() ? pixel_names(set.shape) : numbered("x", generator.inputs());
  if (generator.task == classes) {
    set.labels.resize(std::size_t(n));
    set.class_names = class_names(generator);
    set.target_name = "class";
  } else {
    set.values = nn::Matrix(n, 1);
    set.target_name = "y";
  }
  nn::Generator position(seed, "positions"), offset(seed, "noise");
  generator.fill(set, noise / 100, position, offset);
  return set;
}

}  // namespace data
