// Networks with every kind of layer of pictures, at odd sizes, and random units of all their stages.
#pragma once
#include <catch2/catch.hpp>

#include "tests/methods_study.h"
#include "viz/backward.h"
#include "viz/method.h"
#include "viz/neurons.h"
#include "viz/origin.h"
#include "viz/stages.h"

namespace test {

using namespace viz;
using nn::Index;

// Networks with every kind of layer, at odd sizes; untrained but for norms, which need running statistics.
inline const std::vector<MadeStudy>& networks_of_every_layer() {
  static const std::vector<MadeStudy> all = [] {
    std::vector<MadeStudy> made;
    for (const char* text :
         {"conv 4 3x3 pad 1 stride 2, relu, maxpool 3 stride 2 pad 1, dense 3, softmax",
          "conv 6 3x2 pad 2 dilation 2 groups 3, batchnorm, tanh, avgpool 2, conv 4 2x2 groups 2, sigmoid, dense 3, softmax",
          "conv 4 3x3, lrn 3, upsample 2, conv 4 2x2, upsample 2 bilinear, gap, layernorm, dense 3, softmax",
          "deconv 4 3x3 stride 2 pad 1, leaky relu, deconv 2 2x3 groups 2 dilation 2, maxpool 2, dense 5, layernorm, elu, dense 3, "
          "softmax"})
      made.push_back(make_study({text, text, made_coloured_pictures(24), false, nn::Loss::cross_entropy, 1}));
    return made;
  }();
  return all;
}

// Calls use(study, net, stages, stage, unit) for random units of every stage.
template <class Use>
void each_unit(const Use& use) {
  nn::Generator random(3);
  for (const MadeStudy& made : networks_of_every_layer()) {
    const Study study = made.study();
    const Backward net(study, study.inputs_of(chosen_example(study)));
    const std::vector<Stage> all = stages(net.network(), net.program());
    for (std::size_t k = 1; k < all.size(); k++)
      for (int repeat = 0; repeat < 25; repeat++) {
        const auto below = [&](Index n) { return Index(random.below(std::uint64_t(n))); };
        const Unit unit{below(all[k].shape.channels), below(all[k].shape.height), below(all[k].shape.width)};
        INFO(made.name << ", " << all[k].name << " " << unit.channel << " " << unit.row << " " << unit.column);
        use(study, net, all, k, unit);
      }
  }
}

inline Numbers compute(const char* name, const Study& study, const Arguments& given) {
  return method(name).compute(study, arguments(method(name), given));
}

inline Arguments place(std::size_t stage, Unit unit) {
  return {{"stage", double(stage)}, {"unit", double(unit.channel + 1)}, {"row", double(unit.row + 1)}, {"column", double(unit.column + 1)}};
}

inline const std::vector<std::int64_t>& whole(const Numbers& numbers, const char* name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}
inline const std::vector<nn::Real>& reals(const Numbers& numbers, const char* name) {
  return std::get<std::vector<nn::Real>>(numbers[name].numbers);
}

}  // namespace test
