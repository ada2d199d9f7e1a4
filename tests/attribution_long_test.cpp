// Methods that change the input, on planted shapes whose masks are known: do they find what decides? Three training seeds; what is asserted
// is the median. By `make test-long`.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <sstream>

#include "datasets/prepare.h"
#include "viz/discrepancy.h"
#include "viz/explainers.h"
#include "viz/figure.h"
#include "viz/localization.h"
#include "viz/patches.h"
#include "viz/receptive_field.h"
#include "viz/top_images.h"
#include "viz/trust.h"
#include "viz/workbench.h"

namespace {

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

constexpr Index images = 48, pairs = 30;

double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

// A trained network on planted shapes, one a seed, kept for all tests.
struct Trained {
  data::Experiment experiment;
  data::Prepared prepared;
  std::shared_ptr<const nn::Snapshot> snapshot;
  std::function<Matrix(const Matrix&)> inputs_of = [](const Matrix& x) { return x; };
  nn::Parameters untrained;

  explicit Trained(Index seed)
      : experiment(data::load_experiment(data::experiments_folder().parent_path() / "runs/planted/experiment.toml")) {
    experiment.seed = seed;
    prepared = data::prepare(experiment, "");
    nn::Trainer trainer = data::trainer(prepared, experiment);
    untrained = trainer.snapshot()->state.parameters;
    while (trainer.step()) {
    }
    snapshot = trainer.snapshot();
    WARN("seed " << seed << ": test accuracy " << trainer.history().back().test_accuracy);
  }
  Study study(Index example) const { return study_of(*snapshot, prepared, inputs_of, {}, example); }
};
const std::vector<Trained>& networks() {
  static const std::vector<Trained> all = [] {
    std::vector<Trained> made;
    for (Index seed = 1; seed <= 3; seed++) made.emplace_back(seed);
    return made;
  }();
  return all;
}

Arguments asked(std::string_view name) {
  Arguments given = {{"target", 1}};  // the true class
  if (name == "occlusion" || name == "patches") given["patch"] = 5, given["stride"] = 2;
  if (name == "occlusion") given["border"] = 0;
  if (name == "rise") given["masks"] = 250, given["cells"] = 7;
  if (name == "lime") given["samples"] = 300;
  return arguments(method(name), given);
}

nn::ConstView mask_of(const data::Dataset& set, Index i) {
  return {set.masks.view().row(i), set.shape.height, set.shape.width, set.shape.width};
}

struct Found {
  double pointing = 0, mass = 0, auc = 0;
};
Found found(const std::string& name, const Trained& net, bool trained) {
  Found sum;
  for (Index k = 0; k < images; k++) {
    const Index i = net.prepared.split.test[std::size_t(k)];
    const Study whole = net.study(i), study = with_parameters(whole, trained ? whole.parameters : net.untrained);
    const Matrix map = collapsed(explained(explainer(name), study, asked(name)));
    const nn::ConstView mask = mask_of(whole.set, i);
    sum.pointing += points_at(map, mask) / double(images), sum.mass += mass_in(map, mask) / double(images),
        sum.auc += roc_auc(map, mask) / double(images);
  }
  return sum;
}
Found found_by_knowing_nothing(const Trained& net) {
  Found sum;
  for (Index k = 0; k < images; k++) {
    const Index i = net.prepared.split.test[std::size_t(k)];
    const Study study = net.study(i);
    const Matrix x = column_of(nn::ConstView{study.set.inputs.view().row(i), 1, study.set.inputs.columns(), study.set.inputs.columns()});
    const Matrix map = trivial_map(x, filling_of(study, Space::network, 1).background, study.set.shape);
    sum.pointing += points_at(map, mask_of(study.set, i)) / double(images),
        sum.mass += mass_in(map, mask_of(study.set, i)) / double(images), sum.auc += roc_auc(map, mask_of(study.set, i)) / double(images);
  }
  return sum;
}

// Two shapes in a picture: what lies in the mask of one is put into another, where the masks do not meet. The map of each class in turn.
double selective(const std::string& name, const Trained& net) {
  const data::Dataset& set = net.prepared.set;
  double sum = 0;
  Index count = 0;
  for (std::size_t k = 0; count < pairs && k + 1 < net.prepared.split.test.size(); k++) {
    const Index a = net.prepared.split.test[k], b = net.prepared.split.test[k + 1];
    const nn::ConstView one = mask_of(set, a), other = mask_of(set, b);
    bool meet = set.labels[std::size_t(a)] == set.labels[std::size_t(b)];
    Matrix row(1, set.inputs.columns());
    for (Index i = 0; i < row.columns(); i++) {
      const bool in_one = one.data[i] > 0, in_other = other.data[i] > 0;
      meet = meet || (in_one && in_other);
      row(0, i) = set.inputs(in_other ? b : a, i);
    }
    if (meet) continue;
    for (const bool own : {true, false}) {
      Arguments options = asked(name);
      options["target"] = 2, options["class"] = double(set.labels[std::size_t(own ? a : b)] + 1);
      const Matrix map = collapsed(explained(explainer(name), net.study(a), row, options));
      sum += selectivity(map, own ? one : other, own ? other : one), count++;
    }
  }
  REQUIRE(count >= pairs);
  return sum / double(count);
}

struct Threshold {
  std::string name;
  double pointing, mass, auc, selectivity;  // at least; 0: nothing is asserted
};
void check(const Threshold& least) {
  std::vector<double> pointing, mass, auc, selectivities;
  std::ostringstream words;
  for (const Trained& net : networks()) {
    const Found trained = found(least.name, net, true), untrained = found(least.name, net, false), trivial = found_by_knowing_nothing(net);
    pointing.push_back(trained.pointing), mass.push_back(trained.mass), auc.push_back(trained.auc);
    if (least.selectivity > 0) selectivities.push_back(selective(least.name, net));
    words << "\n  pointing " << trained.pointing << " (untrained " << untrained.pointing << ", |x - b| " << trivial.pointing << ", margin "
          << trained.pointing - std::max(untrained.pointing, trivial.pointing) << ")  mass " << trained.mass << " (" << untrained.mass
          << ", " << trivial.mass << ")  AUC " << trained.auc << " (" << untrained.auc << ", " << trivial.auc << ")";
    if (least.selectivity > 0) words << "  selectivity " << selectivities.back();
  }
  WARN(least.name << words.str());
  CHECK(median(pointing) >= least.pointing);
  CHECK(median(mass) >= least.mass);
  CHECK(median(auc) >= least.auc);
  if (least.selectivity > 0) CHECK(median(selectivities) >= least.selectivity);
}

}  // namespace

