// What would have helped against the errors of a network that reads a text.
#include <algorithm>

#include "viz/error_picture.h"
#include "viz/methods.h"
#include "viz/text_study.h"

namespace viz::errortypes {

namespace {

constexpr nn::Index most_learned = 200'000;  // symbols of the training text that the n-gram models count

// The end of the text that was learned.
std::string training_text(const Study& study) {
  const data::TextSet& text = *study.set.text;
  const nn::Index end = study.split.test.empty() ? std::ssize(text.ids) : study.split.test.front();
  const nn::Index start = std::max<nn::Index>(0, end - most_learned);
  return text.symbols.text({text.ids.begin() + start, text.ids.begin() + end});
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "errortypes");
  if (text.symbols.kind() == data::Symbols::words)
    throw std::invalid_argument("errortypes: the symbols of this network are words; one that reads characters would do");
  const Part part = part_of(study, text, options.at("from"), options.at("length"));
  const ErrorOracles oracles(training_text(study), text.symbols);
  Numbers numbers = numbers_of(read_text(study, study.parameters, text, part, {}, "errortypes"), oracles, int(options.at("type")));
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::errortypes
