// The states of a recurrent network over time.
#include "viz/states.h"

#include "viz/methods.h"

namespace viz::states {

Numbers compute(const Study& study, const Arguments& options) {
  recurrent_layers(study.model, "states");
  const SequenceRead read = sequence_read(study, "states", options.at("from"), options.at("length"));
  const SequenceRun run(study, study.parameters, read);
  Numbers numbers = numbers_of(
      study, read, run,
      {.signal = Inside(int(options.at("signal"))), .order = Order(int(options.at("order"))), .unit = nn::Index(options.at("unit"))});
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::states
