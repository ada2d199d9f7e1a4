// Generators beyond the playground's: sets that teach one thing each. nu is the noise from 0 to 1, U(a, b) is uniform, i the example.
#include <cmath>
#include <numbers>

#include "datasets/generators.h"

namespace data {

using std::numbers::pi;

// t even over [0, pi]; the first half, label +1: (cos t, sin t), the second, label -1: (1 - cos t, 1/2 - sin t);
// moved by (-1/2, -1/4) to the middle, plus N(0, 1) nu, times 3
void moons(Dataset& set, double noise, nn::Generator&, nn::Generator& offset) {
  const int n = int(set.examples());
  for (int i = 0; i < n; i++) {
    const bool first = i < n / 2;
    const int m = first ? n / 2 : n - n / 2, k = first ? i : i - n / 2;
    const double t = pi * k / std::fmax(1, m - 1);
    const double x = first ? std::cos(t) : 1 - std::cos(t), y = first ? std::sin(t) : 0.5 - std::sin(t);
    const double ex = offset.normal() * noise, ey = offset.normal() * noise;
    place(set, i, 3 * (x - 0.5 + ex), 3 * (y - 0.25 + ey));
    set.labels[std::size_t(i)] = first;
  }
}

// x, y = U(-6, 6); label = +1 where floor((x + ex) / 3) + floor((y + ey) / 3) is even, e = U(-6, 6) nu
void checkerboard(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  for (int i = 0; i < set.examples(); i++) {
    const double x = position.uniform(-6, 6), y = position.uniform(-6, 6);
    const double ex = offset.uniform(-6, 6) * noise, ey = offset.uniform(-6, 6) * noise;
    place(set, i, x, y);
    set.labels[std::size_t(i)] = int(std::floor((x + ex) / 3) + std::floor((y + ey) / 3)) % 2 == 0;
  }
}

// Arm k of m points: r = 5 j/m, t = 2 pi (j/m + k/3); x = (r sin t, r cos t) + U(-1, 1) nu; label = k
void three_spirals(Dataset& set, double noise, nn::Generator&, nn::Generator& offset) {
  const int n = int(set.examples());
  for (int i = 0; i < n; i++) {
    const int k = i % 3, j = i / 3;
    const double along = j / (n / 3.0), r = 5 * along, t = 2 * pi * (along + k / 3.0);
    const double ex = offset.uniform(-1, 1) * noise, ey = offset.uniform(-1, 1) * noise;
    place(set, i, r * std::sin(t) + ex, r * std::cos(t) + ey);
    set.labels[std::size_t(i)] = k;
  }
}

// x = U(-6, 6); value = x sin(x) / 5 + N(0, 1) nu
void wave(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  for (int i = 0; i < set.examples(); i++) {
    const double x = position.uniform(-6, 6);
    set.inputs(i, 0) = nn::Real(x);
    set.values(i, 0) = nn::Real(x * std::sin(x) / 5 + offset.normal() * noise);
  }
}

// (0, 0), (0, 1), (1, 0), (1, 1) and again from the start; label = +1 where the two differ; plus U(-1, 1) nu
void four_points(Dataset& set, double noise, nn::Generator&, nn::Generator& offset) {
  for (int i = 0; i < set.examples(); i++) {
    const int x = i / 2 % 2, y = i % 2;
    const double ex = offset.uniform(-1, 1) * noise, ey = offset.uniform(-1, 1) * noise;
    place(set, i, x + ex, y + ey);
    set.labels[std::size_t(i)] = x != y;
  }
}

// x, y = U(-5, 5); label = +1 where (x + ex) + (y + ey) >= 0, e = U(-5, 5) nu. The first fifth trains, and each fifth of its labels
// is wrong; the rest is the fixed test part. What a net learns beyond the straight line is what was wrong.
void overfit(Dataset& set, double noise, nn::Generator& position, nn::Generator& offset) {
  const int n = int(set.examples()), train = (n + 4) / 5;
  for (int i = 0; i < n; i++) {
    const double x = position.uniform(-5, 5), y = position.uniform(-5, 5);
    const double ex = offset.uniform(-5, 5) * noise, ey = offset.uniform(-5, 5) * noise;
    const bool truth = x + ex + y + ey >= 0, wrong = i < train && i % 5 == 4;
    place(set, i, x, y);
    set.labels[std::size_t(i)] = truth != wrong;
    if (i >= train) set.fixed_test.push_back(i);
  }
  set.notes.push_back("The split 'fixed' trains on the first " + std::to_string(train) +
                      " rows, every fifth of them with the wrong label.");
}

}  // namespace data
