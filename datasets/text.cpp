// Reads text files, and says at which byte one is no text.
#include "datasets/text.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "datasets/gzip.h"
#include "datasets/utf8.h"
#include "engine/file.h"

namespace data {

namespace {

namespace fs = std::filesystem;

std::string place(std::string_view bytes, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t i = 0; i < offset; i++) line += bytes[i] == '\n' || (bytes[i] == '\r' && bytes.substr(i + 1, 1) != "\n");
  return "at offset " + std::to_string(offset) + " (line " + std::to_string(line) + ")";
}

std::string hexadecimal(char byte) {
  char text[3];
  std::snprintf(text, sizeof text, "%02x", unsigned(static_cast<unsigned char>(byte)));
  return text;
}

void check_utf8(std::string_view bytes, const std::string& who) {
  if (bytes.substr(0, 2) == "\xff\xfe" || bytes.substr(0, 2) == "\xfe\xff")
    throw std::runtime_error(who + ": the text is UTF-16; save it as UTF-8");
  if (const std::size_t zero = bytes.find('\0'); zero != std::string_view::npos)
    throw std::runtime_error(who + ": a zero byte " + place(bytes, zero) + ", so this is a binary file and not a text");
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = character_size(bytes.substr(at));
    if (size == 0)
      throw std::runtime_error(who + ": the byte " + hexadecimal(bytes[at]) + " " + place(bytes, at) +
                               " is not UTF-8; save the text as UTF-8");
    at += size;
  }
}

std::string too_large(const fs::path& path, const std::string& size) {
  return path.string() + ": " + size + " bytes, and at most " + std::to_string(largest_text) +
         " are read, because the numbers and states of a text have to fit in memory; learn its front alone, with data.samples = 1000000, or "
         "cut it, as by `head -c 16M`";
}

// The first bytes of a file, at most so many.
std::string front_of(const fs::path& path, std::size_t most) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(most, '\0');
  file.read(bytes.data(), std::streamsize(most));
  bytes.resize(std::size_t(std::max<std::streamsize>(file.gcount(), 0)));
  return bytes;
}

// Without the beginning of a character that the end has cut.
void drop_cut_character(std::string& bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); back++) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if (byte >= 0x80 && byte < 0xC0) continue;  // goes on with one
    if (byte >= 0xC0 && character_size(std::string_view(bytes).substr(bytes.size() - back)) == 0) bytes.resize(bytes.size() - back);
    return;
  }
}

// The first so many characters.
void shorten(std::string& text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < most && at < text.size(); i++) at += character_size(std::string_view(text).substr(at));
  text.resize(at);
}

}  // namespace

std::string clean_text(std::string_view bytes, const std::string& who) {
  check_utf8(bytes, who);
  if (bytes.substr(0, 3) == "\xef\xbb\xbf") bytes.remove_prefix(3);
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); i++) {
    if (bytes[i] != '\r')
      text += bytes[i];
    else if (bytes.substr(i + 1, 1) != "\n")
      text += '\n';
  }
  if (text.empty()) throw std::runtime_error(who + ": the file is empty; a text has two characters at least");
  if (character_size(text) == text.size())
    throw std::runtime_error(who + ": the text is one character (" + character_name(text) + "), after which there is nothing to predict");
  return text;
}

std::string load_text(const fs::path& path, std::size_t most) {
  constexpr std::size_t longest_character = 4;  // in bytes
  std::error_code none;
  const std::size_t size = fs::is_regular_file(path, none) ? fs::file_size(path, none) : 0;
  const std::size_t wanted = longest_character * (most + 1);  // with a byte order mark
  std::string bytes;
  if (most > 0 && size > wanted && !is_gzip(front_of(path, 2))) {
    bytes = front_of(path, wanted);
    drop_cut_character(bytes);
  } else {
    if (size > largest_text) throw std::runtime_error(too_large(path, std::to_string(size)));
    bytes = nn::read_file(path, largest_text);
    if (is_gzip(bytes)) bytes = gunzip(bytes, largest_text, path.string());
  }
  std::string text = clean_text(bytes, path.string());
  if (most > 0) shorten(text, most);
  return text;
}

std::string character_name(std::string_view character) {
  if (character == " ") return "blank";
  if (character == "\n") return "line feed";
  if (character == "\t") return "tab";
  const auto first = character.empty() ? 0u : unsigned(static_cast<unsigned char>(character[0]));
  if (first < 0x20 || first == 0x7f) return "control character " + std::to_string(first);
  return "'" + std::string(character) + "'";
}

}  // namespace data
