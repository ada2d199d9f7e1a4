// The unrolled graph: sums that add up, equations that hold, signals against differences, and what can be pressed.
#include <catch2/catch.hpp>
#include <cmath>

#include "datasets/text_set.h"
#include "tests/methods_study.h"
#include "viz/link.h"
#include "viz/unrolled.h"
#include "viz/unrolled_picture.h"

using namespace viz;
using Catch::Matchers::Contains;
using nn::Index;

namespace {

Numbers shown(const Study& study, const Arguments& options) {
  return numbers_of(method("unrolled"), study, arguments(method("unrolled"), options));
}

const std::vector<std::int64_t>& whole(const Numbers& numbers, std::string_view name) {
  return std::get<std::vector<std::int64_t>>(numbers[name].numbers);
}

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

// The product sum of a gate from its terms: x, then h.
struct Sum {
  double below, recalled;
  Sum(const Numbers& numbers, Index row)
      : below(double(rows_of(numbers["sums"])(row, 0))), recalled(double(rows_of(numbers["sums"])(row, 1))) {
    const Index count = numbers["terms"].shape[1], inputs = std::stoi(words_of(numbers, "inputs")[0]);
    const nn::ConstView terms = rows_of(numbers["terms"]);
    for (Index k = 0; k < count; k++)
      (k < inputs ? below : recalled) += double(terms(row * count + k, 0)) * double(terms(row * count + k, 1));
  }
};

double cost_with(const Study& study, const SequenceRead& read, const std::string& parameter, Index row, Index column, double by) {
  nn::Parameters moved = study.parameters;
  moved[moved.find(parameter)](row, column) += nn::Real(by);
  return SequenceRun(study, moved, read).cost();
}

const MadeStudy& made(const std::string& which) {
  static const MadeStudy lstm = make_text_study("text", "latch", "lstm 5", 600, 40),
                         gru = make_text_study("text", "latch", "gru 4, rnn 3", 600, 40),
                         adding = make_sequence_study("adding", "rnn 4", 60, 12, 30),
                         both = make_sequence_study("inside", "embed 5 3 padded, lstm 3 both, rnn 3 relu", 60, 14, 30);
  return which == "lstm" ? lstm : which == "gru" ? gru : which == "adding" ? adding : both;
}

}  // namespace

TEST_CASE("the terms of every unit at every step add up to z, and its function gives what the tape holds", "[unrolled]") {
  for (const char* which : {"lstm", "gru", "adding", "both"}) {
    const Study study = made(which).study();
    const std::vector<RecurrentLayer> layers = recurrent_layers(study.model, "test");
    const SequenceRead read = sequence_read(study, "test", 1, 12);
    const SequenceRun run(study, study.parameters, read);
    for (std::size_t l = 0; l < layers.size(); l++)
      for (Index unit = 0; unit < layers[l].units; unit++)
        for (Index step = 0; step < read.steps; step++) {
          const Numbers numbers = unrolled::numbers_of(study, read, run, {.place = step + 1, .unit = layers[l].first + unit + 1});
          const std::vector<Inside> sums = unrolled::sums_of(layers[l].cell);
          INFO(which << ", " << layers[l].name << " " << unit << ", step " << step);
          CHECK(whole(numbers, "chosen")[0] == std::int64_t(l));
          CHECK(whole(numbers, "chosen")[1] == unit);
          for (std::size_t row = 0; row < sums.size(); row++) {
            const Sum sum(numbers, Index(row));
            const bool candidate = sums[row] == Inside::candidate;
            double z = sum.below + sum.recalled;
            if (candidate && layers[l].cell == nn::Cell::gru)
              z = sum.below + double(run.inside(l, Inside::reset, read.before + step, 1)(unit, 0)) * sum.recalled;
            CHECK(double(rows_of(numbers["sums"])(Index(row), 2)) == Approx(z).margin(1e-5));
            const bool plain = layers[l].cell == nn::Cell::rnn;
            const double value = plain && layers[l].sigma == nn::Function::relu ? std::max(z, 0.0)
                                 : plain || candidate                           ? std::tanh(z)
                                                                                : sigmoid(z);
            CHECK(double(run.inside(l, sums[row], read.before + step, 1)(unit, 0)) == Approx(value).margin(1e-5));
            CHECK(rows_of(numbers["sums"])(Index(row), 3) == run.inside(l, sums[row], read.before + step, 1)(unit, 0));
          }
        }
  }
}

