// A patch slides over the picture; at each of its places: what the strongest map still says, how probable the right class still is, and
// what the picture is taken for. Figure 4.5 of the survey.
#include "viz/occlusion_picture.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "viz/answers.h"
#include "viz/many_inputs.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/patches.h"
#include "viz/stages.h"

namespace viz::occlusion {

namespace {

using nn::Index;
using nn::Real;

nn::Matrix column_of(const nn::Matrix& row) {
  nn::Matrix x(row.columns(), 1);
  std::copy_n(row.data(), row.columns(), x.data());
  return x;
}

// The chosen class, the true one, or what the picture is taken for where nobody knows better.
Index class_of(const Study& study, const Arguments& options, nn::ConstView shares) {
  const Index asked = Index(options.at("class"));
  if (asked > shares.columns)
    throw std::invalid_argument("occlusion: class " + std::to_string(asked) + " is asked for, but there are " +
                                std::to_string(shares.columns) + "; 1 to " + std::to_string(shares.columns) +
                                ", or 0 for the true class, would do");
  if (asked > 0) return asked - 1;
  if (!study.given && study.set.classification()) return study.set.labels[std::size_t(study.example)];
  return best(shares.row(0), shares.columns, 1)[0];
}

// Of a stage the map that says most to the picture itself: the largest sum.
Index strongest_map(nn::ConstView value, const nn::Shape& shape, Index example) {
  Index best = 0;
  double most = -INFINITY;
  for (Index c = 0; c < shape.channels; c++)
    if (const double sum = sum_of_map(value, shape, c, example); sum > most) most = sum, best = c;
  return best;
}

// The place of the patch by hand among the windows: the one whose middle is nearest; where none is asked for, where the class is least
// probable.
Index chosen_place(const Windows& places, const Arguments& options, const std::vector<Real>& probability) {
  const double row = options.at("y"), column = options.at("x");
  if (row == 0 || column == 0) return std::min_element(probability.begin(), probability.end()) - probability.begin();
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

double sum_of_map(nn::ConstView value, const nn::Shape& shape, Index channel, Index example) {
  const Index pixels = shape.height * shape.width;
  double sum = 0;
  for (Index i = channel * pixels; i < (channel + 1) * pixels; i++) sum += double(value(i, example));
  return sum;
}

Numbers compute(const Study& study, const Arguments& options) {
  require_picture(study, "occlusion");
  if (!study.set.classification())
    throw std::invalid_argument("occlusion: the data have values and no classes; a run that learned classes, such as the digits, would do");
  const nn::Shape picture = study.set.shape;
  const Index size = Index(options.at("patch")), stride = Index(options.at("stride"));
  const Windows places = windows(picture, size, size, stride, stride, Border(int(options.at("border"))), "occlusion");
  const Fill fill = Fill(int(options.at("fill")));

  const nn::Matrix row = chosen_example(study), x = column_of(study.inputs_of(row));
  nn::Generator random(1, "occlusion"), same(1, "occlusion");
  const nn::Matrix hidden = filled(fill, x, picture, filling_of(study, Space::network, double(size) / 2), random);
  const nn::Matrix shown = filled(fill, column_of(row), picture, filling_of(study, Space::data, double(size) / 2), same);

  ManyInputs network(study);
  const std::vector<Stage> all = stages(network.network(), network.program());
  const Stage& stage = all[std::max(chosen(all, options).stage, std::size_t(1))];
  // The picture itself, then the picture with each patch.
  std::vector<Pixels> looks = {{0, 0, 0, 0}};
  looks.insert(looks.end(), places.all.begin(), places.all.end());
  const nn::Matrix inputs = covered(x, picture, looks, hidden);

  Index target = 0, strongest = 0;
  std::vector<Real> answers, activation, probability, label, score;
  network.run(inputs, [&](Index first, Index count, const nn::Values& values) {
    const nn::Matrix shares = shares_of_output(study, values[network.network().output], count);
    if (first == 0) {
      target = class_of(study, options, shares);
      strongest = strongest_map(values[stage.node], stage.shape, 0);
    }
    answers.insert(answers.end(), shares.data(), shares.data() + shares.size());
    for (Index k = 0; k < count; k++) {
      activation.push_back(Real(sum_of_map(values[stage.node], stage.shape, strongest, k)));
      probability.push_back(shares(k, target));
      label.push_back(Real(best(shares.view().row(k), shares.columns(), 1)[0]));
      const nn::ConstView logits = values[network.network().logits];
      score.push_back(logits.rows > 1 ? logits(target, k) : target == 1 ? logits(0, k) : -logits(0, k));
    }
  });
  // Of the drop of the logit each pixel gets the mean over the patches that cover it.
  std::vector<Real> drop;
  for (std::size_t k = 1; k < score.size(); k++) drop.push_back(score[0] - score[k]);

  const auto without_first = [](const std::vector<Real>& of) { return std::vector<Real>(of.begin() + 1, of.end()); };
  const Index classes = std::ssize(answers) / std::ssize(looks), at = chosen_place(places, options, without_first(probability));
  Numbers numbers;
  const std::vector<Index> grid = {places.rows, places.columns};
  numbers.tensors.push_back(tensor_of_reals("probability", grid, without_first(probability)));
  numbers.tensors.push_back(tensor_of_reals("strongest", grid, without_first(activation)));
  numbers.tensors.push_back(tensor_of_reals("label", grid, without_first(label)));
  numbers.tensors.push_back(nn::tensor_of("drop", {picture.height, picture.width}, spread(places.all, drop, picture, Spread::mean)));
  numbers.tensors.push_back(tensor_of_reals("answers", {std::ssize(looks), classes}, std::move(answers)));
  numbers.tensors.push_back(tensor_of_reals("before", {3}, {probability[0], activation[0], label[0]}));
  numbers.tensors.push_back(nn::tensor_of("picture", {picture.channels, picture.height, picture.width}, row));
  numbers.tensors.push_back(nn::tensor_of("covered", {picture.channels, picture.height, picture.width},
                                          covered(column_of(row), picture, std::span(&places.all[std::size_t(at)], 1), shown)));
  std::vector<Real> boxes;
  for (const Pixels& p : places.all) boxes.insert(boxes.end(), {Real(p.top), Real(p.left), Real(p.height), Real(p.width)});
  numbers.tensors.push_back(tensor_of_reals("patches", {std::ssize(places.all), 4}, std::move(boxes)));
  const bool known = !study.given;
  numbers.tensors.push_back(tensor_of_reals(
      "chosen", {4}, {Real(at), Real(target), Real(known ? study.set.labels[std::size_t(study.example)] : -1), Real(strongest)}));
  numbers.words["classes"] = study.set.class_names;
  numbers.words["stage"] = {stage.name};
  numbers.words["fill"] = {std::string(fills[std::size_t(fill)])};
  numbers.words["example"] = {example_words(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return drawn(numbers, box, style); }

}  // namespace viz::occlusion