TEST_CASE("occlusion finds planted shapes (T-8)", "[.long]") { check({"occlusion", 0.62, 0.33, 0, 0.65}); }
TEST_CASE("random patches find planted shapes (T-10)", "[.long]") {
  check({"patches", 0.60, 0, 0.70, 0.01});
}  // measured selectivity: .51 to .55
TEST_CASE("RISE finds planted shapes (T-21)", "[.long]") { check({"rise", 0.55, 0, 0, 0}); }
TEST_CASE("LIME finds planted shapes (T-21)", "[.long]") {
  check({"lime", 0, 0, 0, 0.58});
}  // measured pointing: .44 to .65; the first pixel of a piece points

TEST_CASE("a patch beside the shape changes nothing, on it often everything (T-9)", "[.long]") {
  std::vector<double> ratios, hidden, kept;
  for (const Trained& net : networks()) {
    double ratio = 0, below = 0, same = 0;
    Index beside = 0;
    for (Index k = 0; k < images; k++) {
      const Index i = net.prepared.split.test[std::size_t(k)];
      const Study study = net.study(i);
      const Arguments options = arguments(method("occlusion"), {{"target", 1}, {"patch", 5}, {"stride", 2}, {"border", 0}});
      const Numbers numbers = method("occlusion").compute(study, options);
      const nn::ConstView p = rows_of(numbers["probability"]), label = rows_of(numbers["label"]), boxes = rows_of(numbers["patches"]),
                          before = rows_of(numbers["before"]), mask = mask_of(study.set, i);
      double mean = 0, least = 1;
      Index off = 0;
      for (Index w = 0; w < boxes.rows; w++) {
        bool touches = false;
        for (Index r = Index(boxes(w, 0)); r < Index(boxes(w, 0) + boxes(w, 2)); r++)
          for (Index c = Index(boxes(w, 1)); c < Index(boxes(w, 1) + boxes(w, 3)); c++) touches = touches || mask(r, c) > 0;
        if (touches)
          least = std::min(least, double(p.data[w]));
        else
          mean += double(p.data[w]), off++, same += label.data[w] == before(0, 2), beside++;
      }
      ratio += mean / double(off) / double(before(0, 0)) / double(images), below += (least < 0.5) / double(images);
    }
    ratios.push_back(ratio), hidden.push_back(below), kept.push_back(same / double(beside));
    WARN("p beside the shape / p: " << ratio << ", images whose least p on it is below 1/2: " << below
                                    << ", label kept beside it: " << kept.back());
  }
  CHECK(median(ratios) >= 0.98);
  CHECK(median(hidden) >= 0.30);
  CHECK(median(kept) >= 0.97);
}

