// glassbox bench: the workloads W1 to W9, run by the same trainer and programs as everything else; --window: what the window costs.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <sstream>

#include "engine/text.h"
#include "engine/threads.h"
#include "engine/trainer.h"
#include "viz/commands/bench_texts.h"
#include "viz/commands/bench_window.h"
#include "viz/commands/options.h"

namespace viz {

namespace {

// Processor time, which other programs on the machine disturb less; the clock on the wall where several threads compute.
double now() {
  timespec time;
  clock_gettime(nn::threads() > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &time);
  return double(time.tv_sec) + 1e-9 * double(time.tv_nsec);
}

// Seconds a call, the median of 25 samples that together take about as long as asked.
double seconds_a_call(const std::function<void()>& call, double seconds) {
  call();
  double start = now();
  long calls = 0;
  do {
    call();
    calls++;
  } while (now() - start < seconds / 10);
  const long each = std::max(1L, long(double(calls) * 10 / 25));
  std::vector<double> samples;
  for (int i = 0; i < 25; i++) {
    start = now();
    for (long j = 0; j < each; j++) call();
    samples.push_back((now() - start) / double(each));
  }
  std::nth_element(samples.begin(), samples.begin() + 12, samples.end());
  return samples[12];
}

struct Net {
  const char* layers;
  nn::Shape input;
  nn::Index batch;
  nn::Loss loss;
  nn::Update optimizer = nn::Update::sgd;
};

// One training step: load a batch, forward, backward, update.
std::function<void()> step(const Net& net) {
  const nn::Index inputs = net.input.size(), batches = inputs > 1000 ? 10 : inputs > 100 ? 100 : 1000;
  nn::Generator random(1);
  const nn::Model model = nn::parse_model(net.layers, net.input);
  nn::Examples examples{nn::Matrix(batches * net.batch, inputs), nn::Matrix(batches * net.batch, model.outputs())};
  for (nn::Index i = 0; i < examples.inputs.size(); i++) examples.inputs.data()[i] = nn::Real(random.uniform());
  for (nn::Index i = 0; i < examples.count(); i++) {
    if (model.outputs() == 1)
      examples.targets(i, 0) = random.uniform() < 0.5 ? -1 : 1;
    else
      examples.targets(i, nn::Index(random.below(std::uint64_t(model.outputs())))) = 1;
  }
  nn::Training training;
  training.loss = net.loss;
  training.batch = net.batch;
  training.optimizer = net.optimizer;
  training.rate = 1e-3;
  auto problem = std::make_shared<const nn::Problem>(nn::Problem{model, std::move(examples), {}, false});
  auto trainer = std::make_shared<nn::Trainer>(std::move(problem), nn::Initializer::xavier, training, 1);
  // An epoch is never finished: its evaluation is no part of a step.
  return [trainer, start = trainer->snapshot(), last = batches * net.batch - net.batch] {
    if (trainer->state().position == last) trainer->restore(*start);
    trainer->step();
  };
}

// The values of all neurons for the 100 x 100 points of a heat map.
std::function<void()> heat_map(const char* layers, nn::Index inputs) {
  constexpr nn::Index points = 100 * 100;
  struct Map {
    nn::Program program;
    nn::Parameters parameters;
    nn::Matrix x;
    std::optional<nn::Values> values;
  };
  auto map = std::make_shared<Map>();
  nn::Tape tape;
  const nn::Network network = nn::parse_model(layers, {inputs, 1, 1}).record(tape, points, nn::Mode::evaluation);
  map->program = tape.finish();
  map->parameters = nn::Parameters(map->program);
  nn::Generator random(1);
  nn::initialize(nn::Initializer::xavier, map->parameters, random);
  map->x = nn::Matrix(inputs, points);
  for (nn::Index i = 0; i < map->x.size(); i++) map->x.data()[i] = nn::Real(random.uniform(-6, 6));
  map->values.emplace(map->program);
  nn::bind(map->parameters, *map->values);
  map->values->bind(network.x, map->x);
  return [map] { nn::forward(map->program, *map->values); };
}

const char* const w6 = "conv 16 5x5 pad 2, relu, maxpool 2, conv 32 5x5 pad 2, relu, maxpool 2, dense 128, relu, dense 10, softmax";

// The network of W6 in evaluation, with numbers for its parameters and its inputs.
struct Evaluation {
  explicit Evaluation(nn::Index examples) : program(record(examples)), parameters(program), x(28 * 28, examples), values(program) {
    nn::Generator random(1);
    nn::initialize(nn::Initializer::he, parameters, random);
    nn::bind(parameters, values);
    for (nn::Index i = 0; i < x.size(); i++) x.data()[i] = nn::Real(random.uniform());
    values.bind(network.x, x);
  }
  nn::Program record(nn::Index examples) {
    nn::Tape tape;
    network = nn::parse_model(w6, {1, 28, 28}).record(tape, examples, nn::Mode::evaluation);
    return tape.finish();
  }
  nn::Network network{};
  nn::Program program;
  nn::Parameters parameters;
  nn::Matrix x;
  nn::Values values;
};

// The gradient of one class by one picture.
std::function<void()> saliency() {
  auto net = std::make_shared<Evaluation>(1);
  auto signals = std::make_shared<nn::Signals>(net->program, net->network.logits, nn::Wanted::inputs);
  return [net, signals, seed = nn::Matrix(10, 1, {0, 0, 0, 1, 0, 0, 0, 0, 0, 0})] {
    nn::forward(net->program, net->values);
    nn::backward(net->program, net->values, *signals, seed);
  };
}

// What the network says of one picture with a patch of 7x7 at each of 22x22 places, two rows of places at a time.
std::function<void()> occlusion() {
  constexpr nn::Index places = 22, patch = 7, side = 28;
  auto net = std::make_shared<Evaluation>(2 * places);
  auto said = std::make_shared<nn::Matrix>(10, places * places);
  return [net, said, picture = nn::Matrix(net->x.view().block(0, 1))] {
    for (nn::Index top = 0; top < places; top += 2) {
      for (nn::Index n = 0; n < 2 * places; n++)
        for (nn::Index p = 0; p < side * side; p++) {
          const nn::Index i = p / side - top - n / places, j = p % side - n % places;
          net->x(p, n) = i >= 0 && i < patch && j >= 0 && j < patch ? 0 : picture(p, 0);
        }
      nn::forward(net->program, net->values);
      nn::copy(net->values[net->network.output], said->view().block(top * places, 2 * places));
    }
  };
}

struct Workload {
  const char *name, *unit;
  double scale;  // of seconds a call; with `rate`, how many examples a call has
  bool rate;
  std::function<std::function<void()>()> make;
};

const char* const small = "dense 4, tanh, dense 2, tanh, dense 1, tanh";
const char* const largest = "dense 8, tanh, dense 8, tanh, dense 8, tanh, dense 1, tanh";

const std::vector<Workload>& workloads() {
  static const std::vector<Workload> all = {
      {"W1", "us/step", 1e6, false,
       [] {
         return step({small, {2, 1, 1}, 10, nn::Loss::quadratic});
       }},
      {"W2b10", "us/step", 1e6, false,
       [] {
         return step({largest, {7, 1, 1}, 10, nn::Loss::quadratic});
       }},
      {"W2b30", "us/step", 1e6, false,
       [] {
         return step({largest, {7, 1, 1}, 30, nn::Loss::quadratic});
       }},
      {"W3small", "ms", 1e3, false, [] { return heat_map(small, 2); }},
      {"W3big", "ms", 1e3, false, [] { return heat_map(largest, 7); }},
      {"W4", "examples/s", 32, true,
       [] {
         return step({"dense 100, relu, dense 10, softmax", {784, 1, 1}, 32, nn::Loss::cross_entropy});
       }},
      {"W5", "examples/s", 20, true,
       [] {
         return step({"conv 8 5x5 pad 2, relu, maxpool 2, conv 16 5x5 pad 2, relu, maxpool 3, dense 10, softmax",
                      {1, 24, 24},
                      20,
                      nn::Loss::cross_entropy,
                      nn::Update::momentum});
       }},
      {"W6", "examples/s", 64, true,
       [] {
         return step({w6, {1, 28, 28}, 64, nn::Loss::cross_entropy, nn::Update::adam});
       }},
      {"W7", "examples/s", 64, true,
       [] {
         return step({"conv 32 3x3 pad 1, relu, conv 32 3x3 pad 1, relu, maxpool 2, conv 64 3x3 pad 1, relu, maxpool 2, dense 10, softmax",
                      {3, 32, 32},
                      64,
                      nn::Loss::cross_entropy});
       }},
      {"W8lstm128", "ms", 1e3, false, [] { return text_step("onehot 65, lstm 128, dense 65, softmax", 65, 32, 50); }},
      {"W8rnn128", "ms", 1e3, false, [] { return text_step("onehot 65, rnn 128, dense 65, softmax", 65, 32, 50); }},
      {"W8lstm32", "ms", 1e3, false, [] { return text_step("onehot 65, lstm 32, dense 65, softmax", 65, 1, 25); }},
      {"W8rnn32", "ms", 1e3, false, [] { return text_step("onehot 65, rnn 32, dense 65, softmax", 65, 1, 25); }},
      {"W8typed", "ms", 1e3, false, typed_character},
      {"W8search", "ms", 1e3, false, search_of_a_million},
      {"W9saliency", "us", 1e6, false, saliency},
      {"W9occl484", "ms", 1e3, false, occlusion},
  };
  return all;
}

}  // namespace

int bench(const Words& words) {
  po::options_description options("Options of bench");
  Words names;
  for (const Workload& workload : workloads()) names.emplace_back(workload.name);
  const std::string which = "the workloads to run: " + nn::join(names, ", ");
  options.add_options()("only", po::value<std::string>()->value_name("W1,W4"), which.c_str())(
      "seconds", po::value<double>()->default_value(1.5)->value_name("X"), "how long each is measured")(
      "window", "measure what the open window costs; needs a display");
  po::variables_map values;
  if (!read(words, "bench", options, {}, values)) return 0;
  apply_common(values);
  const double seconds = values["seconds"].as<double>();
  if (!(seconds >= 0.01 && seconds <= 3600)) throw UsageError("bench: --seconds is not from 0.01 to 3600");
  if (values.count("window")) return bench_window(seconds, data_folder(values)), 0;
  Words only;
  if (values.count("only"))
    for (std::stringstream list(values["only"].as<std::string>()); list.good();) std::getline(list, only.emplace_back(), ',');
  for (const std::string& name : only)
    if (std::ranges::find(names, name) == names.end())
      throw UsageError("bench: there is no workload '" + name + "'; they are " + nn::join(names, ", "));
  for (const Workload& workload : workloads()) {
    if (!only.empty() && std::find(only.begin(), only.end(), workload.name) == only.end()) continue;
    const double call = seconds_a_call(workload.make(), seconds);
    std::printf("%-10s glassbox %10.4g %s\n", workload.name, workload.rate ? workload.scale / call : workload.scale * call, workload.unit);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace viz
