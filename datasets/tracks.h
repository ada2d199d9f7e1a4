// Property tracks: what is known of each character of a text. A number stands for what is true once its character was read,
// so that it can be compared with the state of a network that has read as far.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/real.h"

namespace data {

struct Track {
  std::string name;
  std::vector<nn::Real> values;  // one a character
};

// The tracks of any text that is UTF-8:
//   inside quotes     1 between " and ", or “ and ”; not \" or '"'; what nobody closes ends with its paragraph
//   column            characters since the last line feed; 0 at a line feed
//   bracket depth     open ( [ { that are not closed yet
//   indentation       blanks at the start of the line, a tab for four
//   end of sentence   1 at . ! ? with a blank, a quotation mark, a bracket or nothing behind it
//   start of line     1 at a line feed, after which a line starts
//   word start        1 at the first letter of a word
//   inside comment    1 between // and the end of the line, and between /* and */
std::vector<Track> tracks_of(std::string_view text);

// 1 from the start to the end of every place where the phrase stands, else 0.
Track track_of_phrase(std::string_view text, std::string_view phrase);

}  // namespace data
