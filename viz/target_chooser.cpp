// Words to be pressed, each a target.
#include "viz/target_chooser.h"

#include "viz/link.h"
#include "viz/text.h"

namespace viz {

using nn::Index;
using nn::Real;

void add_choice(Numbers& numbers, const Study& study, const Backward& net, const Arguments& options) {
  const auto asked = [&](const char* name, double otherwise) {
    const auto at = options.find(name);
    return Real(at == options.end() ? otherwise : at->second);
  };
  numbers.tensors.push_back(tensor_of_reals("choice", {3}, {asked("target", 0), asked("class", 1), asked("score", 0)}));
  const Index outputs = net[net.network().output].rows, names = std::ssize(study.set.class_names);
  for (Index k = 0; k < std::min<Index>(outputs == 1 && names == 2 ? 2 : outputs, 100); k++)
    numbers.words["classes"].push_back(names > k ? study.set.class_names[std::size_t(k)] : "output " + std::to_string(k + 1));
}

void add_chooser(Scene& scene, Box row, const Numbers& numbers, const Style& style) {
  const Theme& theme = *style.theme;
  const nn::ConstView choice = rows_of(numbers["choice"]);
  const Index target = Index(choice(0, 0)), one = Index(choice(0, 1));
  const double right = row.right(), bottom = row.y + 19;
  double x = row.x;
  const auto add = [&](const std::string& words, bool is_chosen, const Settings& settings, const std::string& tip) {
    const double width = text_width(words, figure::small) + 10;
    if (x + width > right) return;
    const Box box{x, row.y, width, bottom - row.y};
    scene.add(Rect{.box = box.inset(0.5),
                   .radius = 4,
                   .fill = is_chosen ? theme.accent : theme.panel,
                   .stroke = is_chosen ? theme.accent : theme.line,
                   .id = on_press(settings),
                   .tip = tip});
    add_centered(scene, box, words, is_chosen ? theme.on_accent : theme.text);
    x += width + 3;
  };
  add("answer", target == 0, {{"target", 0}}, "Explain what the network answers.");
  add("truth", target == 1, {{"target", 1}}, "Explain the true class.");
  x += 5;
  const auto& classes = words_of(numbers, "classes");
  for (Index k = 0; k < std::ssize(classes); k++)
    add(classes[std::size_t(k)], target == 2 && one == k + 1, {{"target", 2}, {"class", double(k + 1)}}, "Explain this class.");
  x += 5;
  add("unit", target == 3, {{"target", 3}}, "Explain the unit that is chosen in other views.");
  add("map", target == 4, {{"target", 4}}, "Explain the whole map of that unit.");
  add("stage", target == 5, {{"target", 5}}, "Explain all that the stage of that unit says.");
  x += 5;
  const bool probability = choice(0, 2) > 0;
  add(probability ? "probability" : "logit", false, {{"score", probability ? 0. : 1.}},
      probability ? "Explain the logit instead." : "Explain the probability instead.");
}

}  // namespace viz
