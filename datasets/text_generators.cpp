// Each text is written character by character; what has to be remembered is noted beside it.
#include "datasets/text_generators.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "engine/random.h"
#include "engine/text.h"

namespace data {

namespace {

// The text so far, and for every character the values of the tracks when it was written.
class Writer {
 public:
  Writer(Text& text, std::size_t length, std::vector<std::string> names) : text_(text), length_(length), now(names.size(), nn::Real(0)) {
    for (std::string& name : names) text_.tracks.push_back({std::move(name), {}});
  }
  bool done() const { return text_.characters.size() >= length_; }
  // Writes a character, after which the tracks are as in `now`.
  void put(char character) {
    if (done()) return;
    text_.characters += character;
    for (std::size_t i = 0; i < now.size(); i++) text_.tracks[i].values.push_back(now[i]);
  }

 private:
  Text& text_;
  std::size_t length_;

 public:
  std::vector<nn::Real> now;
};

char letter(nn::Generator& random, int count, char first = 'a') { return char(first + int(random.below(std::uint64_t(count)))); }
int from_to(nn::Generator& random, int low, int high) { return low + int(random.below(std::uint64_t(high - low + 1))); }

// Words of two to five letters a .. e. Spans of three to eight words lie outside and inside quotes by turns.
//   outside: words in lower case with blanks between;  inside: with `between`, and in upper case where first is 'A'
void write_quotes(Text& text, std::size_t length, nn::Generator& random, char between, char first) {
  Writer writer(text, length, {"inside quotes", "mid-word"});
  const auto put = [&](char c, bool mid_word) {
    writer.now[1] = mid_word;
    writer.put(c);
  };
  for (bool inside = false; !writer.done(); inside = !inside) {
    writer.now[0] = inside;
    if (inside) put('"', false);
    const int words = from_to(random, 3, 8);
    for (int word = 0; word < words; word++) {
      if (word > 0) put(inside ? between : ' ', false);
      const int letters = from_to(random, 2, 5);
      for (int i = 0; i < letters; i++) put(letter(random, 5, inside ? first : 'a'), true);
    }
    if (inside) {
      writer.now[0] = 0;
      put('"', false);
    }
    put(' ', false);
  }
}

void quotes(Text& text, std::size_t length, nn::Generator& random) { write_quotes(text, length, random, '-', 'a'); }
void capitals(Text& text, std::size_t length, nn::Generator& random) { write_quotes(text, length, random, ' ', 'A'); }

// Each step: " with probability .06, else ? and its answer with .1, else a letter of noise.
void latch(Text& text, std::size_t length, nn::Generator& random) {
  Writer writer(text, length, {"inside quotes", "letter", "answer due"});
  bool inside = false;
  const auto put = [&](char c, bool is_letter, bool due) {
    writer.now = {nn::Real(inside), nn::Real(is_letter), nn::Real(due)};
    writer.put(c);
  };
  while (!writer.done()) {
    const double draw = random.uniform();
    if (draw < 0.06) {
      inside = !inside;
      put('"', false, false);
    } else if (draw < 0.16) {
      put('?', false, true);
      put(inside ? 'y' : 'n', false, false);
    } else {
      put(letter(random, 4), true, false);
    }
  }
}

// Brackets that open and close at random, at most five deep, letters of noise between; = is followed by the depth.
void brackets(Text& text, std::size_t length, nn::Generator& random) {
  Writer writer(text, length, {"bracket depth", "digit due"});
  int depth = 0;
  const auto put = [&](char c, bool due) {
    writer.now = {nn::Real(depth), nn::Real(due)};
    writer.put(c);
  };
  while (!writer.done()) {
    const double draw = random.uniform();
    if (draw < 0.3) {
      const bool opens = depth == 0 || (depth < 5 && random.uniform() < 0.5);
      depth += opens ? 1 : -1;
      put(opens ? '(' : ')', false);
    } else if (draw < 0.45) {
      put('=', true);
      put(char('0' + depth), false);
    } else {
      put(letter(random, 3), false);
    }
  }
}

// So many letters of noise, then a line feed.
void lines(Text& text, std::size_t length, nn::Generator& random, int letters) {
  Writer writer(text, length, {"column", "line feed due"});
  while (!writer.done())
    for (int column = 1; column <= letters + 1; column++) {
      writer.now = {nn::Real(column <= letters ? column : 0), nn::Real(column == letters)};
      writer.put(column <= letters ? letter(random, 4) : '\n');
    }
}

void lines12(Text& text, std::size_t length, nn::Generator& random) { lines(text, length, random, 12); }
void lines16(Text& text, std::size_t length, nn::Generator& random) { lines(text, length, random, 16); }

void noise(Text& text, std::size_t length, nn::Generator& random) {
  Writer writer(text, length, {});
  while (!writer.done()) writer.put(letter(random, 4));
}

// Five letters, =, the same five again, a line feed. To be kept: letters that are known and not yet said again.
void copy(Text& text, std::size_t length, nn::Generator& random) {
  Writer writer(text, length, {"repeating", "letters kept"});
  while (!writer.done()) {
    std::string word;
    for (int i = 1; i <= 5; i++) {
      word += letter(random, 4);
      writer.now = {0, nn::Real(i)};
      writer.put(word.back());
    }
    writer.now = {1, 5};
    writer.put('=');
    for (int left = 4; left >= 0; left--) {
      writer.now = {nn::Real(left > 0), nn::Real(left)};
      writer.put(word[std::size_t(4 - left)]);
    }
    writer.now = {0, 0};
    writer.put('\n');
  }
}

struct Entry {
  TextGenerator about;
  void (*write)(Text& text, std::size_t length, nn::Generator& random);
};

constexpr Entry table[] = {
    {{"quotes", "Quotes", "Words with blanks between them outside quotes, with hyphens inside."}, quotes},
    {{"capitals", "Quotes in capitals", "Words in lower case outside quotes, in upper case inside."}, capitals},
    {{"latch", "Latch", "Letters of noise; a quote opens or closes; a question is answered y inside quotes and n outside."}, latch},
    {{"brackets", "Brackets", "Brackets up to five deep, noise between; after = comes the depth."}, brackets},
    {{"lines12", "Lines of 12", "Twelve letters of noise, then a line feed: the network has to count."}, lines12},
    {{"lines16", "Lines of 16", "Sixteen letters of noise, then a line feed: the network has to count."}, lines16},
    {{"noise", "Noise", "Four letters at random: nothing to learn, log 4 = 1.386 nats a character."}, noise},
    {{"copy", "Copy", "Five letters, =, and the same five again."}, copy},
};
constexpr auto abouts = [] {
  std::array<TextGenerator, std::size(table)> all{};
  for (std::size_t i = 0; i < all.size(); i++) all[i] = table[i].about;
  return all;
}();

const Entry* find(std::string_view name) {
  const auto at = std::find_if(std::begin(table), std::end(table), [&](const Entry& entry) { return entry.about.name == name; });
  return at == std::end(table) ? nullptr : at;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Entry& entry : table) all.emplace_back(entry.about.name);
  return all;
}

}  // namespace

std::span<const TextGenerator> text_generators() { return abouts; }

Text generate_text(std::string_view name, std::size_t length, std::uint64_t seed) {
  const Entry* entry = find(name);
  if (!entry)
    throw std::invalid_argument("there is no made-up text '" + std::string(name) + "'; did you mean '" + nn::nearest(name, names()) +
                                "'? There are " + nn::join(names(), ", "));
  if (length < 100 || length > 10'000'000)
    throw std::invalid_argument("text '" + std::string(name) + "': " + std::to_string(length) +
                                " characters were asked for; 100 at least, 10000000 at most");
  Text text{std::string(name), {}, {}};
  nn::Generator random(seed, "text");
  entry->write(text, length, random);
  return text;
}

}  // namespace data
