// What must hold for explainers on any network: no reference is needed (the I-n of spec/testcases.md). Random networks, fixed seeds.
#include <catch2/catch.hpp>

#include "engine/relevance.h"
#include "tests/explained.h"
#include "viz/relevance_options.h"

using namespace explained_test;

namespace {

constexpr const char* networks[] = {"conv 4 3x3 pad 1, relu, maxpool 2, conv 6 3x3, relu, dense 8, relu, dense 3",
                                    "conv 3 3x3 stride 2, relu, avgpool 2, dense 5, relu, dense 4",
                                    "conv 4 3x3, batchnorm, relu, conv 5 3x3, batchnorm, relu, gap, dense 3",
                                    "dense 12, relu, dense 6, relu, dense 4"};
const nn::Shape shape{2, 8, 8};

Net random_net(const std::string& text, std::uint64_t seed, bool biases = true) {
  Net net(text, shape, random_row(shape.size(), seed + 100));
  return std::move(net.drawn(seed, 0.6, biases));
}

double extent_of(const Matrix& map) { return distance(map, Matrix(map.rows(), map.columns())); }

double sizes_of(const Matrix& map) {
  double sum = 0;
  for (Index i = 0; i < map.size(); i++) sum += std::abs(double(map.data()[i]));
  return sum;
}

double relative(double difference, double size) { return std::abs(difference) / std::max(1e-9, std::abs(size)); }

const Arguments zero_rule = {{"rule", 0}};

}  // namespace

TEST_CASE("an example of a batch gets the map that it gets alone, by all rules (I-1)", "[explain]") {
  for (const char* text : networks) {
    Net net = random_net(text, 3);
    Matrix rows(4, shape.size());
    for (Index i = 0; i < rows.rows(); i++)
      for (Index j = 0; j < rows.columns(); j++) rows(i, j) = random_row(shape.size(), std::uint64_t(i) + 50)(0, j);
    const Study study = net.study();
    const Backward all(study, rows);
    const Target target = class_target(study, all, 1);
    const auto check = [&](const char* name, const auto& rules_for) {
      const Matrix batch = sent_to_input(target, all, rules_for(all));
      for (Index n = 0; n < rows.rows(); n++) {
        const Matrix one(nn::ConstView{rows.view().row(n), 1, rows.columns(), rows.columns()});
        const Backward alone(study, one);
        const Matrix map = sent_to_input(target, alone, rules_for(alone));
        INFO(text << ", " << name << ", example " << n);
        CHECK(distance(batch.view().block(n, 1), map) <= 1e-6 + 1e-5 * extent_of(map));
      }
    };
    check("gradient", [](const Backward&) { return nn::chain_rule(); });
    check("guided", [](const Backward&) { return nn::guided_backpropagation(); });
    check("deconvnet", [](const Backward&) { return nn::deconvnet(); });
    for (const nn::Composite& composite :
         {nn::everywhere(nn::rule_epsilon), nn::epsilon_plus_flat(), nn::epsilon_gamma_box(0, 1), nn::epsilon_alpha2_beta1()})
      check("relevance", [&](const Backward& net_) { return nn::relevance_rules(net_.program(), net_.values(), composite); });
  }
}

TEST_CASE("explaining leaves parameters and answers as they were, bit by bit, and gives the same map again (I-2, I-3)", "[explain]") {
  for (const char* text : networks) {
    const Net net = random_net(text, 4);
    const Matrix before = net.parameters.numbers;
    const Study study = net.study();
    const Backward first(study, net.set.inputs);
    const Matrix answer(first[first.network().output]);
    for (const Explainer& e : explainers()) {
      INFO(text << ", " << e.name);
      try {
        const Matrix map = net.map(e.name);
        CHECK(net.map(e.name) == map);
      } catch (const std::invalid_argument&) {
        continue;  // not for this network
      }
      CHECK(net.parameters.numbers == before);
      const Backward again(study, net.set.inputs);
      CHECK(Matrix(again[again.network().output]) == answer);
    }
    CHECK_FALSE(net.map("smoothgrad") == net.map("smoothgrad", {{"draw", 2}}));
  }
}

TEST_CASE("without ReLU gradient, guided and deconvnet agree (I-4)", "[explain]") {
  const Net net = random_net("conv 4 3x3, tanh, maxpool 2, conv 3 2x2, dense 3", 5);
  CHECK(net.map("guided") == net.map("saliency"));
  CHECK(net.map("deconvnet") == net.map("saliency"));
}

