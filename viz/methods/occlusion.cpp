// A patch slides over the picture; at each of its places: what the strongest map still says, how probable the right class still is, and
// what the picture is taken for. Figure 4.5 of the survey.
#include "viz/examples.h"
#include "viz/occlusion_picture.h"

#include <algorithm>
#include <cmath>

#include "viz/answers.h"
#include "viz/explainers.h"
#include "viz/many_inputs.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/patches.h"
#include "viz/stages.h"

namespace viz::occlusion {

namespace {

using nn::Index;
using nn::Real;

// The class that is explained; where something else is, the answer.
Index class_of(const Study& study, const Target& target, const nn::Network& network, nn::ConstView shares) {
  if (target.node != network.logits && target.node != network.output) return best(shares.row(0), shares.columns, 1)[0];
  if (target.seed.rows() == 1 && study.set.classification()) return target.seed(0, 0) > 0;  // one output for two classes
  return std::max_element(target.seed.data(), target.seed.data() + target.seed.rows()) - target.seed.data();
}

// Of an example's value the sum of one map.
double sum_of_map(nn::ConstView value, const nn::Shape& shape, Index channel, Index example) {
  const Index pixels = shape.height * shape.width;
  double sum = 0;
  for (Index i = channel * pixels; i < (channel + 1) * pixels; i++) sum += double(value(i, example));
  return sum;
}

// Of a stage the map that says most to the picture itself: the largest sum.
Index strongest_map(nn::ConstView value, const nn::Shape& shape, Index example) {
  Index best = 0;
  double most = -INFINITY;
  for (Index c = 0; c < shape.channels; c++)
    if (const double sum = sum_of_map(value, shape, c, example); sum > most) most = sum, best = c;
  return best;
}

// The last stage that has maps, or the chosen one.
std::size_t strongest_stage(const std::vector<Stage>& all, const Arguments& options) {
  if (options.at("maps") > 0) return std::max(chosen(all, options).stage, std::size_t(1));
  for (std::size_t k = all.size() - 1; k > 1; k--)
    if (all[k].shape.height * all[k].shape.width > 1) return k;
  return 1;
}

// The place of the patch by hand among the windows: the one whose middle is nearest; where none is asked for, where the score is least.
Index chosen_place(const Windows& places, const Arguments& options, const std::vector<Real>& score) {
  const double row = options.at("y"), column = options.at("x");
  if (row == 0 || column == 0) return std::min_element(score.begin(), score.end()) - score.begin();
  Index nearest = 0;
  double least = INFINITY;
  for (std::size_t i = 0; i < places.all.size(); i++) {
    const Pixels& p = places.all[i];
    const double down = double(p.top) + double(p.height) / 2 - (row - 0.5), right = double(p.left) + double(p.width) / 2 - (column - 0.5);
    if (down * down + right * right < least) least = down * down + right * right, nearest = Index(i);
  }
  return nearest;
}

}  // namespace

Explanation explain(const Question& q, const Progress& progress) {
  require_pictures(q.study, "occlusion");
  const nn::Shape picture = q.study.set.shape;
  const Index size = Index(q.options.at("patch")), stride = Index(q.options.at("stride"));
  const Windows places = windows(picture, size, size, stride, stride, Border(int(q.options.at("border"))), "occlusion");
  const nn::Matrix x = column_of(q.x);
  nn::Generator random(q.seed, "occlusion");
  const nn::Matrix hidden =
      filled(Fill(int(q.options.at("fill"))), x, picture, filling_of(q.study, Space::network, double(size) / 2), random);
  ManyInputs network(q.study);
  const std::vector<Real> drop = drops(network.score(q.target.node, q.target.seed), x, picture, places.all, hidden, progress);
  return {.map = column_of(spread(places.all, drop, picture, Spread::mean)),
          .shape = {1, picture.height, picture.width},
          .note = "by how much the score falls: the mean over the patches that cover a pixel"};
}

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "occlusion");
  const Explanation explanation = explained(explainer("occlusion"), study, options, Progress{study.goes_on});
  const nn::Shape picture = study.set.shape;
  const Index size = Index(options.at("patch")), stride = Index(options.at("stride"));
  const Windows places = windows(picture, size, size, stride, stride, Border(int(options.at("border"))), "occlusion");
  const Fill fill = Fill(int(options.at("fill")));

  const nn::Matrix row = chosen_example(study), read = study.inputs_of(row), x = column_of(read);
  const Backward net(study, read);
  const Target target = target_of(study, net, options);
  nn::Generator random(1, "occlusion"), same(1, "occlusion");
  const nn::Matrix hidden = filled(fill, x, picture, filling_of(study, Space::network, double(size) / 2), random);
  const nn::Matrix shown = filled(fill, column_of(row), picture, filling_of(study, Space::data, double(size) / 2), same);

  ManyInputs network(study);
  const std::vector<Stage> all = stages(network.network(), network.program());
  const Stage& stage = all[strongest_stage(all, options)];
  // The picture itself, then the picture with each patch.
  std::vector<Pixels> looks = {{0, 0, 0, 0}};
  looks.insert(looks.end(), places.all.begin(), places.all.end());
  Index of_class = 0, strongest = 0;
  std::vector<Real> answers, activation, probability, label;
  network.run(covered(x, picture, looks, hidden), [&](Index first, Index count, const nn::Values& values) {
    const nn::Matrix shares = shares_of_output(study, values[network.network().output], count);
    if (first == 0) {
      of_class = class_of(study, target, network.network(), shares);
      strongest = strongest_map(values[stage.node], stage.shape, 0);
    }
    answers.insert(answers.end(), shares.data(), shares.data() + shares.size());
    for (Index k = 0; k < count; k++) {
      activation.push_back(Real(sum_of_map(values[stage.node], stage.shape, strongest, k)));
      probability.push_back(shares(k, of_class));
      label.push_back(Real(best(shares.view().row(k), shares.columns(), 1)[0]));
    }
  });

  const auto without_first = [](const std::vector<Real>& of) { return std::vector<Real>(of.begin() + 1, of.end()); };
  const Index classes = std::ssize(answers) / std::ssize(looks), at = chosen_place(places, options, without_first(probability));
  const std::vector<Index> grid = {places.rows, places.columns};
  std::vector<Real> boxes;
  for (const Pixels& p : places.all) boxes.insert(boxes.end(), {Real(p.top), Real(p.left), Real(p.height), Real(p.width)});
  const Real truth = study.given || !study.set.classification() ? Real(-1) : Real(study.set.labels[std::size_t(study.example)]);
  Numbers numbers;
  numbers.tensors = {tensor_of_reals("probability", grid, without_first(probability)),
                     tensor_of_reals("strongest", grid, without_first(activation)),
                     tensor_of_reals("label", grid, without_first(label)),
                     nn::tensor_of("drop", {picture.height, picture.width}, explanation.map),
                     tensor_of_reals("before", {3}, {probability[0], activation[0], label[0]}),
                     tensor_of_reals("answers", {std::ssize(looks), classes}, std::move(answers)),
                     nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, row),
                     nn::tensor_of("covered", {picture.channels, picture.height, picture.width},
                                   covered(column_of(row), picture, std::span(&places.all[std::size_t(at)], 1), shown)),
                     tensor_of_reals("patches", {std::ssize(places.all), 4}, std::move(boxes)),
                     tensor_of_reals("chosen", {4}, {Real(at), Real(of_class), truth, Real(strongest)})};
  numbers.words = {{"classes", study.set.class_names},
                   {"stage", {stage.name}},
                   {"fill", {std::string(fills[std::size_t(fill)])}},
                   {"target", {target.words}},
                   {"example", {example_words(study)}}};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return drawn(numbers, box, style); }

}  // namespace viz::occlusion
