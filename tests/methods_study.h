// Studies for tests of the viewer: small networks, trained on generated data, with nothing read from a file.
#pragma once
#include <cmath>
#include <memory>

#include "datasets/prepare.h"
#include "datasets/split.h"
#include "viz/study.h"

struct MadeStudy {
  std::string name;
  data::Dataset set;
  data::Split split;
  std::vector<std::string> input_names;
  std::function<nn::Matrix(const nn::Matrix&)> inputs_of;
  std::unique_ptr<nn::Trainer> trainer;
  std::vector<std::vector<nn::Epoch>> runs = {};
  std::vector<std::shared_ptr<const nn::Snapshot>> moments = {};  // before training, and some on the way

  viz::Study study() const {
    const nn::State& state = trainer->state();
    const nn::Problem& problem = *trainer->problem();
    return {.model = problem.model,
            .parameters = state.parameters,
            .step = state.step,
            .epoch = state.epoch,
            .set = set,
            .split = split,
            .input_names = input_names,
            .inputs_of = inputs_of,
            .train = problem.train,
            .test = problem.test,
            .history = trainer->history(),
            .runs = runs,
            .example = set.examples() / 2,
            .loss = trainer->training().loss,
            .moments = [this] { return moments; },
            .about = "# A study\n\nOf the tests:\n\n- made up, and `trained` a little\n- with $x^2$ here and there\n"};
  }
};

// What a MadeStudy is made from. `features` also feeds x1^2 and x2^2 to the network.
struct Recipe {
  std::string name, model;
  data::Dataset set;
  bool features = false;
  nn::Loss loss = nn::Loss::quadratic;
  int epochs = 8;
  double test_part = 0.4;
};

inline nn::Matrix with_squares(const nn::Matrix& x) {
  nn::Matrix y(x.rows(), 2 * x.columns());
  for (nn::Index i = 0; i < x.rows(); i++)
    for (nn::Index j = 0; j < x.columns(); j++) y(i, j) = x(i, j), y(i, x.columns() + j) = x(i, j) * x(i, j) / 6;
  return y;
}

inline nn::Examples examples_of(const MadeStudy& made, const std::vector<int>& chosen, nn::Index outputs, bool sigmoid) {
  const data::Dataset part = data::rows(made.set, chosen);
  nn::Examples all{made.inputs_of(part.inputs), nn::Matrix(part.examples(), outputs)};
  for (nn::Index i = 0; i < part.examples(); i++) {
    if (!part.classification())
      for (nn::Index k = 0; k < outputs; k++) all.targets(i, k) = part.values(i, k);
    else if (outputs == 1)
      all.targets(i, 0) = part.labels[std::size_t(i)] ? nn::Real(1) : nn::Real(sigmoid ? 0 : -1);
    else
      all.targets(i, part.labels[std::size_t(i)]) = 1;
  }
  return all;
}

inline MadeStudy make_study(const Recipe& recipe, std::uint64_t seed = 1) {
  MadeStudy made{
      .name = recipe.name, .set = recipe.set, .split = {}, .input_names = recipe.set.input_names, .inputs_of = {}, .trainer = {}};
  made.inputs_of = [squares = recipe.features](const nn::Matrix& x) { return squares ? with_squares(x) : x; };
  if (recipe.features)
    for (const std::string& name : recipe.set.input_names) made.input_names.push_back(name + "^2/6");
  made.split = data::random_split(made.set.examples(), 1 - recipe.test_part, 3);
  const nn::Shape shape = recipe.features ? nn::Shape{std::ssize(made.input_names), 1, 1} : made.set.shape;
  nn::Problem problem;
  problem.model = nn::parse_model(recipe.model, shape);
  const auto* last = std::get_if<nn::Activate>(&problem.model.last());
  const bool sigmoid = last && last->sigma == nn::Function::sigmoid;
  nn::Training training;
  training.loss = recipe.loss, training.rate = 0.1;
  const nn::Index outputs = problem.model.outputs(), batches = (std::ssize(made.split.train) + training.batch - 1) / training.batch;
  problem.train = examples_of(made, made.split.train, outputs, sigmoid),
  problem.test = examples_of(made, made.split.test, outputs, sigmoid);
  problem.classification = made.set.classification();
  made.trainer =
      std::make_unique<nn::Trainer>(std::make_shared<const nn::Problem>(std::move(problem)), nn::Initializer::xavier, training, seed);
  for (int part = 0; part < 4; part++) {
    made.moments.push_back(made.trainer->snapshot());
    made.trainer->advance(recipe.epochs * batches * (part + 1) / 4 - recipe.epochs * batches * part / 4);
  }
  return made;
}

