// Headings and legend of the layered picture.
#include <algorithm>
#include <cctype>
#include <cmath>

#include "viz/network_picture.h"
#include "viz/text.h"

namespace viz::network {

using figure::small;

namespace {

constexpr double legend_row = 20;

double bold_width(const std::string& words) { return text_width(words, small, Font::bold); }

// "NEURON 3 OF LAYER 1", "OUTPUT versicolor"; names stay as they are.
std::string chosen_heading(const Picture& p) {
  std::size_t layer = p.sizes.size() - 1;
  while (p.first[layer] > p.chosen) layer--;
  std::string words = p.names[layer][std::size_t(p.chosen - p.first[layer])];
  const std::size_t upper = layer == 0 ? 0 : layer + 1 < p.sizes.size() ? words.size() : std::string_view("output").size();
  for (std::size_t i = 0; i < upper; i++) words[i] = char(std::toupper(static_cast<unsigned char>(words[i])));
  return words;
}

// An entry of the legend: marks in a row, from the left.
class Entry {
 public:
  explicit Entry(const Theme& theme) : theme_(theme) { scene_.box = {0, 0, 0, legend_row}; }
  Entry& words(const std::string& string, bool muted = false) {
    scene_.add(Text{.at = {scene_.box.width, legend_row / 2 + cap_height(small) / 2},
                    .string = string,
                    .size = small,
                    .color = muted ? theme_.muted : theme_.text});
    return gap(text_width(string, small));
  }
  Entry& gap(double width) { return scene_.box.width += width, *this; }
  Entry& line(double length, Color color, double width) {
    scene_.add_line({scene_.box.width, legend_row / 2}, {scene_.box.width + length, legend_row / 2}, color, width);
    return gap(length);
  }
  Entry& point(Color color, bool ring) {
    add_point(scene_, {scene_.box.width + 5, legend_row / 2}, 4, color, ring);
    return gap(10);
  }
  Entry& bar(double width, Scale scale, const std::string& tip) {
    nn::Matrix steps(1, 33);
    for (nn::Index i = 0; i < 33; i++) steps(0, i) = nn::Real(i) / 32;
    Image image = heat(steps, {scene_.box.width, legend_row / 2 - 5, width, 10}, scale, 0, 1);
    image.smooth = true, image.tip = tip;
    scene_.add(std::move(image));
    return gap(width);
  }
  operator Scene() const { return scene_; }

 private:
  const Theme& theme_;
  Scene scene_;
};

// The greatest range of the maps or values behind the inputs.
double largest_range(const Picture& p) {
  double most = 0;
  for (std::size_t k = 1; k < p.sizes.size(); k++)
    if (!p.of_classes(k)) most = std::max(most, p.range(k, 0));
  return most;
}

// Entries flow from the left; one that is too long for the rest of its row begins the next.
template <class Visit>
int flow(const std::vector<Scene>& entries, double width, Visit visit) {
  double x = 0;
  int row = 0;
  for (const Scene& entry : entries) {
    if (x > 0 && x + entry.box.width > width) x = 0, row++;
    visit(entry, x, row);
    x += entry.box.width + 18;
  }
  return row + 1;
}

}  // namespace

void add_headings(Picture& p, Box row) {
  const std::size_t hidden = p.hidden_layers();
  const Theme& theme = *p.style.theme;
  const auto write = [&](double x, const std::string& words, Color color, double y, const char* id = "") {
    p.scene.add(Text{.at = {x, y}, .string = words, .size = small, .color = color, .font = Font::bold, .id = id});
    return x + bold_width(words) + 12;
  };
  const std::string input_words = p.image ? "PICTURE" : "INPUTS",
                    hidden_words = std::to_string(hidden) + (hidden == 1 ? " HIDDEN LAYER" : " HIDDEN LAYERS"),
                    output_words =
                        shortened(p.replaced() ? chosen_heading(p) : "OUTPUT", small, std::max(60.0, p.output.width), Font::bold);
  const Box input = p.image ? p.input : p.node(0, 0);
  double free = write(std::max(row.x, std::min(input.x, input.center().x - bold_width(input_words) / 2)), input_words, theme.muted,
                      row.y + 13, "inputs");
  const Box last = p.map ? p.output : p.node(p.sizes.size() - 1, 0);
  const double output_x =
      std::min(p.map ? last.x : std::max(row.x, last.center().x - bold_width(output_words) / 2), row.right() - bold_width(output_words));
  if (hidden > 0) {
    const double middle = (p.nodes.columns[1].nodes[0].x + p.nodes.columns[hidden].nodes[0].right()) / 2;
    for (const std::string& words : {hidden_words, std::to_string(hidden) + " HIDDEN"}) {
      const double x = std::max(free, middle - bold_width(words) / 2);
      if (x + bold_width(words) + 12 > output_x) continue;
      free = write(x, words, theme.muted, row.y + 13, "layers");
      break;
    }
  }
  if (output_x >= free || p.output.y > row.y + 50)
    write(output_x, output_words, p.replaced() ? theme.accent : theme.muted, p.map ? p.output.y - 8 : row.y + 13);
}

std::vector<Scene> legend(const Picture& p, double width) {
  const Theme& theme = *p.style.theme;
  const bool narrow = width < 560;
  std::vector<Scene> all;
  Entry weights(theme);
  weights.words("weights", true);
  for (const double w : narrow ? std::vector<double>{-3, 3} : std::vector<double>{-5, -1, 1, 5})
    weights.gap(10).line(20, link_color(p.style, w), width_of(w, p.nodes.size)).gap(5).words(number_words(w));
  all.push_back(weights);

  const double most = largest_range(p);
  if (most > 0) {
    const std::string tip =
        "what the colours of neurons mean; the colours of each layer reach to its largest value, and at least to 1. "
        "Every input has its own range";
    all.push_back(Entry(theme)
                      .words("values", true)
                      .gap(8)
                      .words(most > 1 ? "−max" : "−1")
                      .gap(5)
                      .bar(narrow ? 40 : 70, p.style.scale, tip)
                      .gap(5)
                      .words(most > 1 ? "max" : "1"));
  }
  const auto& classes = words_of(p.numbers, "classes");
  if (!p.numbers.has("train")) return all;
  for (std::size_t k = 0; k < classes.size() && k < 6; k++)
    all.push_back(
        Entry(theme).point(class_color(int(k), classes.size(), p.style.scale), false).gap(5).words(shortened(classes[k], small, 90)));
  // Last: where room lacks, they can be missed, and a class can not.
  Entry parts(theme);
  parts.point(theme.muted, false).gap(5).words("train");
  if (p.numbers.has("test")) parts.gap(12).point(theme.muted, true).gap(5).words("test");
  all.push_back(parts);
  return all;
}

double legend_height(const std::vector<Scene>& entries, double width, int most_rows) {
  return legend_row * std::min(most_rows, flow(entries, width, [](const Scene&, double, int) {}));
}

void add_legend(Picture& p, const std::vector<Scene>& entries, Box rows) {
  flow(entries, rows.width, [&](const Scene& entry, double x, int row) {
    if ((row + 1) * legend_row <= rows.height && x + entry.box.width <= rows.width)
      p.scene.append(entry, {rows.x + x, rows.y + row * legend_row});
  });
}

}  // namespace viz::network
