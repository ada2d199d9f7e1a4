// Pooling: what a window says of the pixels under it. The winners of max-pooling, its switches, are a value of their own on the tape:
// max-pooling sends its signal back to them, and so does a deconvnet.
#include <algorithm>
#include <stdexcept>

#include "engine/ops.h"
#include "engine/threads.h"

namespace nn {

namespace {

// The shapes of a pooling, and its loops.
struct Pooling : Op {
  explicit Pooling(const Window& window, Shape picture) : w(window), in(picture) {}

  Shape out() const {
    if (w.size < 1 || w.stride < 1 || w.padding < 0 || 2 * w.padding > w.size)
      throw std::invalid_argument(std::string(name()) + ": a window of " + dimensions(w.size, w.size) + ", stride " +
                                  std::to_string(w.stride) + ", padding " + std::to_string(w.padding) +
                                  "; size and stride are at least 1, padding at most half the size");
    if (in.height + 2 * w.padding < w.size || in.width + 2 * w.padding < w.size)
      throw std::invalid_argument(std::string(name()) + ": a window of " + dimensions(w.size, w.size) + " does not fit into " +
                                  dimensions(in.height + 2 * w.padding, in.width + 2 * w.padding) + " pixels");
    return {in.channels, (in.height + 2 * w.padding - w.size) / w.stride + 1, (in.width + 2 * w.padding - w.size) / w.stride + 1};
  }

  Size size(Sizes x) const override { return {out(), x[0].columns}; }

  // Calls use(y, x, rows, columns): the row of an output pixel, that of the first pixel in its window, and how many rows and columns of
  // pixels lie there.
  template <class Use>
  void each_window(const Use& use) const {
    const Shape y = out();
    for (Index c = 0; c < y.channels; c++)
      for (Index i = 0; i < y.height; i++)
        for (Index j = 0; j < y.width; j++) {
          const Index top = i * w.stride - w.padding, left = j * w.stride - w.padding;
          const Index k = std::max<Index>(top, 0), l = std::max<Index>(left, 0);
          use((c * y.height + i) * y.width + j, (c * in.height + k) * in.width + l, std::min(top + w.size, in.height) - k,
              std::min(left + w.size, in.width) - l);
        }
  }

  // Calls use(windows) for some of the channels, on all threads.
  template <class Use>
  void share_channels(Index examples, const Use& use) const {
    const Shape y = out();
    const auto some = [&](Index first, Index last) {
      use(Windows{examples, first, last - first, in.height, in.width, w.size, w.stride, w.padding, y.height, y.width});
    };
    share_rows(in.channels, in.height * in.width * examples, some);
  }

  Window w;
  Shape in;
};

struct MaxPoolSwitches : Pooling {
  using Pooling::Pooling;
  std::string_view name() const override { return "max_pool_switches"; }
  bool constant() const override { return true; }

  void forward(Inputs x, View q, Real*) const override {
    // q(i,j) = the first row whose x is the largest in the window                              (Zeiler & Fergus 2014)
    share_channels(q.columns, [&](const Windows& some) { kernels().winners(some, x[0].data, x[0].stride, q.data, q.stride); });
  }

  void backward(Inputs, ConstView, ConstView, Outputs dx, Real*) const override {
    if (dx[0].data) fill(dx[0], 0);
  }
};

struct MaxPool : Pooling {
  using Pooling::Pooling;
  std::string_view name() const override { return "max_pool"; }

  Size size(Sizes x) const override {
    const Size y = Pooling::size(x);
    if (x[1].rows != y.rows || x[1].columns != y.columns)
      throw std::invalid_argument("max_pool: the switches are " + dimensions(x[1].rows, x[1].columns) + " but the output is " +
                                  dimensions(y.rows, y.columns));
    return y;
  }

  void forward(Inputs x, View y, Real*) const override {
    const ConstView a = x[0], q = x[1];
    // y_c(i,j) = x_q(i,j)
    share_channels(y.columns, [&](const Windows& some) { kernels().pick(some, a.data, a.stride, q.data, q.stride, y.data, y.stride); });
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const ConstView q = x[1];
    const View da = dx[0];
    if (dx[1].data) fill(dx[1], 0);
    if (!da.data) return;
    // dC/dx_q(i,j) gains dC/dy_c(i,j), the others nothing
    share_channels(dy.columns,
                   [&](const Windows& some) { kernels().put_back(some, q.data, q.stride, dy.data, dy.stride, da.data, da.stride); });
  }
};

struct AveragePool : Pooling {
  using Pooling::Pooling;
  std::string_view name() const override { return "average_pool"; }

  void forward(Inputs x, View y, Real*) const override {
    const ConstView a = x[0];
    fill(y, 0);
    each_window([&](Index to, Index first, Index rows, Index columns) {
      // y_c(i,j) = mean of x_c in the window                                                             (LeCun 1989)
      for (Index u = 0; u < rows; u++)
        for (Index v = 0; v < columns; v++)
          for (Index n = 0; n < y.columns; n++) y(to, n) += a(first + u * in.width + v, n) / Real(rows * columns);
    });
  }

  void backward(Inputs, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const View da = dx[0];
    if (!da.data) return;
    fill(da, 0);
    each_window([&](Index from, Index first, Index rows, Index columns) {
      for (Index u = 0; u < rows; u++)
        for (Index v = 0; v < columns; v++)
          for (Index n = 0; n < dy.columns; n++) da(first + u * in.width + v, n) += dy(from, n) / Real(rows * columns);
    });
  }
};

struct GlobalAveragePool : Op {
  std::string_view name() const override { return "global_average_pool"; }
  Size size(Sizes x) const override { return {Shape{x[0].shape.channels, 1, 1}, x[0].columns}; }

  void forward(Inputs x, View y, Real*) const override {
    const Index pixels = x[0].rows / y.rows;
    fill(y, 0);
    // y_c = mean_ij x_c(i,j)                                                                               (Lin 2013)
    for (Index i = 0; i < x[0].rows; i++)
      for (Index n = 0; n < y.columns; n++) y(i / pixels, n) += x[0](i, n) / Real(pixels);
  }

  void backward(Inputs x, ConstView, ConstView dy, Outputs dx, Real*) const override {
    const Index pixels = x[0].rows / dy.rows;
    if (!dx[0].data) return;
    for (Index i = 0; i < x[0].rows; i++)
      for (Index n = 0; n < dy.columns; n++) dx[0](i, n) = dy(i / pixels, n) / Real(pixels);
  }
};

}  // namespace

Var max_pool_switches(Var x, const Window& w) { return record<MaxPoolSwitches>({x}, w, x.size().shape); }
Var max_pool(Var x, Var q, const Window& w) { return record<MaxPool>({x, q}, w, x.size().shape); }
Var average_pool(Var x, const Window& w) { return record<AveragePool>({x}, w, x.size().shape); }
Var global_average_pool(Var x) { return record<GlobalAveragePool>({x}); }

}  // namespace nn