// What an experiment says, trained for some steps.
inline MadeStudy make_study(const std::string& name, const data::Experiment& experiment, int steps) {
  auto prepared = std::make_shared<const data::Prepared>(data::prepare(experiment, {}));
  MadeStudy made{.name = name,
                 .set = prepared->set,
                 .split = prepared->split,
                 .input_names = prepared->input_names,
                 .inputs_of = [prepared](const nn::Matrix& x) { return data::model_inputs(*prepared, x); },
                 .trainer = std::make_unique<nn::Trainer>(data::trainer(*prepared, experiment))};
  made.moments.push_back(made.trainer->snapshot());
  made.trainer->advance(steps);
  made.moments.push_back(made.trainer->snapshot());
  return made;
}

// A recurrent network on a made-up text, trained for some steps.
inline MadeStudy make_text_study(const std::string& name, const std::string& text, const std::string& layers, nn::Index samples,
                                 int steps) {
  data::Experiment experiment;
  experiment.source = text, experiment.samples = samples, experiment.split = "80 %", experiment.window = 20;
  experiment.layers = layers, experiment.init = "xavier";
  experiment.training.loss = nn::Loss::cross_entropy, experiment.training.rate = 0.5, experiment.training.batch = 8;
  return make_study(name, experiment, steps);
}

// The same on sequences: adding, recall, names or inside; window: the steps of a sequence, 0 for its own.
inline MadeStudy make_sequence_study(const std::string& source, const std::string& layers, nn::Index samples, nn::Index window,
                                     int steps) {
  data::Experiment experiment;
  experiment.source = source, experiment.samples = samples, experiment.split = "70 %", experiment.window = window;
  experiment.layers = layers, experiment.init = "xavier";
  experiment.training.loss = source == "adding" ? nn::Loss::quadratic : nn::Loss::cross_entropy;
  experiment.training.optimizer = nn::Update::adam, experiment.training.rate = 0.01, experiment.training.batch = 8;
  return make_study(source + " by " + layers, experiment, steps);
}

// Points in [-5, 5]^dimensions; the class is the third of the circle that the first two coordinates lie in, or which side of a ring.
inline data::Dataset made_points(int examples, int dimensions, int classes) {
  data::Dataset set;
  set.inputs = nn::Matrix(examples, dimensions), set.shape = {dimensions, 1, 1}, set.target_name = "class";
  nn::Generator random(5);
  for (int k = 0; k < dimensions; k++) set.input_names.push_back("measure number " + std::to_string(k + 1));
  if (dimensions == 2) set.input_names = {"x1", "x2"};
  for (int c = 0; c < classes; c++) set.class_names.push_back(c == 1 ? "a class with a long name" : "class " + std::to_string(c));
  if (!classes) set.values = nn::Matrix(examples, 1), set.target_name = "height";
  for (int i = 0; i < examples; i++) {
    for (int k = 0; k < dimensions; k++) set.inputs(i, k) = nn::Real(random.uniform(-5, 5));
    const double x = set.inputs(i, 0), y = dimensions > 1 ? set.inputs(i, 1) : 0;
    if (!classes)
      set.values(i, 0) = nn::Real(std::sin(x) + 0.2 * y);
    else if (classes == 2)
      set.labels.push_back(x * x + y * y < 12);
    else
      set.labels.push_back(std::min(classes - 1, int((std::atan2(y, x) / 3.14159265 + 1) / 2 * classes)));
  }
  return set;
}

// 8x8 pictures of a bright row: its place is the class.
inline data::Dataset made_pictures(int examples, int classes) {
  data::Dataset set;
  set.inputs = nn::Matrix(examples, 64), set.shape = {1, 8, 8}, set.target_name = "class";
  set.input_names = data::pixel_names(set.shape);
  nn::Generator random(6);
  for (int c = 0; c < classes; c++) set.class_names.push_back(std::to_string(c));
  for (int i = 0; i < examples; i++) {
    const int label = int(random.below(std::uint64_t(classes)));
    set.labels.push_back(label);
    for (int p = 0; p < 64; p++) set.inputs(i, p) = nn::Real((p / 8 == label % 8 ? 0.7 : 0.1) + random.uniform(0, 0.2));
  }
  return set;
}

// 3x9x7 pictures, each all of the colour that is its class, brighter at the left.
inline data::Dataset made_coloured_pictures(int examples) {
  data::Dataset set;
  set.shape = {3, 9, 7}, set.inputs = nn::Matrix(examples, set.shape.size()), set.target_name = "class";
  set.input_names = data::pixel_names(set.shape), set.class_names = {"red", "green", "blue"};
  nn::Generator random(7);
  for (int i = 0; i < examples; i++) {
    set.labels.push_back(int(random.below(3)));
    for (int p = 0; p < 3 * 63; p++)
      set.inputs(i, p) = nn::Real((p / 63 == set.labels.back() ? 0.8 : 0.2) - 0.02 * (p % 7) + random.uniform(0, 0.1));
  }
  return set;
}

