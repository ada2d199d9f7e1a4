// A person's own picture, as the data's pictures are: brought to their shape, their white and, where it is a drawing, their size and place.
#pragma once
#include <string>

#include "datasets/dataset.h"
#include "datasets/picture.h"
#include "viz/study.h"

namespace viz {

// How the pictures of a data set usually are, measured on the first thousand: as MNIST says of itself, its digits fill 20 of 28 pixels and
// have their centre of mass in the middle.
struct PictureHabit {
  nn::Shape shape;
  nn::Real white = 1;               // the number of a white pixel
  bool dark_ground = true;          // what lies at the border
  double part = 1;                  // of a side, that the longer side of what is drawn takes: the median
  double across = 0.5, down = 0.5;  // where its centre of mass lies, as parts of the sides: the mean
};
// std::invalid_argument, beginning with `who`, where the data are not pictures.
PictureHabit habit_of(const data::Dataset& set, const std::string& who);

struct Bringing {
  bool centre = false;  // what differs from the border: scaled and moved to where the data have it
  bool swap = false;    // light and dark
};
// A row like those of the set.
nn::Matrix brought(const data::Pixels& pixels, const PictureHabit& habit, const Bringing& how);

// Whether light and dark are the other way round than in the data: their ground is dark and this picture's border is light, or the reverse.
// Of coloured data never.
bool is_swapped(const data::Pixels& pixels, const PictureHabit& habit);

// A picture file as the data's pictures are, light and dark swapped where they have to be: words "three.png".
// std::invalid_argument or std::runtime_error, in a sentence that begins with `who` or the file's name.
Given picture_given(const std::filesystem::path& file, const data::Dataset& set, const std::string& who);

}  // namespace viz
