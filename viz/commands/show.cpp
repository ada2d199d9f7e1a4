// glassbox show: one method on one run, written to a file.
#include <algorithm>
#include <iostream>
#include <optional>

#include "engine/text.h"

#include "viz/commands/options.h"
#include "viz/commands/training.h"
#include "viz/export.h"
#include "viz/method.h"
#include "viz/own_picture.h"
#include "viz/text_study.h"
#include "viz/widgets.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

// "1280x800".
Box parse_size(const std::string& text) {
  int width = 0, height = 0, read = 0;
  if (std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &read) != 2 || read != int(text.size()) || width < 240 || height < 160 ||
      width > 8192 || height > 8192)
    throw UsageError("show: --size " + text + " is not WIDTHxHEIGHT with at least 240x160 and at most 8192x8192");
  return {0, 0, double(width), double(height)};
}

fs::path output_file(const po::variables_map& values, const Method& method) {
  if (!values.count("out")) return fs::path("out") / (std::string(method.name) + ".png");
  const fs::path out = values["out"].as<std::string>();
  if (!is_export_ending(out.extension().string()))
    throw UsageError("show: --out " + out.string() + " does not end in .png, .svg, .pdf, .npy or .csv");
  return out;
}

// Of a menu its word, else the number.
std::string text_of(const Option& option, double value) {
  return option.words.empty() ? nn::number_text(value) : std::string(option.words[std::size_t(value)]);
}
double value_of(const Option& option, const std::string& text) {
  const auto word = std::ranges::find(option.words, text);
  if (word != option.words.end()) return double(word - option.words.begin());
  try {
    return number_typed(text);
  } catch (const std::invalid_argument&) {
    std::string words;
    for (const std::string_view each : option.words) words += (words.empty() ? "" : ", ") + std::string(each);
    throw std::invalid_argument(std::string(option.name) + " is '" + text + "', but is " +
                                (words.empty() ? "a number" : "one of " + words));
  }
}

// `--class 3` alone means that class, and not the answer whatever it is.
void mean_the_class(const Method& method, const po::variables_map& values, Arguments& given) {
  const auto target = std::ranges::find(method.options, "target", &Option::name);
  const auto chosen = std::ranges::find(method.options, "class", &Option::name);
  if (target == method.options.end() || chosen == method.options.end()) return;
  const auto word = std::ranges::find(target->words, "class");
  if (word != target->words.end() && values["target"].defaulted() && !values["class"].defaulted())
    given["target"] = double(word - target->words.begin());
}

// The method's own options come from its line in the table.
po::options_description show_options(const Method* method) {
  po::options_description options("Options of show");
  options.add_options()("run", po::value<std::string>()->value_name("DIR"),
                        "a run folder; without it a small run that comes with the program")(
      "run2", po::value<std::string>()->value_name("DIR"), "a second run on the same data, for methods that compare two networks")(
      "example", po::value<nn::Index>()->default_value(0)->value_name("N"), "the chosen example, a row of the data set, counted from 0")(
      "image", po::value<std::string>()->value_name("FILE"), "a picture (PNG or JPEG) that is looked at instead of an example")(
      "text", po::value<std::string>()->value_name("FILE"), "a text that is read instead of the one that was learned")(
      "out", po::value<std::string>()->value_name("FILE"),
      "a picture (.png, .svg, .pdf), or the numbers (.npy, .csv); out/METHOD.png where it is not given")(
      "size", po::value<std::string>()->default_value("960x640")->value_name("WxH"), "of the picture, in units")(
      "scale", po::value<double>()->default_value(1)->value_name("X"), "pixels a unit, from 0.5 to 8")("dark", "light on dark")(
      "palette", po::value<std::string>()->default_value("orange-blue")->value_name("NAME"), "orange-blue, purple-green, viridis or grey");
  if (!method || method->options.empty()) return options;
  po::options_description own("Options of " + std::string(method->name));
  for (const Option& option : method->options)
    own.add_options()(std::string(option.name).c_str(),
                      po::value<std::string>()->default_value(text_of(option, option.initial))->value_name("X"),
                      std::string(option.help).c_str());
  return options.add(own);
}

}  // namespace

int show(const Words& words) {
  const Method* chosen = nullptr;
  if (!words.empty() && !words.front().starts_with("-")) as_usage("show", [&] { chosen = &method(words.front()); });
  po::variables_map values;
  if (!read(words, "show", show_options(chosen), {"method"}, values)) return 0;
  apply_common(values);
  if (!chosen) throw UsageError("show: name the method first, as in `glassbox show boundary`; `glassbox methods` lists them");
  if (values.count("seed")) throw UsageError("show: a run has its seed already");

  Arguments given;
  Style style{values.count("dark") ? &dark : &light};
  as_usage("show", [&] {
    for (const Option& option : chosen->options)
      given[std::string(option.name)] = value_of(option, values[std::string(option.name)].as<std::string>());
    mean_the_class(*chosen, values, given);
    given = arguments(*chosen, given);
    style.scale = scale_named(values["palette"].as<std::string>());
  });
  const double scale = values["scale"].as<double>();
  if (!(scale >= 0.5 && scale <= 8)) throw UsageError("show: --scale is not from 0.5 to 8");
  const Box box = parse_size(values["size"].as<std::string>());
  const fs::path out = output_file(values, *chosen);

  const auto run = values.count("run") ? fs::path(values["run"].as<std::string>()) : shipped_run(chosen->name);
  const auto bench = Workbench::open(run, data_folder(values));
  const nn::Index example = values["example"].as<nn::Index>(), count = bench->prepared().set.examples();
  if (example < 0 || example >= count)
    throw UsageError("show: --example " + std::to_string(example) + " is not from 0 to " + std::to_string(count - 1));
  Study study = bench->study(example);
  const auto second = values.count("run2") ? Workbench::open(fs::path(values["run2"].as<std::string>()), data_folder(values)) : nullptr;
  if (second && !(second->prepared().set.shape == bench->prepared().set.shape))
    throw UsageError("show: --run2 reads other pictures than --run; two runs on the same data would do");
  const std::optional<Study> other = second ? std::optional<Study>(second->study()) : std::nullopt;
  if (other) study.other = &*other;
  std::optional<Given> picture;
  if (values.count("image")) {
    if (!values["example"].defaulted()) throw UsageError("show: --image and --example both say what to look at; give one of them");
    picture = picture_given(values["image"].as<std::string>(), bench->prepared().set, "show: --image");
    study.given = &*picture;
  }
  data::TextSet text;
  if (values.count("text")) {
    text = text_given(values["text"].as<std::string>(), bench->prepared().set, "show: --text");
    study.given_text = &text;
  }
  const Numbers numbers = numbers_of(*chosen, study, given);
  if (!values.count("out")) fs::create_directories(out.parent_path());
  write_result(*chosen, numbers, out, box, style, scale);
  if (!values.count("quiet")) std::cout << out.string() << "\n";
  return 0;
}

}  // namespace viz
