// Receptive fields from geometry are what a network that is poked pixel by pixel says, and those of the literature.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "viz/receptive_field.h"

using namespace viz;
using nn::Index;
using nn::Real;

namespace {

struct Recorded {
  nn::Model model;
  nn::Network network = {};
  nn::Program program = {};
  std::vector<Stage> all = {};

  Recorded(const std::string& text, nn::Shape input, Index examples = 1) : model(nn::parse_model(text, input)) {
    nn::Tape tape;
    network = model.record(tape, examples, nn::Mode::evaluation);
    program = tape.finish();
    all = stages(network, program);
  }
};

std::string random_layer(nn::Generator& random) {
  const auto number = [&](int low, int high) { return std::to_string(low + int(random.below(std::uint64_t(high - low + 1)))); };
  const auto kernel = [&] { return number(1, 4) + "x" + number(1, 4); };
  switch (random.below(12)) {
    case 0:
    case 1:
    case 2:
      return "conv 2 " + kernel() + " pad " + number(0, 3) + " stride " + number(1, 3);
    case 3:
      return "conv 4 " + kernel() + " pad " + number(0, 4) + " dilation " + number(2, 3) + " groups 2";
    case 4:
    case 5:
      return "deconv 2 " + kernel() + " pad " + number(0, 1) + " stride " + number(1, 5) + " dilation " + number(1, 2);
    case 6:
      return "maxpool " + number(2, 3) + " stride " + number(1, 4) + " pad " + number(0, 1);
    case 7:
      return "avgpool " + number(2, 3) + " stride " + number(1, 4) + " pad " + number(0, 1);
    case 8:
      return "upsample " + number(2, 3) + (random.below(2) ? " bilinear" : "");
    case 9:
      return "batchnorm, relu";
    case 10:
      return "lrn 3";
    default:
      return random.below(3) ? "relu" : random.below(2) ? "gap" : "layernorm";
  }
}

// Positive parameters, so that no change of a pixel is lost on its way.
nn::Parameters positive(const nn::Model& model, nn::Generator& random) {
  nn::Parameters parameters = nn::parameters_of(model);
  for (Index i = 0; i < parameters.numbers.size(); i++) parameters.numbers.data()[i] = Real(random.uniform(0.5, 1));
  for (const auto& parameter : parameters.list())
    if (parameter.name.starts_with("layernorm") && parameter.name.ends_with("shift"))
      nn::fill(parameters[parameters.find(parameter.name)], 30);
  return parameters;
}

// Column 0 of the inputs is a picture; in column 1 + p its pixel p is much brighter. Where the stage differs, its unit depends on the
// pixel.
struct Poked {
  Recorded net;
  nn::Values values;
  nn::Matrix x;

  Poked(const std::string& text, nn::Shape input, nn::Generator& random)
      : net(text, input, 1 + input.height * input.width), values(net.program), x(input.size(), 1 + input.height * input.width) {
    const nn::Parameters parameters = positive(net.model, random);
    for (Index i = 0; i < x.rows(); i++) {
      const Real pixel = Real(random.uniform(0.5, 1));
      for (Index n = 0; n < x.columns(); n++) x(i, n) = pixel;
      x(i, 1 + i % (x.columns() - 1)) += 1000;
    }
    nn::bind(parameters, values);
    values.bind(net.network.x, x);
    nn::forward(net.program, values);
  }

  Pixels field(std::size_t stage, Index row, Index column) const {
    const nn::Shape shape = net.all[stage].shape, input = net.model.input;
    Index top = input.height, left = input.width, bottom = 0, right = 0;
    for (Index n = 1; n < x.columns(); n++)
      for (Index c = 0; c < shape.channels; c++) {
        const nn::ConstView y = values[net.all[stage].node];
        const Index unit = (c * shape.height + row) * shape.width + column, i = (n - 1) / input.width, j = (n - 1) % input.width;
        if (std::abs(double(y(unit, n)) - double(y(unit, 0))) <= 1e-5 * std::abs(double(y(unit, 0)))) continue;
        top = std::min(top, i), left = std::min(left, j), bottom = std::max(bottom, i + 1), right = std::max(right, j + 1);
      }
    return bottom > 0 ? Pixels{top, left, bottom - top, right - left} : Pixels{};
  }
};

}  // namespace

namespace viz {
std::ostream& operator<<(std::ostream& out, const Pixels& p) {
  return out << p.height << "x" << p.width << " at " << p.top << " " << p.left;
}
}  // namespace viz

