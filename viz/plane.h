// What the network says over the plane of its two inputs, and the data on it: shared by the methods that show it.
#pragma once
#include "viz/neurons.h"

namespace viz {

// Tensors "output" [R, R, outputs], from the top left; "plane" [x low, x high, y low, y high]; "span" [low, high], the output's values at
// the ends of the colours. Of several values to predict, the first alone.
void add_output(Numbers& numbers, const Study& study, int resolution);
// Tensors "train" and, where wanted, "test" [examples, inputs + 1]: the inputs as they were loaded, and the class or the value.
void add_points(Numbers& numbers, const Study& study, bool test);
// Each output becomes the nearest class, or of ten values between the ends of the colours the nearest.
void discretize(Numbers& numbers);

// Of class k of so many. Two classes have the ends of the scale, so that they agree with the weights.
Color class_color(int k, std::size_t classes, Scale scale);
// Of an example's class or value.
Color target_color(const Numbers& numbers, double target, Scale scale);
Image output_image(const Numbers& numbers, Box box, Scale scale);
// Train examples are filled, test examples are rings.
void add_point(Scene& scene, Point at, double radius, Color color, bool ring);
void add_data(Scene& scene, const Numbers& numbers, Box area, Scale scale);

}  // namespace viz
