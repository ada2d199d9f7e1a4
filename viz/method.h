// A visualization method: compute() turns a study into numbers (no pixels), layout() turns numbers into a Scene (no network).
// Each is one file in methods/ and one line in methods.cpp; that line is its command, its menu entry, its sliders and its property test.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor.h"
#include "viz/colors.h"
#include "viz/scene.h"
#include "viz/study.h"

namespace viz {

// A number that the user may set: a flag and a slider. `step` 1 means whole numbers, 0 a continuous range.
struct Option {
  std::string_view name, help;
  double initial, low, high, step = 0;
  std::vector<std::string_view> words = {};  // for 0, 1, 2, ...: then it is a menu
  bool shared = false;                       // one value for all views of the window
};

// The options of one call, all of them present.
using Arguments = std::map<std::string, double, std::less<>>;

// Named tensors, the first of them the result that is written to .npy and .csv; and the words that go with them.
struct Numbers {
  std::vector<nn::Tensor> tensors;
  std::map<std::string, std::vector<std::string>, std::less<>> words = {};
  const nn::Tensor& operator[](std::string_view name) const;  // std::out_of_range where there is none
  bool has(std::string_view name) const;
};

struct Style {
  const Theme* theme = &light;
  Scale scale = Scale::orange_blue;
  bool titled = true;  // whether a picture begins with its title; the window writes that beside its buttons
};

enum class Place { feature, relationship, process };  // in the taxonomy of the survey (Zeng 2016, figure 2.1)

// What a method can make something of: networks that read one row or picture at a time; pictures alone; also those that read sequences,
// where there is one answer for each; recurrent networks; those that read one long text; or anything. All of them may lack more, and say so.
enum class Reads { rows, pictures, answers, sequences, texts, anything };

struct Method {
  std::string_view name, title, help, paper;  // "boundary", "Decision boundary", one sentence, where it comes from
  Place place;
  std::vector<Option> options;
  // Numbers of a study. std::invalid_argument says in a sentence what the study lacks and what would do.
  Numbers (*compute)(const Study&, const Arguments&);
  Scene (*layout)(const Numbers&, Box, const Style&);
  std::string_view run = "circle";  // of those that ship (datasets/runs): what it is shown on where no other is named
  Reads reads = Reads::rows;
  // How high a picture of this width wants to be; null: as high as its room. Where its pane is lower it is scrolled, and files are as high.
  double (*height)(const Numbers&, double width, const Style&) = nullptr;
};

// Whether a method is for networks of this kind.
bool suits(const Method& method, const Study& study);
// compute(), after a look whether the study is something for it. std::invalid_argument says what it lacks and what would do.
Numbers numbers_of(const Method& method, const Study& study, const Arguments& arguments);

std::span<const Method> methods();
const Method& method(std::string_view name);  // std::invalid_argument names the nearest
std::string_view name(Place place);

// The initial values, overwritten by those given; std::invalid_argument for an unknown name or a value out of range.
Arguments arguments(const Method& method, const Arguments& given);

// The first tensor as comma-separated lines; more than two dimensions are flattened to rows of the last one.
std::string csv(const Numbers& numbers);

}  // namespace viz