TEST_CASE("the cell's numbers obey (3.7), and a layer that reads backwards has the later step before", "[unrolled]") {
  const Study study = made("both").study();
  for (const Index unit : {2, 5}) {  // of the two directions
    const Numbers before = shown(study, {{"place", 5}, {"unit", double(unit)}}),
                  after = shown(study, {{"place", 6}, {"unit", double(unit)}});
    const Numbers &now = unit == 2 ? after : before, &then = unit == 2 ? before : after;
    const Index own = whole(now, "chosen")[1];
    const auto at = [&](const Numbers& numbers, Index part) { return double(rows_of(numbers["inside"])(part, own)); };
    CHECK(double(rows_of(now["memory"])(0, 0)) == at(then, 4));  // C_{t-1}
    CHECK(double(rows_of(now["memory"])(0, 1)) == at(then, 5));  // h_{t-1}
    CHECK(at(now, 4) == Approx(at(now, 0) * at(then, 4) + at(now, 1) * at(now, 2)).margin(1e-6));
    CHECK(at(now, 5) == Approx(at(now, 3) * std::tanh(at(now, 4))).margin(1e-6));
  }
  const Numbers first = shown(study, {{"place", 1}, {"unit", 2}});
  CHECK(rows_of(first["memory"])(0, 0) == 0);
  CHECK(rows_of(first["memory"])(0, 1) == 0);
}

TEST_CASE("delta summed over the steps is the gradient of the bias, and times what came in that of a weight", "[unrolled]") {
  struct Asked {
    const char *which, *layer;
    Index first, sum, row;  // the layer's first unit; a row of "sums", and of the layer's parameters for unit 2
    Index n;
  };
  for (const Asked& asked : {Asked{"lstm", "lstm1", 0, 0, 1, 5},
                             {"lstm", "lstm1", 0, 2, 11, 5},
                             {"gru", "gru1", 0, 1, 5, 4},
                             {"gru", "rnn1", 4, 0, 1, 3},
                             {"adding", "rnn1", 0, 0, 1, 4},
                             {"both", "lstm1.backward", 3, 3, 10, 3}}) {
    const Study study = made(asked.which).study();
    const SequenceRead read = sequence_read(study, "test", 1, 14);
    const SequenceRun run(study, study.parameters, read);
    double bias = 0, weight = 0;
    for (Index step = 0; step < read.steps; step++) {
      const Numbers numbers = unrolled::numbers_of(study, read, run, {.place = step + 1, .unit = asked.first + 2});
      const double delta = double(rows_of(numbers["sums"])(asked.sum, 4));
      const Index count = numbers["terms"].shape[1], inputs = std::stoi(words_of(numbers, "inputs")[0]);
      bias += delta, weight += delta * double(rows_of(numbers["terms"])(asked.sum * count + inputs, 1));  // h1
      CHECK(words_of(numbers, "terms")[std::size_t(inputs)].substr(1) == "1");
    }
    const std::string name(asked.layer);
    const double h = 0.004;
    const auto slope = [&](const std::string& parameter) {
      return (cost_with(study, read, parameter, asked.row, 0, h) - cost_with(study, read, parameter, asked.row, 0, -h)) / (2 * h);
    };
    INFO(asked.which << " " << asked.layer << ", sum " << asked.sum);
    CHECK(bias == Approx(slope(name + ".bias")).epsilon(0.02).margin(2e-5));
    CHECK(weight == Approx(slope(name + ".recurrent")).epsilon(0.02).margin(2e-5));
  }
}

TEST_CASE("the parameters are as many for 5 steps as for 50", "[unrolled]") {
  const Study study = made("lstm").study();
  const Numbers few = shown(study, {{"length", 5}}), many = shown(study, {{"length", 50}});
  CHECK(rows_of(few["states"]).columns == 5);
  CHECK(rows_of(many["states"]).columns == 50);
  const Index symbols = study.set.text->symbols.size();
  CHECK(whole(few, "layers")[5] == 4 * 5 * (symbols + 5 + 1));
  CHECK(whole(few, "layers") == whole(many, "layers"));
  CHECK(whole(few, "chosen")[7] == study.parameters.count());
  CHECK(whole(few, "chosen")[7] == whole(many, "chosen")[7]);
}

