// Counts by binary search.
#include "viz/phrases.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>
#include <string>

namespace viz {

namespace {

// The symbols at a place, as many as are compared; fewer at the end of the text.
Symbols at(const std::vector<int>& text, int place, std::size_t length) {
  return Symbols(text).subspan(std::size_t(place), std::min(length, text.size() - std::size_t(place)));
}

bool less(Symbols a, Symbols b) { return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end()); }

}  // namespace

Phrases::Phrases(Symbols text, int symbols, int longest)
    : text_(text.begin(), text.end()), order_(text.size()), symbols_(symbols), longest_(longest) {
  if (text.empty() || longest < 1)
    throw std::invalid_argument("phrases: " + std::to_string(longest) + " symbols long in a text of " + std::to_string(text.size()) +
                                "; both are 1 at least");
  std::iota(order_.begin(), order_.end(), 0);
  std::sort(order_.begin(), order_.end(),
            [&](int a, int b) { return less(at(text_, a, std::size_t(longest)), at(text_, b, std::size_t(longest))); });
}

Phrases::Range Phrases::range(Symbols phrase) const {
  const auto first = std::lower_bound(order_.begin(), order_.end(), phrase,
                                      [&](int place, Symbols sought) { return less(at(text_, place, sought.size()), sought); });
  const auto last = std::upper_bound(first, order_.end(), phrase,
                                     [&](Symbols sought, int place) { return less(sought, at(text_, place, sought.size())); });
  return {std::size_t(first - order_.begin()), std::size_t(last - order_.begin())};
}

std::size_t Phrases::count(Symbols phrase) const {
  const Range places = range(phrase);
  return places.last - places.first;
}

// Within the places of h, those with the same next symbol lie side by side: it is enough to jump from one symbol to the next.
Phrases::Follow Phrases::follow(Symbols phrase) const {
  const Range places = range(phrase);
  Follow result;
  for (std::size_t i = places.first; i < places.last;) {
    const auto next = [&](int place) {
      const std::size_t after = std::size_t(place) + phrase.size();
      return after < text_.size() ? text_[after] : -1;
    };
    const int symbol = next(order_[i]);
    const auto end = std::partition_point(order_.begin() + std::ptrdiff_t(i), order_.begin() + std::ptrdiff_t(places.last),
                                          [&](int place) { return next(place) <= symbol; });
    const auto after = std::size_t(end - order_.begin());
    if (symbol >= 0) {  // at the end of the text nothing follows
      result.kinds++;
      result.symbols += double(after - i);
    }
    i = after;
  }
  return result;
}

std::vector<double> Phrases::probabilities(Symbols before, int next, int n) const {
  std::vector<double> all;
  const int most = std::min({n, longest_, int(before.size()) + 1});
  for (int length = 0; length < most; length++) {  // of h
    std::vector<int> h(before.end() - length, before.end());
    const Follow known = follow(h);
    if (known.symbols == 0) break;  // longer contexts are unknown too
    h.push_back(next);
    const double shorter = all.empty() ? 1.0 / symbols_ : all.back();
    all.push_back((double(count(h)) + known.kinds * shorter) / (known.symbols + known.kinds));
  }
  return all;
}

double Phrases::probability(Symbols before, int next, int n) const { return probabilities(before, next, n).back(); }

double n_gram_cost(const Phrases& phrases, Symbols text, int n) {
  if (text.size() < 2) throw std::invalid_argument("n_gram_cost: a text of " + std::to_string(text.size()) + " symbols; two are needed");
  double sum = 0;
  for (std::size_t t = 1; t < text.size(); t++) sum -= std::log(phrases.probability(text.first(t), text[t], n));
  return sum / double(text.size() - 1);
}

}  // namespace viz
