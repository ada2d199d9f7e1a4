// Nats, bits and perplexity.
#include "viz/loss_units.h"

#include <cmath>
#include <numbers>

#include "datasets/text_set.h"

namespace viz {

// bits = nats / log 2;   perplexity = e^nats: among how many symbols, all as likely, one would be as unsure.
double in_unit(double nats, LossUnit unit) {
  switch (unit) {
    case LossUnit::nats:
      return nats;
    case LossUnit::bits:
      return nats / std::numbers::ln2;
    case LossUnit::perplexity:
      return std::exp(nats);
  }
  return nats;
}

std::string each_symbol(const data::Dataset& set) {
  if (!set.text || !set.text->running) return "";
  return set.text->symbols.kind() == data::Symbols::words ? " a word" : " a character";
}

}  // namespace viz
