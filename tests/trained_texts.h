// Networks that have learned a text, for long tests, and what they do on its end, which they have not read before.
#pragma once
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "datasets/experiment.h"
#include "viz/text_study.h"
#include "viz/workbench.h"

namespace texts {

using namespace viz;
using nn::Index;
using nn::Real;

inline double median(std::vector<double> x) {
  std::sort(x.begin(), x.end());
  return x[x.size() / 2];
}

// Values by their names, one of each seed.
struct Measured {
  std::map<std::string, std::vector<double>> all = {};
  void add(const std::string& name, double value) { all[name].push_back(value); }
  double middle(const std::string& name) const { return median(all.at(name)); }
  std::string words() const {
    std::ostringstream out;
    for (const auto& [name, values] : all) {
      out << "\n  " << name << ":";
      for (const double value : values) out << ' ' << value;
    }
    return out.str();
  }
};

struct Trained {
  std::unique_ptr<Workbench> bench;
  std::shared_ptr<const nn::Snapshot> before;  // what it was before training
  Study study() const { return bench->study(); }
  const nn::Parameters& untrained() const { return before->state.parameters; }
  // What either of them makes of the text's end.
  Reading read(const nn::Parameters& parameters, Kept kept = {}) const {
    const Study now = study();
    const data::TextSet& text = text_of(now, "test");
    return read_text(now, parameters, text, part_of(now, text, 0, 20'000), kept);
  }
};

// As datasets/experiments/latch.toml, on another text, by other layers.
inline Trained trained(const std::string& text, const std::string& layers, Index seed, const std::string& epochs = "20") {
  data::Experiment e = data::load_experiment(data::experiments_folder() / "latch.toml");
  data::set(e, "data.source=" + text), data::set(e, "model.layers=" + layers), data::set(e, "data.seed=1");
  data::set(e, "train.epochs=" + epochs);
  e.seed = seed;
  Trained net{std::make_unique<Workbench>(e, ""), {}};
  net.before = net.bench->session().snapshot();
  while (net.bench->session().advance(1000) > 0) {
  }
  return net;
}

inline std::vector<Real> track(const Reading& reading, const std::string& name) { return track_named(reading, name, "test").values; }

}  // namespace texts