TEST_CASE("units use less of their receptive field the deeper they are (T-11)", "[.long]") {
  std::vector<double> last;
  for (const Trained& net : networks()) {
    const Study study = net.study(net.prepared.split.test[0]);
    nn::Tape tape;
    const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
    const std::vector<Stage> all = stages(network, tape.program());
    const ReceptiveFields fields(study.model, all);
    std::ostringstream words;
    double share = 2;                                   // of the first layer no less than the patch is found
    for (const std::size_t stage : {2u, 5u, 7u, 9u}) {  // the rectified maps
      double sum = 0;
      Index units = 0;
      const nn::Shape shape = all[stage].shape;
      for (Index unit = 0; unit < std::min<Index>(shape.channels, 8); unit++) {
        const SeenField seen = seen_field(study, stage, unit, {.patch = 6, .stride = 1, .draws = 2, .images = 12, .searched = 300}, 1);
        if (seen.images > 0) sum += seen.size, units++;
      }
      const double theory = double(fields.field(stage, shape.height / 2, shape.width / 2).height);
      CHECK(sum / double(units) / theory <= share + (stage < 7 ? 10 : 0));
      share = sum / double(units) / theory;
      words << "  " << all[stage].name << ": " << sum / double(units) << " of " << theory;
    }
    WARN("empirical and theoretical fields" << words.str());
    last.push_back(share);
  }
  CHECK(median(last) >= 0.4);
  CHECK(median(last) <= 0.85);
}

TEST_CASE("the regions that the purest unit says most of show one shape (T-12)", "[.long]") {
  const Method& m = method("regions");
  std::vector<double> shown;
  for (const Trained& net : networks()) {
    const Study study = net.study(net.prepared.split.test[0]);
    double best = 0;
    for (double unit = 1; unit <= 24; unit++) {
      const Numbers numbers = m.compute(study, arguments(m, {{"stage", 9}, {"unit", unit}, {"count", 9}, {"images", 300}}));
      const nn::ConstView regions = rows_of(numbers["regions"]);
      if (regions.rows < 9 || !(regions(8, 0) > 0)) continue;
      std::map<int, double> of_class;  // regions in which half of a mask or more is seen
      for (Index k = 0; k < 9; k++) {
        const nn::ConstView mask = mask_of(study.set, Index(regions(k, 1)));
        double seen = 0, all = 0;
        for (Index i = 0; i < mask.rows; i++)
          for (Index j = 0; j < mask.columns; j++) {
            all += double(mask(i, j));
            if (i >= regions(k, 2) && i < regions(k, 2) + regions(k, 4) && j >= regions(k, 3) && j < regions(k, 3) + regions(k, 5))
              seen += double(mask(i, j));
          }
        if (seen >= all / 2) of_class[study.set.labels[std::size_t(regions(k, 1))]]++;
      }
      for (const auto& [label, count] : of_class) best = std::max(best, count / 9);
    }
    shown.push_back(best);
    WARN("of the nine regions of the purest unit show its shape: " << best);
  }
  CHECK(median(shown) >= 8.0 / 9 - 1e-9);
}

TEST_CASE("maps of gradients do not survive the destruction of their network (T-35)", "[.long]") {
  for (const std::string name : {"saliency", "smoothgrad", "gradcam", "guided", "occlusion"}) {
    std::vector<double> left;
    std::ostringstream words;
    for (const Trained& net : networks()) {
      double sum = 0;
      constexpr Index some = 16;
      for (Index k = 0; k < some; k++) {
        const Study study = net.study(net.prepared.split.test[std::size_t(k)]);
        Matrix x(1, study.set.inputs.columns());
        std::copy_n(study.set.inputs.view().row(study.example), x.columns(), x.data());
        Arguments options = arguments(method(name), {{"target", 1}});
        if (name == "occlusion") options["patch"] = 5, options["stride"] = 2;
        sum += cascade(explainer(name), study, x, options, std::uint64_t(k) + 1, {}).back().correlation / double(some);
      }
      left.push_back(std::abs(sum)), words << "  " << sum;
    }
    WARN(name << ": rank correlation over ink pixels when all layers are random" << words.str());
    if (name == "saliency" || name == "smoothgrad" || name == "gradcam") CHECK(median(left) <= 0.30);
  }
}
