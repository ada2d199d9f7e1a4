// Small things done to words: trimming, splitting, reading numbers, and finding the word that was meant. Nothing here looks at the locale.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nn {

std::string_view trim(std::string_view text);                               // without the blanks, tabs and line ends around it
std::vector<std::string> split(std::string_view text, char separator);      // trimmed parts; "a,,b" has three, "" has none
std::string join(std::span<const std::string> parts, std::string_view by);  // "a, b, c"
std::string lower(std::string_view text);                                   // ASCII letters only
bool is_identifier(std::string_view text);                                  // a letter or _, then letters, digits, _

// The whole text as a number ("-1.5", "+2e3", "inf"); nothing where any other character is left over.
// Beyond a double's range: +-infinity, and 0 for what is too small.
std::optional<double> number(std::string_view text);
std::string number_text(double x);  // the shortest text that reads back as x: 0.1, 3, 1e+30

// The least number of inserted, left out and exchanged letters that makes one word of the other (Levenshtein 1966).
int edit_distance(std::string_view a, std::string_view b);
// The candidate with the least edit distance, the first of equals; "" where there is none.
std::string nearest(std::string_view word, std::span<const std::string> candidates);

}  // namespace nn
