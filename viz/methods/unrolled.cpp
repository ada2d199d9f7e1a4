// The unrolled graph of a recurrent network, and one step of it with all its numbers.
#include "viz/unrolled.h"

#include "viz/methods.h"

namespace viz::unrolled {

Numbers compute(const Study& study, const Arguments& options) {
  recurrent_layers(study.model, "unrolled");
  const SequenceRead read = sequence_read(study, "unrolled", options.at("from"), options.at("length"));
  const SequenceRun run(study, study.parameters, read);
  constexpr Inside parts[] = {Inside::forget, Inside::input, Inside::candidate, Inside::output,
                              Inside::cell,   Inside::state, Inside::reset,     Inside::update};
  Numbers numbers = numbers_of(
      study, read, run,
      {.place = nn::Index(options.at("place")), .unit = nn::Index(options.at("unit")), .part = parts[std::size_t(options.at("gate"))]});
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::unrolled
