// Plain text as data: any UTF-8 file, and the vocabulary that turns it into the numbers a network reads, one a character or a word.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace data {

// The most that is read, in bytes. A network that learns a text takes about eighty times as much memory, with its numbers and tracks.
constexpr std::size_t largest_text = std::size_t(16) << 20;

// The bytes of a file as text: UTF-8 without a byte order mark, lines ended by \n alone (\r\n and a lone \r are turned into it).
// Throws std::runtime_error, beginning with `who`: no text or one character, UTF-16, a zero byte (so a binary file), or bytes that are not
// UTF-8, named with their offset and line.
std::string clean_text(std::string_view bytes, const std::string& who);

// The same of a file, packed by gzip or not. A file larger than largest_text is refused before it is read.
// most: more than 0 takes so many characters at most, from the front of a file of any size.
std::string load_text(const std::filesystem::path& path, std::size_t most = 0);

enum class Symbols { characters, words };

// A letter, a digit, _, or what is not ASCII and no quotation mark “ ” ’.
bool in_word(std::string_view character);

// A word (with apostrophes inside), one other mark, or a line feed; blanks and tabs only part them.
std::vector<std::string_view> words(std::string_view text);

// The symbols that a network knows. Symbol i has the number i.
class Vocabulary {
 public:
  Vocabulary() = default;
  // Of a saved model. Throws std::invalid_argument where a symbol comes twice.
  Vocabulary(Symbols kind, std::vector<std::string> symbols);

  // Every character of the text, in the order of code points.
  static Vocabulary of_characters(std::string_view text);
  // <unk>, then the most frequent words, the most frequent first (equals in the order of code points), `size` symbols at most with <unk>.
  static Vocabulary of_words(std::string_view text, std::size_t size);

  Symbols kind() const { return kind_; }
  int size() const { return int(symbols_.size()); }
  const std::vector<std::string>& symbols() const { return symbols_; }
  int find(std::string_view symbol) const;  // its number; that of <unk> for an unknown word, -1 for an unknown character

  // The symbols of a text that have no number, with how often they come, the most frequent first.
  std::vector<std::pair<std::string, int>> unknown(std::string_view text) const;

  // One number a symbol. Throws std::invalid_argument, beginning with `who`, that names the first unknown characters.
  std::vector<int> ids(std::string_view text, const std::string& who = "text") const;
  // Characters side by side; words with blanks between them, but none before . , ; : ! ? ) and at line ends.
  std::string text(const std::vector<int>& ids) const;

  bool operator==(const Vocabulary& other) const { return kind_ == other.kind_ && symbols_ == other.symbols_; }

 private:
  Symbols kind_ = Symbols::characters;
  std::vector<std::string> symbols_;
  std::map<std::string, int, std::less<>> number_of_;
};

// A character as it can be shown in a message or a list: ' ' as "blank", line feed as "line feed", a control character by its number.
std::string character_name(std::string_view character);

}  // namespace data
