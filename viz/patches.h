// Patches that hide a part of a picture: where they lie, what they show instead, and how a number for each patch becomes a map of pixels.
#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "engine/random.h"
#include "viz/method.h"
#include "viz/pictures.h"
#include "viz/score.h"

namespace viz {

// What becomes of the border, where a window does not fit:
//   grid     windows begin at 0, stride, 2 stride, ... until one reaches the border; it is cut there. ceil((size - window) / stride) + 1 of
//            them in each direction (Captum's rule), so that every pixel is covered where the stride is at most the window.
//   centred  windows have their middles at 0, stride, 2 stride, ... and are cut at all borders: one for each pixel at stride 1. Where
//            the last pixel is left out, one more has its middle there.
enum class Border { grid, centred };

// Windows in rows from the top left. std::invalid_argument, beginning with `who`, where a window is larger than the picture or the stride
// is 0.
struct Windows {
  std::vector<Pixels> all;
  nn::Index rows, columns;  // how many below each other, and side by side
};
Windows windows(const nn::Shape& picture, nn::Index height, nn::Index width, nn::Index down, nn::Index right, Border border,
                std::string_view who);

// What stands in place of pixels: a grey half as bright as white; the mean of each channel over the training pictures; each pixel at
// random; the picture itself, blurred; the background, the median of each channel.
enum class Fill { grey, mean, noise, blur, background };
inline constexpr std::string_view fills[] = {"grey", "mean", "noise", "blur", "background"};

// All pictures are inputs x 1. `black` and `white` are the ends of the noise, the deviation is that of the blur, in pixels.
struct Filling {
  nn::Matrix grey, mean, background, black, white;
  double deviation = 2;
};
// Of a study: in the numbers of the data set, or as they go into the network.
enum class Space { data, network };
Filling filling_of(const Study& study, Space space, double deviation);

// What a picture x (inputs x 1) is filled with, as large as x.
nn::Matrix filled(Fill fill, nn::ConstView x, const nn::Shape& picture, const Filling& filling, nn::Generator& random);
nn::Matrix blurred(nn::ConstView x, const nn::Shape& picture, double deviation);

// x with one window each shown as `fill` has it: inputs x windows.
nn::Matrix covered(nn::ConstView x, const nn::Shape& picture, std::span<const Pixels> windows, nn::ConstView fill);

// A number a window -> height x width: of each pixel the mean, or the sum, of the windows that cover it; 0 where none does.
enum class Spread { mean, sum };
nn::Matrix spread(const std::vector<Pixels>& windows, const std::vector<nn::Real>& numbers, const nn::Shape& picture, Spread how);

// f(x) - f(x with the window covered), for each window; `done` hears now and then how much there is.
std::vector<nn::Real> drops(const Score& score, nn::ConstView x, const nn::Shape& picture, const std::vector<Pixels>& windows,
                            nn::ConstView fill, const std::function<void(double share)>& done = {});

// Options of methods that cover.
Option patch_option(double initial);
Option stride_option(double initial);
Option fill_option(Fill initial);

}  // namespace viz
