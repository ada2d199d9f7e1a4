// One question, one answer: which pixels made the network say what it said? Every method that answers it is an Explainer, a line in
// explainers.cpp, and what it answers is an Explanation.
#pragma once
#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "viz/target.h"

namespace viz {

struct Question {
  const Study& study;
  const nn::Matrix& x;  // what goes into the network: one row
  const Backward& net;  // its values there
  const Target& target;
  const Arguments& options;
  std::uint64_t seed = 1;  // of what is drawn at random
};

// Something that should sum to a whole with others of its kind.
struct Share {
  std::string words;  // "the pixels", "the biases"
  double value;
};

struct Explanation {
  nn::Matrix map = {};   // shape.size() x 1, as the input lies: [channel][row][column]
  nn::Shape shape = {};  // the input's; one channel of it where all channels have one map
  bool is_signed = true;
  double score = NAN;                  // S of the target
  std::vector<Share> shares = {};      // what should sum to `whole`; none where nothing is promised
  double whole = NAN;                  // the score, or what it has more than that of a baseline
  std::string promise = {};            // "relevance of pixels and biases sums to the logit"
  std::string note = {};               // what else a person should know
  std::vector<nn::Tensor> parts = {};  // what pictures of one method show besides
  std::vector<std::string> part_words = {};

  double residual() const;  // whole - sum of shares, NaN where nothing is promised
};

// Asked now and then by what takes long; where nobody waits any more, it ends.
struct Cancelled : std::runtime_error {
  Cancelled() : std::runtime_error("cancelled") {}
};
struct Progress {
  std::function<bool(double share)> goes_on = {};  // 0 .. 1 is done
  void operator()(double share) const {
    if (goes_on && !goes_on(share)) throw Cancelled();
  }
};

// What a person should know who looks at a map of the gradient's family.
inline constexpr const char* hardly_selective =
    "Maps of the gradient's family differ little from class to class; Grad-CAM and the rule epsilon-plus-flat tell classes apart.";
// Whether there is a ReLU: without one, what changes its way back alone is the plain gradient.
bool has_relu(const nn::Model& model);

using Explain = Explanation(const Question&, const Progress&);

struct Explainer {
  std::string_view name, title, help, paper;
  bool is_signed, live;         // live: takes less than 50 ms on a small network
  std::vector<Option> options;  // its own; target_options() come first
  Explain* explain;
  Numbers (*compute)(const Study&, const Arguments&);  // the same as a method
  Scene (*layout)(const Numbers&, Box, const Style&);
  std::string_view run = "drawn";
};

// Asks about the chosen example or the given picture. std::invalid_argument begins with the explainer's name and says what would do: for
// targets that are not there, networks that lack what the method needs, and weights that are not finite.
Explanation explained(const Explainer& explainer, const Study& study, const Arguments& options, const Progress& progress = {});
// The same about rows of the network's inputs that are not in the data, such as a picture with a part covered. One row.
Explanation explained(const Explainer& explainer, const Study& study, const nn::Matrix& x, const Arguments& options,
                      const Progress& progress = {});

// One number a pixel. Signed maps sum their channels, so that the total stays; of unsigned ones the largest |number| stays.
nn::Matrix collapsed(const Explanation& explanation);  // height x width

}  // namespace viz
