// Where the ticks of an axis lie and what is written at them.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "viz/plot.h"

namespace viz {
namespace {

// The largest number of decimals that tells ticks this far apart.
int decimals(double step) { return std::max(0, static_cast<int>(-std::floor(std::log10(step) + 1e-9))); }

std::string fixed(double value, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  std::string out = text;
  if (out.find_first_not_of("-0.") == std::string::npos) return "0";
  return out[0] == '-' ? "−" + out.substr(1) : out;
}

std::string scientific(double value, double step) {
  if (value == 0) return "0";
  const int exponent = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-12));
  const int digits = std::max(0, exponent - static_cast<int>(std::floor(std::log10(step) + 1e-9)));
  const std::string sign = exponent < 0 ? "e−" : "e";
  return fixed(value / std::pow(10, exponent), std::min(digits, 12)) + sign + std::to_string(std::abs(exponent));
}

}  // namespace

std::vector<double> ticks(Range range, int count) {
  const double span = range.high - range.low;
  if (!(span > 0) || !std::isfinite(span) || count < 1) return {range.low};
  const double rough = span / count, power = std::pow(10, std::floor(std::log10(rough)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0})
    if (factor * power >= rough * (1 - 1e-9)) step = factor * power;

  std::vector<double> all;
  const double first = std::ceil(range.low / step - 1e-9), last = std::floor(range.high / step + 1e-9);
  for (double i = first; i <= last && all.size() < 1000; i++) all.push_back(i * step);
  return all;
}

std::vector<double> log_ticks(Range range, int count) {
  if (!(range.low > 0) || !(range.high > range.low) || !std::isfinite(range.high)) return {range.low};
  const int low = static_cast<int>(std::floor(std::log10(range.low) + 1e-9)),
            high = static_cast<int>(std::ceil(std::log10(range.high) - 1e-9));
  const double decades = std::log10(range.high / range.low);
  const int every = std::max(1, static_cast<int>(std::ceil(decades / count)));
  const std::vector<double> factors = decades * 3 <= count ? std::vector<double>{1, 2, 5} : std::vector<double>{1};
  std::vector<double> all;
  for (int power = low; power <= high; power++)
    for (const double factor : factors) {
      const double value = factor * std::pow(10, power);
      if (power % every == 0 && value >= range.low * (1 - 1e-9) && value <= range.high * (1 + 1e-9)) all.push_back(value);
    }
  if (all.size() >= 2) return all;
  if (decades < 2) return ticks(range, count);
  return {std::pow(10, std::ceil(std::log10(range.low))), std::pow(10, std::floor(std::log10(range.high)))};
}

std::string tick_label(double value, double step) {
  if (!(step > 0) || !std::isfinite(step)) step = value != 0 && std::isfinite(value) ? std::abs(value) / 100 : 1;
  if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const double size = std::abs(value);
  if (step < 0.9e-4 || size >= 1e9) return scientific(value, step);
  if (size >= 1e6 || step >= 1e6) return fixed(value / 1e6, decimals(step / 1e6)) + (size > 0 ? "M" : "");
  if (size >= 1e4 || step >= 1e4) return fixed(value / 1e3, decimals(step / 1e3)) + (size > 0 ? "k" : "");
  return fixed(value, decimals(step));
}

}  // namespace viz
