// The six sets of tensorflow/playground, its formulas and constants. U(a, b) is uniform, nu the noise from 0 to 1, i the example.
#include <array>
#include <cmath>
#include <numbers>

#include "datasets/generators.h"

namespace data {

using std::numbers::pi;

// The first half: r = U(0, R/2), the second: r = U(0.7 R, R), R = 5; a = U(0, 2 pi); x = (r sin a, r cos a)
// label = +1 where |x + e| < R/2, e = U(-R, R) nu: noise turns labels over, the positions stay
void circle(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  constexpr double R = 5;
  const int n = int(set.examples());
  for (int i = 0; i < n; i++) {
    const double r = i < n / 2 ? position.uniform(0, R / 2) : position.uniform(0.7 * R, R);
    const double a = position.uniform(0, 2 * pi);
    const double x = r * std::sin(a), y = r * std::cos(a);
    const double ex = offset.uniform(-R, R) * noise, ey = offset.uniform(-R, R) * noise;
    place(set, i, x, y);
    set.labels[std::size_t(i)] = std::hypot(x + ex, y + ey) < R / 2;
  }
}

// x = U(-5, 5), moved away from 0 by 0.3; y alike; label = +1 where (x + ex)(y + ey) >= 0, e = U(-5, 5) nu
void exclusive_or(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  for (int i = 0; i < set.examples(); i++) {
    double x = position.uniform(-5, 5), y = position.uniform(-5, 5);
    x += x > 0 ? 0.3 : -0.3;
    y += y > 0 ? 0.3 : -0.3;
    const double ex = offset.uniform(-5, 5) * noise, ey = offset.uniform(-5, 5) * noise;
    place(set, i, x, y);
    set.labels[std::size_t(i)] = (x + ex) * (y + ey) >= 0;
  }
}

// x = c + sqrt(v) N(0, 1), v = 0.5 + 7 nu; the first half c = (2, 2) with label +1, the second c = (-2, -2) with label -1
void gauss(Dataset& set, double noise, nn::Generator& position, nn::Generator&) {
  const int n = int(set.examples());
  const double deviation = std::sqrt(0.5 + 7 * noise);
  for (int i = 0; i < n; i++) {
    const double c = i < n / 2 ? 2 : -2, zx = position.normal(), zy = position.normal();
    place(set, i, c + deviation * zx, c + deviation * zy);
    set.labels[std::size_t(i)] = i < n / 2;
  }
}

// Each arm of m points: r = 5 i/m, t = 1.75 i/m 2 pi + d; x = (r sin t, r cos t) + U(-1, 1) nu; d = 0 is label +1, d = pi is label -1
void spiral(Dataset& set, double noise, nn::Generator&, nn::Generator& offset) {
  const int n = int(set.examples());
  for (int i = 0; i < n; i++) {
    const bool first = i < n / 2;
    const double m = first ? n / 2 : n - n / 2, along = (first ? i : i - n / 2) / m;
    const double r = 5 * along, t = 1.75 * along * 2 * pi + (first ? 0 : pi);
    const double ex = offset.uniform(-1, 1) * noise, ey = offset.uniform(-1, 1) * noise;
    place(set, i, r * std::sin(t) + ex, r * std::cos(t) + ey);
    set.labels[std::size_t(i)] = first;
  }
}

// x, y = U(-6, 6); value = ((x + ex) + (y + ey)) / 10, e = U(-6, 6) nu
void plane(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  for (int i = 0; i < set.examples(); i++) {
    const double x = position.uniform(-6, 6), y = position.uniform(-6, 6);
    const double ex = offset.uniform(-6, 6) * noise, ey = offset.uniform(-6, 6) * noise;
    place(set, i, x, y);
    set.values(i, 0) = nn::Real((x + ex + y + ey) / 10);
  }
}

// x, y = U(-6, 6); value_k = s_k max(0, 1 - |x + e - c_k| / 2), e = U(-6, 6) nu; value = the value_k of largest magnitude
void bumps(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  struct Bump {
    double x, y, sign;
  };
  constexpr std::array<Bump, 6> centres{{{-4, 2.5, 1}, {0, 2.5, -1}, {4, 2.5, 1}, {-4, -2.5, -1}, {0, -2.5, 1}, {4, -2.5, -1}}};
  for (int i = 0; i < set.examples(); i++) {
    const double x = position.uniform(-6, 6), y = position.uniform(-6, 6);
    const double ex = offset.uniform(-6, 6) * noise, ey = offset.uniform(-6, 6) * noise;
    double value = 0;
    for (const Bump& c : centres) {
      const double here = c.sign * std::fmax(0, 1 - std::hypot(x + ex - c.x, y + ey - c.y) / 2);
      if (std::abs(here) > std::abs(value)) value = here;
    }
    place(set, i, x, y);
    set.values(i, 0) = nn::Real(value);
  }
}

}  // namespace data
