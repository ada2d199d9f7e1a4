// Shapley values of the pieces of a picture (Shapley 1953; Lundberg and Lee 2017): what each adds on the average over all orders in which
// the pieces could come. Of few pieces exactly, of more by the weighted fit of KernelSHAP.
#include "viz/explainers.h"
#include "viz/figure.h"
#include "viz/pieces.h"

namespace viz::shapley {

using nn::Index;

namespace {

constexpr Index most_exact = 12;  // 4096 coalitions

// All coalitions of one part and of all but one, which weigh most; then halves by chance. First the whole and the empty one.
nn::Matrix telling_coalitions(Index parts, Index count, std::uint64_t seed) {
  nn::Matrix on = some_coalitions(parts, std::max(count, 2 * parts + 2), seed);
  for (Index k = 0; k < parts; k++)
    for (Index i = 0; i < parts; i++) on(i, 2 + 2 * k) = nn::Real(i == k), on(i, 3 + 2 * k) = nn::Real(i != k);
  return on;
}

}  // namespace

Explanation explain(const Question& q, const Progress& progress) {
  const Cut cut = cut_picture(q, "shapley");
  const Index parts = count_of(cut.pieces);
  const bool exact = parts <= most_exact;
  const nn::Matrix on = exact ? all_coalitions(parts) : telling_coalitions(parts, Index(q.options.at("samples")), q.seed);
  const Scores scores = scores_of(cut, on, q, progress);
  const std::vector<double> phi = exact ? shapley_values(parts, scores) : kernel_shap(on, scores);
  Explanation e = painted_explanation(cut, phi, q);
  double sum = 0;
  for (const double p : phi) sum += p;
  const double whole = double(exact ? scores.back() : scores[0]), nothing = double(exact ? scores[0] : scores[1]);
  e.shares = {{"the pieces", sum}};
  e.whole = whole - nothing;
  e.promise = "the pieces share what the score has more than that of the baseline";
  e.note = std::to_string(parts) + " pieces, " + (exact ? "all " : "") + std::to_string(on.columns()) +
           " coalitions; a pixel has its share of its piece";
  return e;
}

}  // namespace viz::shapley
