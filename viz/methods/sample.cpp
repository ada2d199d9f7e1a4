// A text that the network writes, coloured by how certain it was of each symbol, with what else could have stood there.
#include <algorithm>
#include <cmath>

#include "datasets/text.h"
#include "viz/link.h"
#include "viz/methods.h"
#include "viz/sampling.h"
#include "viz/text_grid.h"
#include "viz/text_study.h"

namespace viz::sample {

namespace {

using nn::Index;
using nn::Real;

constexpr Index likeliest = 5;

std::string percent(double share) { return number_words(std::round(share * 100)) + " %"; }

std::string tip_of(const Numbers& numbers, Index t, const std::vector<std::string>& vocabulary) {
  const nn::ConstView share = rows_of(numbers["alternative share"]);
  const std::int64_t* others = whole_numbers(numbers, "alternatives").data() + t * likeliest;
  std::string words = data::character_name(vocabulary[std::size_t(whole_numbers(numbers, "symbols")[std::size_t(t)])]) + " was drawn at " +
                      percent(double(rows_of(numbers["certainty"])(0, t))) + "; there were ";
  for (Index i = 0; i < likeliest && others[i] >= 0; i++)
    words += (i ? ", " : "") + data::character_name(vocabulary[std::size_t(others[i])]) + " " + percent(double(share(t, i)));
  return words;
}

}  // namespace

// Tensors "certainty", "symbols" [steps]; "alternatives", "alternative share" [steps, 5]; "prime" [n]. Words "vocabulary", "temperature".
Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = text_of(study, "sample");
  Part part = part_of(study, text, options.at("from"), options.at("prime"));
  if (study.given_text && options.at("from") == 0) part.first = std::ssize(text.ids) - part.count;  // it goes on where a person has ended
  const std::vector<int> prime(text.ids.begin() + part.first,
                               text.ids.begin() + part.first + std::min(part.count, Index(options.at("prime"))));
  const Index steps = Index(options.at("length"));
  const Sampled made = sampled_text(study, prime, steps, options.at("temperature"), std::uint64_t(options.at("draw")));
  std::vector<std::int64_t> others;
  std::vector<Real> shares;
  for (const auto& step : made.alternatives)
    for (std::size_t i = 0; i < std::size_t(likeliest); i++) {
      others.push_back(i < step.size() ? step[i].symbol : -1);
      shares.push_back(i < step.size() ? Real(step[i].share) : Real(0));
    }
  Numbers numbers;
  numbers.tensors.push_back(tensor_of_reals("certainty", {steps}, {made.shares.begin(), made.shares.end()}));
  numbers.tensors.push_back({"symbols", {steps}, std::vector<std::int64_t>(made.symbols.begin(), made.symbols.end())});
  numbers.tensors.push_back({"alternatives", {steps, likeliest}, std::move(others)});
  numbers.tensors.push_back(tensor_of_reals("alternative share", {steps, likeliest}, std::move(shares)));
  numbers.tensors.push_back({"prime", {std::ssize(prime)}, std::vector<std::int64_t>(prime.begin(), prime.end())});
  numbers.tensors.push_back({"chosen", {2}, std::vector<std::int64_t>{Index(options.at("next")), Index(options.at("draw"))}});
  numbers.words["vocabulary"] = text.symbols.symbols();
  numbers.words["temperature"] = {number_words(options.at("temperature"))};
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) {
  constexpr double line = 19, alternative = 12, gap = 6;
  const Theme& theme = *style.theme;
  const auto& vocabulary = words_of(numbers, "vocabulary");
  const nn::ConstView certainty = rows_of(numbers["certainty"]), share = rows_of(numbers["alternative share"]);
  const double draw = double(whole_numbers(numbers, "chosen")[1]);
  Scene scene = sheet(box, style);
  Box room = add_title(scene, "What the network writes at temperature " + words_of(numbers, "temperature")[0],
                       words_of(numbers, "moment")[0], style);
  if (room.height > 120) {
    Box legend = room.cut_bottom(18);
    for (int i = 0; i <= 10; i++)
      scene.add(Rect{.box = {legend.x + 8 * i, legend.y + 4, 8, 10}, .fill = mix(theme.background, theme.accent, 0.08 * i)});
    const std::string below =
        whole_numbers(numbers, "chosen")[0] > 0 ? "; below: what else could have stood there, the likelier the stronger" : "";
    add_words(scene, {legend.x + 96, legend.y + 13}, "how certain each was, 0 to 100 %" + below + "; grey: the text before, which was read",
              legend.width - 96, theme.muted);
    room.cut_bottom(4);
  }
  std::vector<std::string> text;
  for (const std::int64_t symbol : whole_numbers(numbers, "prime")) text.push_back(vocabulary[std::size_t(symbol)]);
  const Index before = std::ssize(text);
  for (const std::int64_t symbol : whole_numbers(numbers, "symbols")) text.push_back(vocabulary[std::size_t(symbol)]);

  Index next = std::min<Index>(whole_numbers(numbers, "chosen")[0], std::ssize(vocabulary));
  while (next > 0 && room.height < 2 * (line + alternative * double(next))) next--;
  const TextGrid grid = text_grid(text, room, 13, line + (next > 0 ? double(next) * alternative + gap : 0));
  for (Index i = 0; i < std::ssize(grid.boxes); i++) {
    Box column = grid.boxes[std::size_t(i)];
    const Box above = column.cut_top(line);
    if (i < before) {
      add_symbol(scene, text[std::size_t(i)], above, 13, theme.background, theme.muted);
      continue;
    }
    const Index t = i - before;
    const Color ground = mix(theme.background, theme.accent, 0.8 * double(certainty(0, t)));
    add_symbol(scene, text[std::size_t(i)], above, 13, ground, ink_on(ground), tip_of(numbers, t, vocabulary));
    for (Index k = 0; k < next; k++) {
      const std::int64_t symbol = whole_numbers(numbers, "alternatives")[std::size_t(t * likeliest + k)];
      const Box below = column.cut_top(alternative);
      if (symbol < 0 || share(t, k) < Real(0.01)) continue;
      const Color red = mix(theme.background, theme.warning, 0.8 * double(share(t, k)));
      const std::string& name = vocabulary[std::size_t(symbol)];
      add_symbol(scene, name == " " ? "␣" : name, below, 9, red, ink_on(red));
    }
  }
  scene.add(on_key("next", {{"draw", draw >= 1000 ? 1 : draw + 1}}));
  return scene;
}

}  // namespace viz::sample
