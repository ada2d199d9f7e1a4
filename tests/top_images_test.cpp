// The top images of every unit are those of a plain sort over all images.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/methods_study.h"
#include "viz/stages.h"
#include "viz/top_images.h"

using namespace viz;
using nn::Index;

namespace {

// One image at a time through the whole network; everything is sorted.
std::vector<Peak> by_sorting(const Study& study, std::size_t stage, Index unit, Index images) {
  std::vector<Peak> all;
  for (Index n = 0; n < std::min(images, study.train.count()); n++) {
    const Activations net(study, nn::Matrix(nn::ConstView{study.train.inputs.view().row(n), 1, study.train.inputs.columns(), 0}));
    nn::Tape tape;
    const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
    const Stage chosen = stages(network, tape.program())[stage];
    const nn::Matrix map = viz::map(net[chosen.node], chosen.shape, unit);
    const PlaceInMap at = largest(map);
    all.push_back({map(at.row, at.column), n, at.row, at.column});
  }
  std::stable_sort(all.begin(), all.end(), [](const Peak& a, const Peak& b) { return a.value > b.value; });
  all.resize(std::min<std::size_t>(all.size(), 9));
  return all;
}

}  // namespace

TEST_CASE("top images equal a full sort of all images, stage by stage and unit by unit") {
  const struct {
    const char* name;
    Index images;
  } cases[] = {{"convolutions", 500}, {"coloured pictures", 500}, {"convolutions", 51}, {"pictures", 5}};
  for (const auto& [name, images] : cases) {
    const Study study = named(name).study();
    nn::Tape tape;
    const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
    const std::vector<Stage> all = stages(network, tape.program());
    for (std::size_t stage = 0; stage < all.size(); stage++) {
      const auto best = top_images(study, stage, images);
      REQUIRE(std::ssize(best) == all[stage].shape.channels);
      for (Index unit = 0; unit < std::min<Index>(all[stage].shape.channels, 4); unit++) {
        const std::vector<Peak> expected = by_sorting(study, stage, unit, images), &found = best[std::size_t(unit)];
        REQUIRE(found.size() == expected.size());
        for (std::size_t i = 0; i < found.size(); i++) {
          INFO(name << " " << all[stage].name << " unit " << unit << " rank " << i);
          CHECK(double(found[i].value) == Approx(double(expected[i].value)).margin(1e-6));
          // Equal or nearly equal numbers may change places where one image runs alone and the other in a block.
          if (i > 0 && found[i - 1].value - found[i].value < nn::Real(1e-5)) continue;
          if (i + 1 < found.size() && found[i].value - found[i + 1].value < nn::Real(1e-5)) continue;
          if (i + 1 == found.size()) continue;
          CHECK(found[i].image == expected[i].image);
          CHECK((found[i].row == expected[i].row && found[i].column == expected[i].column));
        }
      }
    }
  }
}

TEST_CASE("of equal images the earlier comes first, and a number that is none comes last") {
  MadeStudy made = make_study({"a row", "conv 1 1x1, relu", made_pictures(40, 8), false, nn::Loss::quadratic, 0, 0});
  made.trainer->set_weight("conv1.weight", 0, 0, 0);  // says the same of every image
  auto best = top_images(made.study(), 2, 100);
  REQUIRE(best[0].size() == 9);
  for (Index i = 0; i < 9; i++) CHECK((best[0][std::size_t(i)].image == i && best[0][std::size_t(i)].row == 0));
  made.trainer->set_weight("conv1.weight", 0, 0, NAN);
  best = top_images(made.study(), 1, 100);
  CHECK(std::isnan(best[0][0].value));
  CHECK(top_images(made.study(), 1, 4)[0].size() == 4);
}
