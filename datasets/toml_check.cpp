// A look at a TOML text before it is parsed.
#include "datasets/toml_check.h"

#include <algorithm>

namespace data {

namespace {

// Where the string that starts at i ends: "basic" with escapes, 'literal', and both over several lines in three quotes.
std::size_t after_string(std::string_view text, std::size_t i) {
  const char quote = text[i];
  const std::string_view three = text.substr(i, 3);
  const std::size_t length = three.size() == 3 && three[1] == quote && three[2] == quote ? 3 : 1;
  const std::string_view end = text.substr(i, length);
  for (i += length; i < text.size(); i++) {
    if (text[i] == '\\' && quote == '"')
      i++;
    else if (text.substr(i, length) == end)
      return i + length;
    else if (length == 1 && text[i] == '\n')
      return i;  // never closed: the parser will say so
  }
  return text.size();
}

}  // namespace

std::pair<int, int> stray_letter(std::string_view text) {
  std::size_t i = text.starts_with("\xef\xbb\xbf") ? 3 : 0;  // a byte order mark is not a letter
  while (i < text.size()) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '"' || c == '\'') {
      i = after_string(text, i);
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      const std::string_view before = text.substr(0, i);
      const std::size_t start = before.rfind('\n') == before.npos ? 0 : before.rfind('\n') + 1;
      return {1 + int(std::count(before.begin(), before.end(), '\n')), 1 + int(i - start)};
    } else {
      i++;
    }
  }
  return {0, 0};
}

}  // namespace data
