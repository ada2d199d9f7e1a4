// The table of all explainers.
#include "viz/explainers.h"

#include "engine/text.h"
#include "viz/baseline.h"
#include "viz/explanation_picture.h"
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

// clang-format off
std::span<const Explainer> explainers() {
  constexpr bool is_signed = true, is_unsigned = false, live = true;
  static const std::vector<Explainer> all = {
      line<saliency::explain>("saliency", "Saliency", "How much each pixel would change the score: the size of the gradient.", "Simonyan et al. 2013", is_unsigned, live),
      line<deconvnet::explain>("deconvnet", "Deconvnet", "Every layer undone in turn, from the score back to the pixels.", "Zeiler and Fergus 2014", is_signed, live),
      line<guided::explain>("guided", "Guided backpropagation", "The gradient, where both it and what it passes are positive.", "Springenberg et al. 2014", is_signed, live),
      line<inputxgradient::explain>("inputxgradient", "Input times gradient", "What each pixel adds to the score if the network were linear.", "Shrikumar et al. 2016", is_signed, live, {baseline_option()}),
      line<relevance::explain>("relevance", "Relevance", "The score itself, shared layer by layer among all that made it.", "Bach et al. 2015", is_signed, live, relevance_options()),
      line<gradcam::explain>("gradcam", "Grad-CAM", "The maps of a layer, each as important as the slope of the score to it.", "Selvaraju et al. 2017", is_unsigned, live, weighted_maps_options(), draw_weighted_maps, "planted"),
      line<cam::explain>("cam", "Class activation map", "The maps before the last layer, each as important as its weight for the class.", "Zhou et al. 2015", is_signed, live, weighted_maps_options(), draw_weighted_maps, "planted"),
      line<guidedgradcam::explain>("guidedgradcam", "Guided Grad-CAM", "Where by Grad-CAM, what by guided backpropagation.", "Selvaraju et al. 2017", is_signed, live, weighted_maps_options(), draw_explanation, "planted"),
      line<integrated::explain>("integrated", "Integrated gradients", "The slopes of the score, all the way from an empty picture to this one.", "Sundararajan et al. 2017", is_signed, !live,
                                {baseline_option(), {"steps", "on the way from the baseline; 0: as many as it takes until they add up", 0, 0, 1024, 1}, {"points", "where in each step the slope is taken", 0, 0, 1, 1, {"middle", "end"}}}),
      line<smoothgrad::explain>("smoothgrad", "SmoothGrad", "The mean of the gradients at many noisy copies of the picture.", "Smilkov et al. 2017", is_unsigned, live,
                                {{"samples", "how many noisy copies", 25, 1, 200, 1}, {"noise", "its deviation, in parts of the range of the pixels", 0.15, 0, 1, 0}, {"draw", "which noise is drawn", 1, 1, 1000, 1}}),
      line<deeplift::explain>("deeplift", "DeepLIFT", "What each pixel adds, by slopes between an empty picture and this one.", "Shrikumar et al. 2017", is_signed, live, {baseline_option()}),
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

Method method_of(const Explainer& e) {
  std::vector<Option> options = target_options();
  options.insert(options.end(), e.options.begin(), e.options.end());
  return {e.name, e.title, e.help, e.paper, Place::feature, std::move(options), e.compute, e.layout, e.run};
}

}  // namespace viz