TEST_CASE("without pools a deconvnet says the same of every picture (I-5)", "[explain]") {
  Net net = random_net("conv 4 3x3, relu, conv 3 3x3, relu, dense 3", 6);
  const Matrix map = net.map("deconvnet", class_of(2));
  net.set.inputs = random_row(shape.size(), 1234);
  CHECK(net.map("deconvnet", class_of(2)) == map);
  CHECK_FALSE(net.map("guided", class_of(2)) == map);
}

TEST_CASE("relevance of pixels and biases adds up to the score; without biases that of pixels does (I-6)", "[lrp]") {
  for (const char* text : networks)
    for (std::uint64_t seed = 1; seed <= 10; seed++) {
      INFO(text << ", seed " << seed);
      const Explanation e = random_net(text, seed).explain("relevance", zero_rule);
      CHECK(relative(e.residual(), std::abs(e.score) + std::abs(e.shares[0].value)) < 2e-5);
      if (std::string(text).find("batchnorm") != std::string::npos) continue;  // has offsets that are no biases
      const Explanation plain = random_net(text, seed, false).explain("relevance", zero_rule);
      CHECK(relative(total_of(plain.map) - plain.score, plain.score) < 1e-3);
    }
}

TEST_CASE("rule zero is input times gradient where there is nothing but ReLU (I-7, TC-10)", "[lrp]") {
  for (const char* text : networks)
    for (std::uint64_t seed = 1; seed <= 10; seed++) {
      const Net net = random_net(text, seed);
      const Matrix a = net.map("relevance", zero_rule), b = net.map("inputxgradient");
      INFO(text << ", seed " << seed);
      // weights that were merged round once more
      CHECK(distance(a, b) <= (std::string(text).find("batchnorm") == std::string::npos ? 1e-5 : 1e-3) * extent_of(b));
    }
}

TEST_CASE("z-plus relevance of a positive score is nowhere negative", "[lrp]") {
  for (const char* text : {networks[0], networks[1], networks[3]})
    for (std::uint64_t seed = 1; seed <= 10; seed++) {
      const Net net = random_net(text, seed);
      const Explanation e = net.explain("relevance", both(unit_of(2, 1), {{"rule", 3}}));  // a unit after ReLU
      for (Index i = 0; i < e.map.rows(); i++) CHECK(e.map(i, 0) >= 0);
    }
}

TEST_CASE("integrated gradients and DeepLIFT add up to the difference of the scores (I-8)", "[explain]") {
  for (const char* text : networks) {
    std::vector<double> rest;
    for (std::uint64_t seed = 1; seed <= 9; seed++) {
      const Net net = random_net(text, seed);
      INFO(text << ", seed " << seed);
      const Explanation steps = net.explain("integrated", {{"steps", 64}}), adaptive = net.explain("integrated"),
                        lifted = net.explain("deeplift");
      // of all that pixels say for and against it: the difference itself may be nothing for weights that are drawn
      rest.push_back(relative(steps.residual(), sizes_of(steps.map)));
      CHECK(relative(adaptive.residual(), sizes_of(adaptive.map)) < 0.005);
      CHECK(relative(lifted.residual(), std::abs(lifted.score) + std::abs(lifted.whole)) < 1e-5);
    }
    std::sort(rest.begin(), rest.end());
    INFO(text);
    CHECK(rest[4] < 0.01);
    CHECK(rest[8] < 0.05);
  }
}

TEST_CASE("an input that is as in the baseline gets nothing, and one that alone differs gets all (I-8)", "[explain]") {
  Net net = random_net(networks[0], 8);
  for (Index i = 0; i < shape.size(); i++)
    if (i != 70) net.set.inputs(0, i) = 0;
  for (const char* name : {"integrated", "deeplift"}) {
    const Explanation e = net.explain(name);
    for (Index i = 0; i < shape.size(); i++)
      if (i != 70) CHECK(e.map(i, 0) == 0);
    CHECK(double(e.map(70, 0)) == Approx(e.whole).epsilon(0.01));
  }
}

