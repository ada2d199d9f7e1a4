// Max-pooling and its way back, a register of examples at a time. A switch is compared with every row of its window: the window lies in
// the cache, and a comparison of a whole register is cheaper than a look-up for each of its lanes.
#pragma once
#include "engine/kernels/in_lanes.h"
#include "engine/kernels/windows.h"

namespace nn {
namespace {

// Calls use(row) for every row of x that lies in a window.
void each_row(const Windows& w, Index first, Index rows, Index columns, auto use) {
  for (Index u = 0; u < rows; u++)
    for (Index v = 0; v < columns; v++) use(first + u * w.width + v);
}

// One example fills no register. What is compared here are numbers of rows, so that nothing has to be guessed.
Index winner_of_one(const Windows& w, Index first, Index rows, Index columns, const float* x, Index x_row) {
  Index winner = first;
  float largest = x[first * x_row];
  each_row(w, first, rows, columns, [&](Index row) {
    const float here = x[row * x_row];
    winner = here > largest ? row : winner;
    largest = here > largest ? here : largest;
  });
  return winner;
}

// The row of the window that the switch names, or -1.
Index row_of_one(const Windows& w, Index first, Index rows, Index columns, float q) {
  const Index named = Index(q + 0.5f);
  Index found = -1;
  each_row(w, first, rows, columns, [&](Index row) { found = row == named ? row : found; });
  return found;
}

void winners(const Windows& w, const float* x, Index x_row, float* q, Index q_row) {
  for (Index c = w.first_channel; c < w.first_channel + w.channels; c++)
    each_window(w, c, [&](Index y, Index first, Index rows, Index columns) {
      if (w.examples == 1) return void(q[y * q_row] = float(winner_of_one(w, first, rows, columns, x, x_row)));
      in_lanes(w.examples, [&](Index n, auto part) {
        Lanes largest = load(x + first * x_row + n, part), winner = float(first);
        each_row(w, first, rows, columns, [&](Index row) {
          const Lanes here = load(x + row * x_row + n, part);
          const Mask larger = here > largest;
          winner = select(larger, float(row), winner);
          largest = select(larger, here, largest);
        });
        store(q + y * q_row + n, winner, part);
      });
    });
}

void pick(const Windows& w, const float* x, Index x_row, const float* q, Index q_row, float* y, Index y_row) {
  for (Index c = w.first_channel; c < w.first_channel + w.channels; c++)
    each_window(w, c, [&](Index out, Index first, Index rows, Index columns) {
      if (w.examples == 1) {
        const Index row = row_of_one(w, first, rows, columns, q[out * q_row]);
        y[out * y_row] = row < 0 ? 0 : x[row * x_row];
        return;
      }
      in_lanes(w.examples, [&](Index n, auto part) {
        const Lanes winner = load(q + out * q_row + n, part);
        Lanes picked = 0;
        each_row(w, first, rows, columns,
                 [&](Index row) { picked = select(names(winner, float(row)), load(x + row * x_row + n, part), picked); });
        store(y + out * y_row + n, picked, part);
      });
    });
}

void put_back(const Windows& w, const float* q, Index q_row, const float* dy, Index dy_row, float* dx, Index dx_row) {
  for (Index c = w.first_channel; c < w.first_channel + w.channels; c++) {
    const Index pixels = w.height * w.width;
    const bool dense = dx_row == w.examples;  // one long row
    for (Index row = c * pixels; row < (c + 1) * pixels; row += dense ? pixels : 1)
      in_lanes(dense ? pixels * w.examples : w.examples, [&](Index n, auto part) { store(dx + row * dx_row + n, 0, part); });
    each_window(w, c, [&](Index out, Index first, Index rows, Index columns) {
      if (w.examples == 1) {
        if (const Index row = row_of_one(w, first, rows, columns, q[out * q_row]); row >= 0) dx[row * dx_row] += dy[out * dy_row];
        return;
      }
      in_lanes(w.examples, [&](Index n, auto part) {
        const Lanes winner = load(q + out * q_row + n, part), signal = load(dy + out * dy_row + n, part);
        each_row(w, first, rows, columns, [&](Index row) {
          float* to = dx + row * dx_row + n;
          store(to, load(to, part) + select(names(winner, float(row)), signal, 0), part);
        });
      });
    });
  }
}

}  // namespace
}  // namespace nn
