// The view of error types on made-up readings: its counts against the oracles, and another network beside.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/made_reading.h"
#include "tests/text_views.h"
#include "viz/error_picture.h"

using namespace viz;
using Catch::Matchers::Contains;

TEST_CASE("the error view counts what the oracles say of what the network expected") {
  const Reading reading = made_reading("quotes", 400, 8, 0.4);
  const std::string training = data::generate_text("quotes", 5000, 9).characters;
  const ErrorOracles oracles(training, data::Vocabulary(data::Symbols::characters, reading.vocabulary));
  const Numbers numbers = errortypes::numbers_of(reading, oracles, 0);
  int wrong = 0;
  double nats = 0;
  for (nn::Index t = 1; t < 400; t++) {
    const double p = double(reading.next(reading.symbols[std::size_t(t)], t - 1));
    wrong += p < 0.5;
    nats -= std::log(p) / 399;
    CHECK((whole(numbers, "types")[std::size_t(t)] > 0) == (p < 0.5));
  }
  CHECK(whole(numbers, "counts")[0] == 399 - wrong);
  CHECK(rows_of(numbers["bits"])(0, 0) == Approx(nats / std::log(2)));
  const Scene all = errortypes::picture_of(numbers, sizes[0], {}),
              one = errortypes::picture_of(errortypes::numbers_of(reading, oracles, 1), sizes[0], {});
  CHECK(marks_with(all, "press:type") >= 15);
  CHECK(marks_with(one, "press:type=0") > 0);  // a second press shows all again
  CHECK(marks_with(all, "press:type=0") == 0);
  for (const Box& box : sizes) CHECK(all_inside(errortypes::picture_of(numbers, box, {&dark, Scale::purple_green}), box));
}

TEST_CASE("beside the errors of a network stand those of another one") {
  const Reading reading = made_reading("quotes", 400, 8, 0.4);
  Reading worse = reading;  // says the same of all symbols, so that every one is an error
  for (nn::Index i = 0; i < worse.next.size(); i++) worse.next.data()[i] = nn::Real(1) / nn::Real(worse.next.rows());
  const std::string training = data::generate_text("quotes", 5000, 9).characters;
  const ErrorOracles oracles(training, data::Vocabulary(data::Symbols::characters, reading.vocabulary));
  const errortypes::Compared other{worse, "the second run"};
  const Numbers alone = errortypes::numbers_of(reading, oracles, 0), both = errortypes::numbers_of(reading, oracles, 0, &other),
                swapped = errortypes::numbers_of(worse, oracles, 0);
  CHECK(whole(both, "counts") == whole(alone, "counts"));
  CHECK(whole(both, "other counts") == whole(swapped, "counts"));
  CHECK(whole(both, "other counts")[0] == 0);
  CHECK(rows_of(both["other bits"])(0, 0) == Approx(std::log2(8)));
  for (const Box& box : sizes) CHECK(all_inside(errortypes::picture_of(both, box, {}), box));
  CHECK(errortypes::picture_of(both, sizes[0], {}).marks.size() > errortypes::picture_of(alone, sizes[0], {}).marks.size() + 14);
  CHECK_THAT(errortypes::picture_of(both, sizes[0], {}).title, Contains("the second run: 100"));
}
