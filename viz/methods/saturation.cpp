// How much of the time the gates of an LSTM or a GRU are nearly shut or nearly open.
#include "viz/saturation.h"

#include "viz/methods.h"
#include "viz/text_study.h"

namespace viz::saturation {

Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "saturation");
  const Part part = part_of(study, text, options.at("from"), options.at("length"));
  const Kept kept{.next = false, .gates = true};
  const Reading before = read_text(study, untrained(study), text, part, kept, "saturation");
  Numbers numbers = numbers_of(read_text(study, study.parameters, text, part, kept, "saturation"), &before, nn::Index(options.at("unit")));
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::saturation
