// Makes sequences from a seed. The answer is drawn with the sequence, never read off it.
#include "datasets/sequences.h"

#include <array>
#include <stdexcept>

#include "engine/random.h"
#include "engine/text.h"

namespace data {

namespace {

constexpr SequenceGenerator table[] = {
    {"adding", "Adding problem", "Two of many numbers are marked; their sum is asked for.", 2000, 40, adding},
    {"recall", "Recall", "Which of four symbols was the first, long ago?", 2000, 20, recall},
    {"names", "Names", "From which of three invented languages comes the name?", 900, 0, language_names},
    {"inside", "Inside or outside", "At every character: does it stand inside quotes?", 1000, 30, inside_outside},
};

template <std::size_t n>
std::string_view one_of(const std::array<std::string_view, n>& parts, nn::Generator& random) {
  return parts[random.below(n)];
}

// Two or three syllables a consonant and a vowel long.
std::string oluan(nn::Generator& random) {
  constexpr std::array<std::string_view, 8> consonants = {"l", "n", "m", "v", "r", "s", "t", "k"};
  constexpr std::array<std::string_view, 7> vowels = {"a", "e", "i", "o", "u", "ua", "ia"};
  std::string name = random.uniform() < 0.4 ? std::string(one_of(vowels, random)) : "";
  for (std::uint64_t left = 2 + random.below(2); left > 0; left--) name.append(one_of(consonants, random)).append(one_of(vowels, random));
  return name;
}

// One or two syllables between clusters of consonants.
std::string grumsk(nn::Generator& random) {
  constexpr std::array<std::string_view, 8> starts = {"gr", "dr", "br", "sk", "st", "k", "t", "v"};
  constexpr std::array<std::string_view, 4> vowels = {"o", "u", "a", "e"};
  constexpr std::array<std::string_view, 8> ends = {"rk", "msk", "nd", "gt", "lk", "rt", "ng", "k"};
  std::string name;
  for (std::uint64_t left = 1 + random.below(2); left > 0; left--)
    name.append(one_of(starts, random)).append(one_of(vowels, random)).append(one_of(ends, random));
  return name;
}

// Two or three syllables that may end in n.
std::string shinzen(nn::Generator& random) {
  constexpr std::array<std::string_view, 8> starts = {"sh", "z", "ch", "h", "k", "m", "t", "y"};
  constexpr std::array<std::string_view, 5> vowels = {"i", "e", "a", "o", "u"};
  std::string name;
  for (std::uint64_t left = 2 + random.below(2); left > 0; left--)
    name.append(one_of(starts, random)).append(one_of(vowels, random)).append(random.uniform() < 0.6 ? "n" : "");
  return name;
}

void check(const SequenceGenerator& generator, int count, int steps) {
  const std::string who = "sequences '" + std::string(generator.name) + "': ";
  if (count < 1 || count > 1'000'000)
    throw std::invalid_argument(who + std::to_string(count) + " were asked for; 1 at least, 1000000 at most");
  if (generator.steps == 0 ? steps != 0 : steps < 10 || steps > 10'000)
    throw std::invalid_argument(who + std::to_string(steps) + " steps were asked for; " +
                                (generator.steps == 0 ? "each has its own length, which 0 says" : "10 at least, 10000 at most"));
}

}  // namespace

std::span<const SequenceGenerator> sequence_generators() { return table; }

Sequences generate_sequences(std::string_view name, int count, int steps, std::uint64_t seed) {
  std::vector<std::string> names;
  for (const SequenceGenerator& generator : table) {
    names.emplace_back(generator.name);
    if (generator.name != name) continue;
    if (count == 0) count = generator.count;
    if (steps == 0) steps = generator.steps;
    check(generator, count, steps);
    Sequences made = generator.make(count, steps, seed);
    made.name = name;
    return made;
  }
  throw std::invalid_argument("there are no sequences '" + std::string(name) + "'; did you mean '" + nn::nearest(name, names) +
                              "'? There are " + nn::join(names, ", "));
}

Sequences adding(int count, int steps, std::uint64_t seed) {
  Sequences made;
  made.input_names = {"value", "marker"};
  nn::Generator random(seed, "adding");
  for (int n = 0; n < count; n++) {
    nn::Matrix& x = made.numbers.emplace_back(2, steps);
    for (int t = 0; t < steps; t++) x(0, t) = nn::Real(random.uniform());
    const auto half = std::uint64_t(steps / 2);
    const auto first = nn::Index(random.below(half)), second = nn::Index(half + random.below(std::uint64_t(steps) - half));
    x(1, first) = x(1, second) = 1;
    made.values.push_back(x(0, first) + x(0, second));
  }
  return made;
}

Sequences recall(int count, int steps, std::uint64_t seed) {
  Sequences made;
  made.class_names = {"a", "b", "c", "d"};
  made.symbols = Vocabulary(Symbols::characters, {"+", "-", "a", "b", "c", "d"});
  nn::Generator random(seed, "recall");
  for (int n = 0; n < count; n++) {
    made.labels.push_back(int(random.below(4)));
    std::vector<int>& sequence = made.ids.emplace_back(1, 2 + made.labels.back());
    while (int(sequence.size()) < steps) sequence.push_back(int(random.below(2)));
  }
  return made;
}

Sequences language_names(int count, int, std::uint64_t seed) {
  Sequences made;
  made.class_names = {"Oluan", "Grumsk", "Shinzen"};
  made.symbols = Vocabulary::of_characters("abcdeghiklmnorstuvyz");
  nn::Generator random(seed, "names");
  for (int n = 0; n < count; n++) {
    made.labels.push_back(int(random.below(3)));
    made.ids.push_back(made.symbols.ids(made.labels.back() == 0   ? oluan(random)
                                        : made.labels.back() == 1 ? grumsk(random)
                                                                  : shinzen(random)));
  }
  return made;
}

Sequences inside_outside(int count, int steps, std::uint64_t seed) {
  Sequences made;
  made.class_names = {"outside", "inside"};
  made.symbols = Vocabulary::of_characters("\"abcd");
  nn::Generator random(seed, "inside");
  const int quote = made.symbols.find("\"");
  for (int n = 0; n < count; n++) {
    const int length = 10 + int(random.below(std::uint64_t(steps - 9)));
    std::vector<int> ids, tags;
    for (int t = 0, inside = 0; t < length; t++) {
      const bool turns = random.uniform() < 0.12;
      ids.push_back(turns ? quote : quote + 1 + int(random.below(4)));
      tags.push_back(inside ^= int(turns));
    }
    made.ids.push_back(std::move(ids));
    made.tags.push_back(std::move(tags));
  }
  return made;
}

}  // namespace data