TEST_CASE("one step of integrated gradients at its end is the gradient times the difference (I-9)", "[explain]") {
  for (const char* text : networks) {
    const Net net = random_net(text, 9);
    CHECK(distance(net.map("integrated", {{"steps", 1}, {"points", 1}}), net.map("inputxgradient")) <
          1e-6 * (1 + extent_of(net.map("inputxgradient"))));
    CHECK(distance(net.map("smoothgrad", {{"samples", 1}, {"noise", 0}}), net.map("saliency")) < 1e-6);  // I-10
  }
}

TEST_CASE("DeepLIFT from black is input times gradient where there are no biases", "[explain]") {
  for (const char* text : {networks[0], networks[1], networks[3]}) {
    const Net net = random_net(text, 10, false);
    CHECK(distance(net.map("deeplift"), net.map("inputxgradient")) < 1e-5 * (1 + extent_of(net.map("deeplift"))));
  }
}

TEST_CASE("Grad-CAM is nowhere negative, whatever the bias of the class (I-11), and is CAM over its pixels (I-12)", "[explain]") {
  for (std::uint64_t seed = 1; seed <= 5; seed++) {
    Net net = random_net(networks[2], seed);
    const auto sum_of = [](const Explanation& e) { return std::get<std::vector<Real>>(e.parts[0].numbers); };
    for (double k : {1, 2, 3}) {
      const std::vector<Real> cam = sum_of(net.explain("cam", class_of(k))), gradcam = sum_of(net.explain("gradcam", class_of(k)));
      for (std::size_t i = 0; i < cam.size(); i++)
        CHECK(double(gradcam[i]) == Approx(std::max(0.0, double(cam[i]) / double(cam.size()))).margin(1e-5));
    }
    const Matrix map = net.map("gradcam", class_of(1));
    net.with("dense1.bias", {17});
    CHECK(net.map("gradcam", class_of(1)) == map);
  }
}

TEST_CASE("merging batch normalization into the layer before changes no answer (I-15)", "[lrp]") {
  const Net net = random_net(networks[2], 11);
  const Study study = net.study();
  const Backward run(study, net.set.inputs);
  const nn::Program& program = run.program();
  for (const char* number : {"1", "2"}) {
    const int conv = program.find(std::string("conv") + number), norm = program.find(std::string("batchnorm") + number);
    const nn::Merged merged = nn::merged_batch_norm(program, run.values(), conv, norm);
    const nn::ConstView inputs[] = {merged.W, run.values().inputs_of(conv)[1], merged.b};
    Matrix z(run[conv].rows, 1), scratch(1, program.scratch() + 64);
    program[conv].op->forward(inputs, z, scratch.data());
    CHECK(distance(z, run[norm]) < 1e-5);
  }
}

TEST_CASE("relevance of dead layers and black pictures is 0 and never a division by 0 (I-17)", "[lrp]") {
  Net dead = random_net(networks[0], 12);
  dead.filled("conv1.weight", 0).filled("conv1.bias", 0);
  Net black = random_net(networks[0], 13, false);
  nn::fill(black.set.inputs, 0);
  for (double rule = 0; rule < 12; rule++)
    for (const Net* net : {&dead, &black}) {
      const Explanation e = net->explain("relevance", {{"rule", rule}});  // numbers that are not finite are refused
      INFO(rule);
      CHECK(e.map.rows() == shape.size());
    }
}

TEST_CASE("a network with its channels in another order has the same maps in that order (I-20)", "[explain]") {
  const Net net = random_net(networks[0], 14);
  Net turned = random_net(networks[0], 14);
  // the second channel first: in the picture, and in the columns of the first filters
  const Index pixels = shape.height * shape.width, taps = 9;
  nn::View w = turned.parameters[turned.parameters.find("conv1.weight")];
  for (Index o = 0; o < w.rows; o++)
    for (Index t = 0; t < taps; t++) std::swap(w(o, t), w(o, taps + t));
  for (Index p = 0; p < pixels; p++) std::swap(turned.set.inputs(0, p), turned.set.inputs(0, pixels + p));
  for (const char* name : {"saliency", "guided", "deconvnet", "inputxgradient", "relevance", "integrated", "deeplift", "guidedgradcam"}) {
    const Matrix a = net.map(name);
    Matrix b = turned.map(name);
    for (Index p = 0; p < pixels; p++) std::swap(b(p, 0), b(pixels + p, 0));
    INFO(name);
    CHECK(distance(a, b) <= 1e-4 * (extent_of(a) + 1e-3));
  }
}
