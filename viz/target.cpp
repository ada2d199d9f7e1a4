// Choosing what is explained.
#include "viz/target.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/figure.h"

namespace viz {

using nn::Index;
using nn::Real;

namespace {

enum Kind { answer, truth, one_class, unit, whole_map, whole_stage };

double asked(const Arguments& options, const char* name, double otherwise) {
  const auto at = options.find(name);
  return at == options.end() ? otherwise : at->second;
}

// Two classes may have one output between them: it is large for the second.
bool one_for_two(const Study& study, const Backward& net) {
  return study.set.classification() && study.set.class_names.size() == 2 && net[net.network().output].rows == 1;
}
Index classes(const Study& study, const Backward& net) { return one_for_two(study, net) ? 2 : net[net.network().output].rows; }

std::string class_words(const Study& study, const Backward& net, Index k) {
  if (study.set.classification() && std::ssize(study.set.class_names) == classes(study, net)) return study.set.class_names[std::size_t(k)];
  return "output " + std::to_string(k + 1);
}

Index answer_of(const Study& study, const Backward& net) {
  const nn::ConstView z = net[net.network().logits];
  if (one_for_two(study, net)) return z(0, 0) > 0;
  Index best = 0;
  for (Index k = 1; k < z.rows; k++)
    if (z(k, 0) > z(best, 0)) best = k;
  return best;
}

bool says_probabilities(const Study& study) {
  const auto* last = std::get_if<nn::Activate>(&study.model.last());
  return std::holds_alternative<nn::Softmax>(study.model.last()) || (last && last->sigma == nn::Function::sigmoid);
}

// Stages and units as they are counted on the screen, from 1; a stage has no such unit where it is too large.
Target unit_target(const Backward& net, const Arguments& options, Kind kind) {
  const std::vector<Stage> all = stages(net.network(), net.program());
  const double wanted_stage = asked(options, "stage", 1), wanted_unit = asked(options, "unit", 1);
  if (wanted_stage >= double(all.size()))
    throw std::invalid_argument("stage " + count_words(Index(wanted_stage)) + " is none of this network; 0 to " +
                                std::to_string(all.size() - 1) + " would do");
  const Stage& stage = all[std::size_t(wanted_stage)];
  const nn::Shape shape = stage.shape;
  const Index pixels = shape.height * shape.width;
  if (kind != whole_stage && wanted_unit > double(shape.channels))
    throw std::invalid_argument("there is no unit " + count_words(Index(wanted_unit)) + " in " + stage.words() + "; 1 to " +
                                count_words(shape.channels) + " would do");
  Target target{.node = stage.node, .seed = nn::Matrix(shape.size(), 1)};
  const nn::ConstView y = net[stage.node];
  if (kind == whole_stage) {
    for (Index i = 0; i < y.rows; i++) target.seed(i, 0) = y(i, 0);
    target.words = "all that " + stage.name + " says";
    return target;
  }
  const Chosen place = chosen(all, options);
  const std::string name = std::to_string(place.unit + 1) + " of " + stage.name;
  if (kind == whole_map && pixels > 1) {
    for (Index i = 0; i < pixels; i++) target.seed(place.unit * pixels + i, 0) = 1;
    target.words = "the sum of map " + name;
    return target;
  }
  const PlaceInMap at = place.row >= 0 ? PlaceInMap{place.row, place.column} : largest(map(y, shape, place.unit));
  target.seed(place.unit * pixels + at.row * shape.width + at.column, 0) = 1;
  target.words = "unit " + name;
  if (pixels > 1) target.words += " at row " + std::to_string(at.row + 1) + ", column " + std::to_string(at.column + 1);
  return target;
}

Index true_class(const Study& study) {
  if (study.given || !study.set.classification())
    throw std::invalid_argument((study.given ? study.given->words : std::string("the data")) +
                                " has no true class; --target answer would do");
  return study.set.labels[std::size_t(study.example)];
}

}  // namespace

std::vector<Option> target_options() {
  return {
      {.name = "target",
       .help = "what is explained: the answer of the network, the true class, any class, or what a unit, a whole map or a whole stage says",
       .initial = 0,
       .low = 0,
       .high = 5,
       .step = 1,
       .words = {"answer", "truth", "class", "unit", "map", "stage"},
       .shared = true},
      {.name = "class",
       .help = "which class where the target is a class, counted from 1",
       .initial = 1,
       .low = 1,
       .high = 100000,
       .step = 1,
       .words = {},
       .shared = true},
      {.name = "score",
       .help = "of a class: what goes into softmax or sigmoid, or what comes out",
       .initial = 0,
       .low = 0,
       .high = 1,
       .step = 1,
       .words = {"logit", "probability"},
       .shared = true},
      stage_option(),
      unit_option(),
      row_option(),
      column_option()};
}

Target class_target(const Study& study, const Backward& net, Index k, bool probability) {
  if (probability && !says_probabilities(study))
    throw std::invalid_argument("the network says no probabilities, as it ends without softmax or sigmoid; --score logit would do");
  const int node = probability ? net.network().output : net.network().logits;
  Target target{.node = node, .seed = nn::Matrix(net[node].rows, 1), .probability = probability};
  const bool no = one_for_two(study, net) && k == 0;
  target.seed(one_for_two(study, net) ? 0 : k, 0) = no ? Real(-1) : Real(1);
  if (no && probability) target.constant = 1;
  target.words = class_words(study, net, k);
  return target;
}

Target target_of(const Study& study, const Backward& net, const Arguments& options) {
  const Kind kind = Kind(int(asked(options, "target", answer)));
  if (kind >= unit) return unit_target(net, options, kind);
  const Index count = classes(study, net), wanted = Index(asked(options, "class", 1)) - 1;
  if (kind == one_class && wanted >= count)
    throw std::invalid_argument("there is no class " + count_words(wanted + 1) + "; 1 to " + count_words(count) + " would do");
  const Index k = kind == answer ? answer_of(study, net) : kind == truth ? true_class(study) : wanted;
  Target target = class_target(study, net, k, asked(options, "score", 0) > 0);
  target.words = (kind == answer ? "the answer " : kind == truth ? "the true " : "the class ") + target.words;
  return target;
}

nn::Matrix scores(const Target& target, const Backward& net) {
  const nn::ConstView y = net[target.node];
  nn::Matrix all(1, y.columns);
  for (Index n = 0; n < y.columns; n++) {
    double sum = target.constant;
    for (Index i = 0; i < y.rows; i++) sum += double(target.seed(i, 0)) * double(y(i, n));
    all(0, n) = Real(sum);
  }
  return all;
}

nn::Matrix sent_to(int node, const Target& target, const Backward& net, const nn::Rules& rules) {
  nn::Matrix seed(target.seed.rows(), net[target.node].columns);
  for (Index i = 0; i < seed.rows(); i++)
    for (Index n = 0; n < seed.columns(); n++) seed(i, n) = target.seed(i, 0);
  if (node == target.node) return seed;
  // the parameters are not asked
  nn::Signals signals(net.program(), target.node, nn::Wanted::inputs);
  nn::backward(net.program(), net.values(), signals, seed, rules);
  const nn::ConstView x = signals[node];
  return x.data ? nn::Matrix(x) : nn::Matrix(net[node].rows, net[node].columns);
}

nn::Matrix sent_to_input(const Target& target, const Backward& net, const nn::Rules& rules) {
  return sent_to(net.network().x, target, net, rules);
}

}  // namespace viz
