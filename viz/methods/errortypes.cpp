// What would have helped against the errors of a network that reads a text.
#include <algorithm>
#include <cmath>
#include <optional>
#include <stdexcept>

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

// Another network that reads the same text: that of --run2, else this one at an earlier moment of its training. `share`: of its steps.
struct Other {
  nn::Parameters parameters;
  std::string words;
};
std::optional<Other> other_of(const Study& study, double share) {
  if (study.other) return Other{study.other->parameters, "the second run"};
  if (share == 0) return {};
  const auto kept = study.moments ? study.moments() : std::vector<std::shared_ptr<const nn::Snapshot>>{};
  if (kept.size() < 2)
    throw std::invalid_argument(
        "errortypes: no earlier moments of this training are kept; train it here, or open a run folder with snapshots");
  const double wanted = share / 100 * double(study.step);
  const auto nearest = std::ranges::min_element(kept, {}, [&](const auto& s) { return std::abs(double(s->state.step) - wanted); });
  return Other{(*nearest)->state.parameters, "step " + count_words((*nearest)->state.step)};
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "errortypes");
  if (text.symbols.kind() == data::Symbols::words)
    throw std::invalid_argument("errortypes: the symbols of this network are words; one that reads characters would do");
  if (study.other && !(study.other->set.text && study.other->set.text->symbols == text.symbols))
    throw std::invalid_argument("errortypes: the second run has not learned the same characters; two runs on the same text would do");
  const Part part = part_of(study, text, options.at("from"), options.at("length"));
  const ErrorOracles oracles(training_text(study), text.symbols);
  const Reading reading = read_text(study, study.parameters, text, part, {}, "errortypes");
  const std::optional<Other> other = other_of(study, options.at("against"));
  std::optional<Compared> compared;
  if (other) compared = {read_text(study.other ? *study.other : study, other->parameters, text, part, {}, "errortypes"), other->words};
  Numbers numbers = numbers_of(reading, oracles, int(options.at("type")), compared ? &*compared : nullptr);
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::errortypes
