// The table of all explainers.
#include "viz/explainers.h"

#include "engine/text.h"
#include "viz/baseline.h"
#include "viz/explanation_picture.h"
#include "viz/methods.h"
#include "viz/patches.h"
#include "viz/pieces.h"
#include "viz/relevance_options.h"
#include "viz/weighted_maps.h"

namespace viz {

// A line becomes a method: its command, its menu entry and its pictures follow from `explain`.
template <Explain* explain>
Explainer line(std::string_view name, std::string_view title, std::string_view help, std::string_view paper, bool is_signed, bool live,
               std::vector<Option> options = {}, Scene (*layout)(const Numbers&, Box, const Style&) = draw_explanation,
               std::string_view run = "drawn") {
  const auto compute = [](const Study& study, const Arguments& given) -> Numbers {
    for (const Explainer& e : explainers())
      if (e.explain == explain) return numbers_of(e, study, given);
    return {};
  };
  return {name, title, help, paper, is_signed, live, std::move(options), explain, compute, layout, run};
}

static std::vector<Option> with(std::vector<Option> options, const std::vector<Option>& more) {
  options.insert(options.end(), more.begin(), more.end());
  return options;
}

// clang-format off
std::span<const Explainer> explainers() {
  constexpr bool is_signed = true, is_unsigned = false, live = true;
  static const Option draw{"draw", "which random numbers are drawn", 1, 1, 1000, 1};
  static const Option y{"y", "row of the patch by hand, counted from 1; 0: where the score is least", 0, 0, 4096, 1}, x{"x", "column of the patch by hand, counted from 1; 0: where the score is least", 0, 0, 4096, 1};
  static const std::vector<Explainer> all = {
      line<saliency::explain>("saliency", "Saliency", "How much each pixel would change the score: the size of the gradient.", "Simonyan et al. 2013", is_unsigned, live),
      line<deconvnet::explain>("deconvnet", "Deconvnet", "Every layer undone in turn, from the score back to the pixels.", "Zeiler and Fergus 2014", is_signed, live),
      line<guided::explain>("guided", "Guided backpropagation", "The gradient, where both it and what it passes are positive.", "Springenberg et al. 2014", is_signed, live),
      line<inputxgradient::explain>("inputxgradient", "Input times gradient", "What each pixel adds to the score if the network were linear.", "Shrikumar et al. 2016", is_signed, live, {baseline_option()}),
      line<relevance::explain>("relevance", "Relevance", "The score itself, shared layer by layer among all that made it.", "Bach et al. 2015", is_signed, live, relevance_options()),
      line<gradcam::explain>("gradcam", "Grad-CAM", "The maps of a layer, each as important as the slope of the score to it.", "Selvaraju et al. 2017", is_unsigned, live, weighted_maps_options(), draw_weighted_maps, "planted"),
      line<cam::explain>("cam", "Class activation map", "The maps before the last layer, each as important as its weight for the class.", "Zhou et al. 2015", is_signed, live, weighted_maps_options(), draw_weighted_maps, "planted"),
      line<guidedgradcam::explain>("guidedgradcam", "Guided Grad-CAM", "Where by Grad-CAM, what by guided backpropagation.", "Selvaraju et al. 2017", is_signed, live, weighted_maps_options(), draw_explanation, "planted"),
      line<integrated::explain>("integrated", "Integrated gradients", "The slopes of the score, all the way from an empty picture to this one.", "Sundararajan et al. 2017", is_signed, live,
                                {baseline_option(), {"steps", "on the way from the baseline; 0: as many as it takes until they add up", 0, 0, 1024, 1}, {"points", "where in each step the slope is taken", 0, 0, 1, 1, {"middle", "end"}}}),
      line<smoothgrad::explain>("smoothgrad", "SmoothGrad", "The mean of the gradients at many noisy copies of the picture.", "Smilkov et al. 2017", is_unsigned, live,
                                {{"samples", "how many noisy copies", 25, 1, 200, 1}, {"noise", "its deviation, in parts of the range of the pixels", 0.15, 0, 1, 0}, {"draw", "which noise is drawn", 1, 1, 1000, 1}}),
      line<deeplift::explain>("deeplift", "DeepLIFT", "What each pixel adds, by slopes between an empty picture and this one.", "Shrikumar et al. 2017", is_signed, live, {baseline_option()}),

      {"occlusion", "Occlusion", "What becomes of the answer while a patch slides over the picture.", "Zeiler and Fergus 2014", is_signed, live,
       {patch_option(4), stride_option(1), fill_option(Fill::grey), {"border", "where patches lie: with their middles on every pixel and cut at the border, or whole ones from the top left, the last ones cut", 1, 0, 1, 1, {"grid", "centred"}},
        {"maps", "of which stage the strongest map is shown: the last that has maps, or the chosen one", 0, 0, 1, 1, {"last", "chosen"}}, y, x}, occlusion::explain, occlusion::compute, occlusion::layout},
      {"patches", "Random patches", "Where patches of random pixels change what is said, and how much of its receptive field a unit uses.", "Zhou et al. 2014", is_unsigned, !live,
       {patch_option(4), stride_option(2), {"repeats", "how often each patch is drawn anew", 4, 1, 64, 1}, {"images", "of how many training images, those that the unit says most of, the mean is taken", 9, 1, 100, 1}, draw}, patches::explain, patches::compute, patches::layout},
      line<rise::explain>("rise", "RISE", "The picture through many random masks: a pixel counts as much as the score is high where it is seen.", "Petsiuk et al. 2018", is_unsigned, !live,
       {{"masks", "how many", 500, 10, 8000, 1}, {"cells", "of a mask in each direction, before it is enlarged", 5, 1, 20, 1}, {"seen", "the part of the picture that a mask shows", 0.5, 0.1, 0.9}, fill_option(Fill::background), draw}),
      line<lime::explain>("lime", "LIME", "The linear function of the picture's pieces that comes nearest to the score.", "Ribeiro et al. 2016", is_signed, !live,
       with(piece_options(4, 500), {{"ridge", "how strongly the weights are held down", 0.001, 0, 10}, draw})),
      line<shapley::explain>("shapley", "Shapley values", "What each piece of the picture adds, on the average over all orders in which they could come.", "Lundberg and Lee 2017", is_signed, !live, with(piece_options(4, 1000), {draw})),
  };
  return all;
}
// clang-format on

const Explainer& explainer(std::string_view wanted) {
  std::vector<std::string> names;
  for (const Explainer& e : explainers()) {
    if (e.name == wanted) return e;
    names.emplace_back(e.name);
  }
  throw std::invalid_argument("no explainer '" + std::string(wanted) + "'; did you mean '" + nn::nearest(wanted, names) + "'?");
}

Option explainer_option() {
  std::vector<std::string_view> names;
  for (const Explainer& e : explainers()) names.push_back(e.name);
  return {"explainer", "whose map it is", 0, 0, double(names.size() - 1), 1, names};
}

Method method_of(const Explainer& e) {
  std::vector<Option> options = target_options();
  options.insert(options.end(), e.options.begin(), e.options.end());
  return {e.name, e.title, e.help, e.paper, Place::feature, std::move(options), e.compute, e.layout, e.run, Reads::pictures};
}

}  // namespace viz