// One of each kind.
inline std::vector<MadeStudy> all_studies() {
  using nn::Loss;
  std::vector<MadeStudy> all;
  all.push_back(make_study({"ring", "dense 4, tanh, dense 2, tanh, dense 1, tanh", made_points(120, 2, 2)}));
  all.push_back(make_study({"ring with features", "dense 8, relu, dense 1, sigmoid", made_points(90, 2, 2), true, Loss::cross_entropy}));
  all.push_back(make_study({"thirds", "dense 6, tanh, dense 3, softmax", made_points(120, 2, 3), false, Loss::cross_entropy}));
  all.push_back(
      make_study({"ten classes", "dense 40, relu, dropout 0.2, dense 10, softmax", made_points(200, 5, 10), false, Loss::cross_entropy}));
  all.push_back(make_study({"pictures", "dense 30, relu, dense 8, softmax", made_pictures(150, 8), false, Loss::cross_entropy}));
  all.push_back(make_study({"convolutions", "conv 4 3x3 pad 1, relu, maxpool 2, conv 6 3x3, relu, dense 8, softmax", made_pictures(90, 8),
                            false, Loss::cross_entropy, 3}));
  all.push_back(make_study({"coloured pictures", "conv 5 3x3 stride 2, batchnorm, relu, conv 4 2x2, relu, gap, dense 3, softmax",
                            made_coloured_pictures(60), false, Loss::cross_entropy, 2}));
  all.push_back(make_study({"surface", "dense 5, tanh, dense 1", made_points(80, 2, 0)}));
  all.push_back(make_study({"curve", "dense 5, tanh, dense 1", made_points(60, 1, 0)}));
  all.push_back(make_study({"one input, two classes", "dense 3, tanh, dense 1, tanh", made_points(60, 1, 2)}));
  all.push_back(
      make_study({"two classes by softmax", "dense 3, tanh, dense 2, softmax", made_points(60, 2, 2), false, Loss::cross_entropy}));
  all.push_back(make_study({"no hidden layer", "dense 1, tanh", made_points(60, 2, 2)}));
  all.push_back(
      make_study({"deep", "dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 1, tanh",
                  made_points(60, 2, 2)}));
  all.push_back(make_study({"untrained", "dense 4, tanh, dense 1, tanh", made_points(40, 2, 2), false, Loss::quadratic, 0}));
  all.push_back(make_study({"no test examples", "dense 4, tanh, dense 1, tanh", made_points(40, 2, 2), false, Loss::quadratic, 2, 0}));
  all.push_back(make_study({"not a number", "dense 4, tanh, dense 3, softmax", made_points(40, 2, 3), false, Loss::cross_entropy}));
  all.back().trainer->set_weight("dense1.weight", 0, 0, NAN);
  all.push_back(make_text_study("text by an LSTM", "latch", "lstm 5", 900, 20));
  all.push_back(make_text_study("text by two layers", "lines12", "gru 4, rnn 3", 500, 5));
  all.push_back(make_sequence_study("adding", "lstm 4", 60, 12, 20));
  all.push_back(make_sequence_study("names", "rnn 3 both", 60, 0, 20));
  all.push_back(make_sequence_study("inside", "embed 5 3 padded, lstm 3 both, rnn 3 relu", 60, 14, 20));
  all.push_back(make_text_study("text by rectified cells", "brackets", "rnn 4 relu", 400, 10));
  all.push_back(make_text_study("a text that is not a number", "latch", "lstm 2", 300, 0));
  all.back().trainer->set_weight("lstm1.weight", 0, 0, NAN);
  all.push_back(make_study({"several seeds", "dense 3, tanh, dense 1, tanh", made_points(60, 2, 2)}));
  for (int seed = 2; seed < 6; seed++)
    all.back().runs.push_back(
        make_study({"another seed", "dense 3, tanh, dense 1, tanh", made_points(60, 2, 2), false, Loss::quadratic, 4 + seed},
                   std::uint64_t(seed))
            .trainer->history());
  return all;
}

// The same, made once.
inline const std::vector<MadeStudy>& studies() {
  static const std::vector<MadeStudy> all = all_studies();
  return all;
}

inline const MadeStudy& named(const std::string& name) {
  for (const MadeStudy& made : studies())
    if (made.name == name) return made;
  throw std::invalid_argument("no study " + name);
}
