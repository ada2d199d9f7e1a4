// The parts of the layered picture of a network: nodes, links, biases, headings and legend.
#pragma once
#include "viz/layout.h"
#include "viz/plane.h"

namespace viz::network {

// Everything that the parts of the picture need; layers are counted from 0, the input.
struct Picture {
  const Numbers& numbers;
  const Style& style;
  std::vector<int> sizes;        // neurons of each layer
  std::vector<nn::Index> first;  // of each layer, in "neurons"
  Layered nodes;
  bool map, image;  // neurons are maps of the plane; the input is one picture
  Box output;       // the large map
  Scene scene;

  Picture(const Numbers& numbers, Box box, const Style& style);
  const std::string& parameter(std::size_t layer) const;     // "dense1"
  std::string neuron(std::size_t layer, nn::Index i) const;  // "neuron 3 of layer 1"
  nn::ConstView values(std::size_t layer) const;             // of all neurons of a layer, below each other
  // The output is drawn large alone where there is one; several are nodes too.
  bool is_large(std::size_t layer) const { return map && layer + 1 == sizes.size() && sizes[layer] == 1; }
  Box node(std::size_t layer, std::size_t i) const { return is_large(layer) ? output : nodes.columns[layer].nodes[i]; }
  std::size_t shown(std::size_t layer) const { return is_large(layer) ? 1 : nodes.columns[layer].nodes.size(); }
};

void add_links(Picture& p, std::size_t layer);  // into a layer
void add_picture_links(Picture& p, Box image);  // from the picture into the first layer
void add_column(Picture& p, std::size_t layer, double label_width);
void add_output(Picture& p);                        // the large map with the data
void add_headings(Picture& p, Box row, Box input);  // "INPUTS", "4 HIDDEN LAYERS", "OUTPUT" above what they name
void add_legend(Picture& p, Box row);

}  // namespace viz::network
