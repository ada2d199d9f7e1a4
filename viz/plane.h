// What the network says over the plane of its two inputs, and the data on it: shared by the methods that show it.
#pragma once
#include "viz/neurons.h"

namespace viz {

// Tensors "output" [R, R, outputs], from the top left; "plane" [x low, x high, y low, y high]; "span" [low, high], the output's values at
// the ends of the colours. Of several values to predict, the first alone. Where a neuron is chosen (counted from 0 over all layers, input
// first) also "chosen" [R, R], what it says.
void add_output(Numbers& numbers, const Study& study, int resolution, nn::Index neuron = -1);
// Tensors "train" and, where wanted, "test" [examples, inputs + 1]: the inputs as they were loaded, and the class or the value; and
// "train rows", "test rows" [examples], where they lie in the set.
void add_points(Numbers& numbers, const Study& study, bool test);
// Each output becomes the nearest class, or of ten values between the ends of the colours the nearest.
void discretize(Numbers& numbers);

// Of class k of so many. Two classes have the ends of the scale, so that they agree with the weights.
Color class_color(int k, std::size_t classes, Scale scale);
// Of an example's class or value.
Color target_color(const Numbers& numbers, double target, Scale scale);
Image output_image(const Numbers& numbers, Box box, Scale scale);
// Train examples are filled, test examples are rings.
void add_point(Scene& scene, Point at, double radius, Color color, bool ring, std::string id = {}, std::string tip = {});
// All of them, clipped to the area; with ids and tips where there are at most 600.
void add_data(Scene& scene, const Numbers& numbers, Box area, Scale scale);

// What a point may be asked: id "point:17" for row 17 of the set, tip "example 17 (train): x1 0.42, x2 −3, class 1".
struct PointWords {
  std::string id, tip;
};
// Of point i of "train" or "test"; empty where there are more than 600.
PointWords point_words(const Numbers& numbers, const std::string& part, nn::Index i);

}  // namespace viz
