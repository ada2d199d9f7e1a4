// Carries states from one call to the next.
#include "viz/text_runner.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "datasets/text_set.h"
#include "viz/explanation.h"

namespace viz {

namespace {

using nn::Index;

constexpr Index window = 50, warm_up = 2 * window, least_stream = 4 * window, most_streams = 64, outside = -1;

nn::Program record(const Study& study, nn::Index streams, nn::Index steps, nn::Network& network) {
  const nn::Model model = nn::parse_model(study.model.text, {1, 1, steps});
  nn::Tape tape;
  network = model.record(tape, streams, nn::Mode::evaluation, nn::Start::carried);
  return tape.finish();
}

}  // namespace

TextRunner::TextRunner(const Study& study, const nn::Parameters& parameters, nn::Index streams, nn::Index steps)
    : program(record(study, streams, steps, network)), values(program), x(steps, streams) {
  nn::bind(parameters, values);
  values.bind(network.x, x);
  for (const nn::Carried& state : network.carried) {
    const nn::Size size = program[state.before].size;
    values.bind(state.before, carried.emplace_back(size.rows, size.columns));
  }
}

void TextRunner::forward() {
  nn::forward(program, values);
  for (std::size_t i = 0; i < carried.size(); i++) nn::copy(values[network.carried[i].after], carried[i]);
}

void TextRunner::forget(nn::Index stream) {
  for (nn::Matrix& state : carried)
    for (nn::Index i = 0; i < state.rows(); i++) state(i, stream) = 0;
}

void check_numbers(const nn::Matrix& states, const std::string& who) {
  if (!std::all_of(states.data(), states.data() + states.size(), [](nn::Real value) { return std::isfinite(value); }))
    throw std::invalid_argument(who +
                                ": what this network says of the text is no number any more, because its training has diverged; an "
                                "earlier moment, or a run with a smaller rate, would do");
}

nn::Index TextRunner::cells() const {
  Index all = 0;
  for (const nn::Unrolled& layer : network.recurrent) all += program[layer.states[0]].size.rows;
  return all;
}

// From `start` on, up to a hundred symbols before the part, the text is cut into streams of L symbols. Stream b reads L b - 100 .. L (b +
// 1); what stream 0 reads before the start does not count, for then its states are forgotten.
TextRun::TextRun(const Study& study, const nn::Parameters& parameters, const data::TextSet& text, Part part)
    : study_(study),
      text_(text),
      part_(part),
      start_(std::max<Index>(0, part.first - warm_up)),
      streams_(std::clamp<Index>((part.first + part.count - start_) / least_stream, 1, most_streams)),
      length_((part.first + part.count - start_ + streams_ - 1) / streams_),
      before_(streams_ > 1 ? warm_up : 0),
      runner_(study, parameters, streams_, std::min(window, before_ + length_)) {}

bool TextRun::next() {
  from_ += steps_;
  if (from_ >= before_ + length_) return false;
  if (study_.goes_on && !study_.goes_on(double(from_) / double(before_ + length_))) throw Cancelled();
  if (from_ == before_) runner_.forget(0);
  const Index last = std::ssize(text_.ids) - 1;
  for (Index t = 0; t < runner_.x.rows(); t++)
    for (Index b = 0; b < streams_; b++)
      runner_.x(t, b) = nn::Real(text_.ids[std::size_t(std::clamp<Index>(start_ + b * length_ + from_ + t - before_, 0, last))]);
  runner_.forward();
  steps_ = std::min(runner_.x.rows(), before_ + length_ - from_);
  return true;
}

nn::Index TextRun::place(Index t, Index stream) const {
  if (from_ + t < before_) return outside;
  const Index at = start_ + stream * length_ + from_ + t - before_;
  return at < part_.first || at >= part_.first + part_.count ? outside : at;
}

}  // namespace viz