TEST_CASE("in the unrolled picture steps, units and gates are chosen by the pointer, and steps by the arrow keys", "[unrolled]") {
  const Study study = made("lstm").study();
  for (const Index place : {1, 2, 15, 29, 30}) {
    const Numbers numbers = shown(study, {{"from", 100}, {"length", 30}, {"place", double(place)}, {"unit", 2}, {"gate", 1}});
    const Scene scene = unrolled::picture_of(numbers, {0, 0, 1000, 700}, {});
    REQUIRE(find(scene, on_press({{"place", double(place)}})));
    CHECK(bounds(*find(scene, on_press({{"place", double(place)}})))->right() <= 1000);
    CHECK(keyed(scene, "right") == (place < 30 ? Settings{{"place", double(place + 1)}} : Settings{{"from", 101}}));
    CHECK(keyed(scene, "left") == (place > 1 ? Settings{{"place", double(place - 1)}} : Settings{{"from", 99}}));
    CHECK(keyed(scene, "next") == keyed(scene, "right"));
    CHECK(keyed(scene, "down") == Settings{{"unit", 3}});
    for (const Index gate : {0, 1, 2, 3, 4, 5}) CHECK(find(scene, on_press({{"gate", double(gate)}})));
    for (const Index unit : {1, 2, 3, 4, 5}) CHECK(find(scene, on_press({{"unit", double(unit)}})));
    // The tip of a gate has its equation with the numbers.
    const auto* gate = std::get_if<Rect>(find(scene, on_press({{"gate", 0}})));
    REQUIRE(gate);
    const std::string at = std::to_string(99 + place), then = std::to_string(98 + place);
    CHECK_THAT(gate->tip, Contains("forget gate: f_" + at + " = σ(W_f [h_" + then + ", x_" + at + "] + b_f) = σ("));
    CHECK_THAT(gate->tip, Contains(" = " + decimal_words(double(rows_of(numbers["inside"])(0, 1)))));
    CHECK_THAT(gate->tip, Contains("delta = dL/dz = "));
  }
}

TEST_CASE("at the end of a sequence the keys stay there", "[unrolled]") {
  const Study study = made("adding").study();
  const Numbers numbers = shown(study, {{"place", 12}});
  const Scene scene = unrolled::picture_of(numbers, {0, 0, 1000, 700}, {});
  CHECK(keyed(scene, "right") == Settings{{"from", 1}});
  CHECK_FALSE(keyed(scene, "next"));
  CHECK(words_of(numbers, "wanted")[0] == decimal_words(double(study.set.values(study.example, 0))));
}

TEST_CASE("where nobody knows what is wanted nothing flows back, and the picture is made all the same", "[unrolled]") {
  Study study = made("adding").study();
  Given given{nn::Matrix(1, 24), "made up"};
  for (Index i = 0; i < 24; i++) given.row(0, i) = nn::Real(0.04 * double(i));
  study.given = &given;
  const Numbers numbers = shown(study, {});
  CHECK(std::isnan(double(rows_of(numbers["sums"])(0, 4))));
  CHECK(rows_of(numbers["numbers"])(0, 2) == nn::Real(0.08));
  CHECK(finite(unrolled::picture_of(numbers, {0, 0, 900, 600}, {})));
  CHECK_THROWS_WITH(shown(named("ring").study(), {}), Contains("unrolled: this network has no recurrent layer"));
}

TEST_CASE("(3.6) is shown with what the network says, and names that look like TeX do no harm", "[unrolled]") {
  const auto says = [](const Scene& scene, const std::string& words) {
    for (const Mark& mark : scene.marks)
      if (const auto* text = std::get_if<Text>(&mark); text && text->string == words) return true;
    return false;
  };
  const MadeStudy text = make_text_study("text", "latch", "rnn 4", 600, 40);
  const Numbers numbers = shown(text.study(), {{"place", 3}});
  REQUIRE(words_of(numbers, "output").size() == 1);
  CHECK(says(unrolled::picture_of(numbers, {0, 0, 1000, 700}, {}), "softmax"));
  CHECK(words_of(shown(made("lstm").study(), {}), "output").size() == 1);
  CHECK(words_of(shown(made("adding").study(), {}), "output").empty());

  Numbers odd = shown(made("adding").study(), {});
  for (std::string& name : odd.words["terms"]) name = "\\frac{" + name + "}_^$%";
  CHECK(finite(unrolled::picture_of(odd, {0, 0, 1000, 700}, {})));
}
