// Regions: proposals, crops, and the best that do not overlap.
#include "viz/regions.h"

#include <catch2/catch.hpp>

#include "tests/methods_study.h"
#include "viz/backward.h"
#include "viz/figure.h"
#include "viz/stages.h"

using namespace viz;
using nn::Index;
using nn::Matrix;
using nn::Real;

TEST_CASE("the best regions are the largest that no larger one of their image overlaps") {
  nn::Generator random(3);
  std::vector<Region> all;
  for (int k = 0; k < 120; k++)
    all.push_back({Real(random.below(40)),
                   Index(random.below(3)),
                   {Index(random.below(8)), Index(random.below(8)), Index(2 + random.below(5)), Index(2 + random.below(5))}});
  const std::vector<Region> best = best_regions(all, 0.3, 1000);
  for (std::size_t i = 1; i < best.size(); i++) CHECK(best[i - 1].value >= best[i].value);
  for (const Region& a : best)
    for (const Region& b : best)
      if (&a != &b && a.image == b.image) CHECK(overlap(a.box, b.box) <= 0.3);
  for (const Region& r : all) {  // each that is left out is overlapped by one at least as large
    const auto same = [&](const Region& b) { return b.value == r.value && b.image == r.image && b.box == r.box; };
    const auto over = [&](const Region& b) { return b.image == r.image && b.value >= r.value && overlap(b.box, r.box) > 0.3; };
    CHECK((std::ranges::any_of(best, same) || std::ranges::any_of(best, over)));
  }
  CHECK(best_regions(all, 0.3, 5).size() == 5);
  CHECK(overlap({0, 0, 2, 2}, {0, 1, 2, 2}) == Approx(1.0 / 3));
}

TEST_CASE("the whole picture is cut out as it is, and a letterboxed region keeps its proportions") {
  const nn::Shape picture{2, 4, 6};
  Matrix x(48, 1), background(48, 1);
  for (Index i = 0; i < 48; i++) x(i, 0) = Real(i + 1);
  for (const Fitting how : {Fitting::letterbox, Fitting::warp}) CHECK(cut_out(x, picture, {0, 0, 4, 6}, how, background) == x);
  const Matrix tall = cut_out(x, picture, {0, 0, 4, 2}, Fitting::letterbox, background),
               wide = cut_out(x, picture, {0, 0, 4, 2}, Fitting::warp, background);
  for (Index i = 0; i < 4; i++) {
    CHECK(tall(i * 6, 0) == 0);  // background at both sides
    CHECK(tall(i * 6 + 5, 0) == 0);
    CHECK(tall(i * 6 + 2, 0) == x(i * 6, 0));
    CHECK(wide(i * 6, 0) == x(i * 6, 0));
    CHECK(wide(i * 6 + 5, 0) == x(i * 6 + 1, 0));
  }
}

TEST_CASE("proposals lie in the picture, once each, and the whole picture is one") {
  const nn::Shape picture{1, 8, 8};
  const data::Dataset set = made_pictures(1, 8);
  Matrix x(64, 1);
  std::copy_n(set.inputs.data(), 64, x.data());
  for (const auto& all : {window_regions(picture), merged_regions(x, picture)}) {
    CHECK(all.size() > 10);
    CHECK(all[0] == Pixels{0, 0, 8, 8});
    for (std::size_t i = 0; i < all.size(); i++) {
      CHECK((all[i].top >= 0 && all[i].left >= 0 && all[i].bottom() <= 8 && all[i].right() <= 8 && all[i].height > 0 && all[i].width > 0));
      for (std::size_t j = 0; j < i; j++) CHECK_FALSE(all[i] == all[j]);
    }
  }
}

TEST_CASE("a region that is the whole picture makes a unit say what it says of the picture") {
  const Study study = named("convolutions").study();
  const Method& m = method("regions");
  const Activations values(study, study.train.inputs);
  const std::vector<Stage> all = stages(values.network(), Backward(study, study.train.inputs).program());
  for (const double crop : {1.0, 2.0}) {
    const Numbers numbers =
        m.compute(study, arguments(m, {{"stage", 6}, {"unit", 3}, {"crop", crop}, {"overlap", 1}, {"count", 200}, {"images", 2}}));
    const nn::ConstView regions = rows_of(numbers["regions"]);
    int whole = 0;
    for (Index k = 0; k < regions.rows; k++)
      for (Index image = 0; image < 2; image++)
        if (regions(k, 4) == 8 && regions(k, 5) == 8 && Index(regions(k, 1)) == study.split.train[std::size_t(image)]) {
          whole++;
          CHECK(double(regions(k, 0)) == Approx(double(values[all[6].node](2, image))).epsilon(1e-5));
        }
    CHECK(whole == 2);
  }
}
