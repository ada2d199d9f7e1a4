// The parts of the layered picture of a network: nodes, links, biases, headings and legend.
#pragma once
#include "viz/layout.h"
#include "viz/plane.h"

namespace viz::network {

inline constexpr double controls = 36;  // the height kept free above the columns, for buttons 34 high

// Everything that the parts of the picture need; layers are counted from 0, the input.
struct Picture {
  const Numbers& numbers;
  const Style& style;
  std::vector<int> sizes;                       // neurons of each layer
  std::vector<nn::Index> first;                 // of each layer, in "neurons"
  std::vector<std::vector<std::string>> names;  // of neurons: "x1", "neuron 3 of layer 1", "output iris"
  bool map, image;                              // neurons are maps of the plane; the input is one picture
  nn::Index chosen;                             // neuron, counted from 0 in "neurons"; -1 for none
  Scene scene;

  Layered nodes = {};
  Box body = {}, input = {}, output = {};  // all of it without headings and legend; the picture that is the input; the large map
  double lowest = 0;                       // where the legend begins
  double label = 0, words = 0;             // widths of the words at the left of inputs and at the right of outputs
  double widest_class = 0;                 // of the names of the outputs

  Picture(const Numbers& numbers, Box box, const Style& style);
  const std::string& parameter(std::size_t layer) const { return words_of(numbers, "parameters")[layer]; }  // "dense1"
  nn::ConstView values(std::size_t layer) const;  // of all neurons of a layer, below each other
  double range(std::size_t layer, std::size_t i) const;
  // The output is drawn large alone where there is one; several are nodes too.
  bool is_large(std::size_t layer) const { return map && layer + 1 == sizes.size() && sizes[layer] == 1; }
  bool is_chosen(std::size_t layer, std::size_t i) const { return chosen == first[layer] + nn::Index(i); }
  // A neuron other than the single output takes the place of the output in the large map.
  bool replaced() const { return map && chosen >= 0 && !is_chosen(sizes.size() - 1, 0); }
  bool of_classes(std::size_t layer) const;  // several outputs, one for each class, in the classes' colours
  Box node(std::size_t layer, std::size_t i) const { return is_large(layer) ? output : nodes.columns[layer].nodes[i]; }
  std::size_t shown(std::size_t layer) const { return is_large(layer) ? 1 : nodes.columns[layer].nodes.size(); }
  std::size_t hidden_layers() const { return sizes.size() >= 2 ? sizes.size() - 2 : 0; }
};

// What a neuron says over the plane: from orange to blue, or for the output of a class from grey to the colour of the class.
Image picture_of(const Picture& p, nn::ConstView said, std::size_t layer, std::size_t i, Box box);
void add_bias(Picture& p, std::size_t layer, std::size_t i, Box node);
// "x1^2" is x₁² and "x1*x2" is x₁x₂; other names stay as they are.
std::string pretty(const std::string& name);

// How a link or a swatch of the legend shows a weight.
double width_of(double weight, double node_size);
Color link_color(const Style& style, double weight);

void place(Picture& p, Box room);               // finds the boxes
void add_areas(Picture& p);                     // "columns", "column:1", ...: invisible, below everything
void add_links(Picture& p, std::size_t layer);  // into a layer
void add_picture_links(Picture& p);             // from the picture into the first layer
void add_column(Picture& p, std::size_t layer);
void add_input_picture(Picture& p);
void add_output(Picture& p);                                // the large map with the data
void add_headings(Picture& p, Box row);                     // "INPUTS", "4 HIDDEN LAYERS", "OUTPUT" above what they name
std::vector<Scene> legend(const Picture& p, double width);  // entries of rows that wide
double legend_height(const std::vector<Scene>& entries, double width, int most_rows);
void add_legend(Picture& p, const std::vector<Scene>& entries, Box rows);

}  // namespace viz::network