TEST_CASE("the receptive field is exactly what changes a unit, in random networks") {
  nn::Generator random(12);
  int networks = 0, empty = 0, cut = 0, units = 0;
  while (networks < 60) {
    std::string text = random_layer(random);
    for (int more = int(random.below(4)); more > 0; more--) text += ", " + random_layer(random);
    if (random.below(4) == 0) text += ", dense 3";
    const nn::Shape input{2, Index(6 + random.below(7)), Index(6 + random.below(7))};
    INFO(text << " on " << input.height << "x" << input.width);
    std::unique_ptr<Poked> poked;
    try {
      poked = std::make_unique<Poked>(text, input, random);
    } catch (const std::invalid_argument&) {
      continue;  // layers that do not fit
    }
    networks++;
    const ReceptiveFields fields(poked->net.model, poked->net.all);
    for (std::size_t stage = 0; stage < poked->net.all.size(); stage++) {
      const nn::Shape shape = poked->net.all[stage].shape;
      if (shape.height * shape.width > 900) break;
      for (Index row = 0; row < shape.height; row++)
        for (Index column = 0; column < shape.width; column++) {
          const Pixels expected = poked->field(stage, row, column), open = fields.field(stage, row, column);
          INFO(poked->net.all[stage].name << " " << row << " " << column);
          REQUIRE(fields.inside(stage, row, column) == expected);
          units++, empty += expected.height == 0, cut += open.top < 0 || open.right() > input.width;
          if (expected.height == 0) continue;
          REQUIRE((open.top <= expected.top && open.left <= expected.left));
          REQUIRE((open.bottom() >= expected.bottom() && open.right() >= expected.right()));
        }
    }
  }
  CHECK(units > 5000);  // and all kinds of them
  CHECK(empty > 20);
  CHECK(cut > 500);
}

TEST_CASE("receptive fields grow as in the literature") {
  const auto sizes = [](const std::string& text, Index side) {
    const Recorded net(text, {1, side, side});
    const ReceptiveFields fields(net.model, net.all);
    std::vector<std::pair<Index, double>> all;
    for (std::size_t k = 1; k < net.all.size(); k++) {
      const Index middle = net.all[k].shape.height / 2;
      all.emplace_back(fields.field(k, middle, middle).height, fields.jump(k));
    }
    return all;
  };
  using Sizes = std::vector<std::pair<Index, double>>;
  CHECK(sizes("conv 4 5x5, maxpool 2, conv 4 5x5, maxpool 2", 28) == Sizes{{5, 1}, {6, 2}, {14, 2}, {16, 4}});
  CHECK(sizes("conv 4 3x3, maxpool 2, conv 4 3x3, conv 4 3x3, conv 4 3x3", 32) == Sizes{{3, 1}, {4, 2}, {8, 2}, {12, 2}, {16, 2}});
  // AlexNet (Girshick et al. 2014): 195 pixels, 32 apart
  CHECK(sizes("conv 1 11x11 stride 4, maxpool 3 stride 2, conv 1 5x5 pad 2, maxpool 3 stride 2, conv 1 3x3 pad 1, conv 1 3x3 pad 1, "
              "conv 1 3x3 pad 1, maxpool 3 stride 2",
              227) == Sizes{{11, 4}, {19, 8}, {51, 8}, {67, 16}, {99, 16}, {131, 16}, {163, 16}, {195, 32}});
  CHECK(sizes("conv 1 3x3 stride 2, upsample 2, dense 2", 9) == Sizes{{3, 2}, {3, 1}, {9, 0}});
}

TEST_CASE("a field may leave the picture, and can be asked for on any earlier stage") {
  const Recorded net("conv 4 5x5 pad 2, relu, maxpool 2, conv 4 5x5 pad 2, dense 2", {1, 28, 28});
  const ReceptiveFields fields(net.model, net.all);
  CHECK(fields.field(1, 0, 27) == Pixels{-2, 25, 5, 5});
  CHECK(fields.inside(1, 0, 27) == Pixels{0, 25, 3, 3});
  CHECK(fields.field(4, 0, 0) == Pixels{-6, -6, 14, 14});
  CHECK(fields.field(4, 5, 6, 3) == Pixels{3, 4, 5, 5});  // on the pooled picture
  CHECK(fields.field(5, 0, 0, 4) == Pixels{0, 0, 14, 14});
  CHECK(fields.inside(5, 0, 0) == Pixels{0, 0, 28, 28});
  CHECK(fields.field(0, 3, 4) == Pixels{3, 4, 1, 1});
}
