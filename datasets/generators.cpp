// The table of generators.
#include "datasets/generators.h"

#include <stdexcept>

#include "engine/text.h"

namespace data {

namespace {

constexpr auto classes = Task::classification;
constexpr auto regression = Task::regression;

constexpr GeneratorEntry table[] = {
    {"circle", "Circle", "A disc of one class inside a ring of the other; noise turns labels over.", classes, 500, 2, 2, circle},
    {"xor", "Exclusive or", "Four squares, the same class in opposite corners; noise turns labels over.", classes, 500, 2, 2, exclusive_or},
    {"gauss", "Two Gaussians", "Two round clouds; noise widens them until they overlap.", classes, 500, 2, 2, gauss},
    {"spiral", "Spiral", "Two arms wound into each other; noise moves the points.", classes, 500, 2, 2, spiral},
    {"reg-plane", "Plane", "A value that grows along the diagonal.", regression, 1200, 2, 0, plane},
    {"reg-gauss", "Six bumps", "A value with three hills and three hollows.", regression, 1200, 2, 0, bumps},
    {"moons", "Two moons", "Two half circles that reach into each other; noise moves the points.", classes, 500, 2, 2, moons},
    {"checkerboard", "Checkerboard", "Sixteen squares of alternating class; noise turns labels over.", classes, 800, 2, 2, checkerboard},
    {"spirals3", "Three spirals", "Three classes in three arms; noise moves the points.", classes, 600, 2, 3, three_spirals},
    {"line1d", "Wave", "One input: the curve x sin(x) / 5; noise lifts and lowers the points.", regression, 200, 1, 0, wave},
    {"xor4", "XOR table", "The four rows of the exclusive-or table, the smallest set that no single neuron can learn.", classes, 4, 2, 2,
     four_points},
    {"overfit", "Made to overfit", "A straight boundary, few training points, and every fifth of them has the wrong label.", classes, 200,
     2, 2, overfit},
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
  set.inputs = nn::Matrix(n, generator.inputs);
  set.shape = {generator.inputs, 1, 1};
  for (int i = 1; i <= generator.inputs; i++) set.input_names.push_back("x" + std::to_string(i));
  if (generator.task == classes) {
    set.labels.resize(std::size_t(n));
    set.class_names = generator.classes == 2 ? std::vector<std::string>{"-1", "+1"} : std::vector<std::string>{"1", "2", "3"};
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
