// A matrix of maps: pictures in rows; methods, layers, rules, moments of training or networks in columns. Figure 4.11 of the survey.
#include <algorithm>
#include <cmath>
#include <deque>

#include "viz/compare_picture.h"
#include "viz/examples.h"
#include "viz/localization.h"
#include "viz/methods.h"
#include "viz/neurons.h"
#include "viz/patches.h"
#include "viz/perturbation_curves.h"
#include "viz/trust.h"

namespace viz::compare {

namespace {

using nn::Index;
using nn::Real;

// Who is asked, how, and of which network.
struct Column {
  std::string words;
  const Explainer* explainer;
  Arguments options;
  const nn::Parameters* parameters;  // null: those of the study
  const Study* other = nullptr;      // or another network
};

struct Columns {
  std::vector<Column> all;
  std::vector<std::shared_ptr<const nn::Snapshot>> kept;  // what they refer to
  std::deque<nn::Parameters> made;
};

void add_methods(Columns& columns, const Arguments& options) {
  static constexpr std::string_view survey[] = {"saliency", "deconvnet", "guided", "relevance"};
  for (const Explainer& e : explainers()) {
    const bool wanted = options.at("which") == 2 || (options.at("which") == 1 ? e.live : std::ranges::count(survey, e.name) > 0);
    if (wanted) columns.all.push_back({std::string(e.title), &e, options_for(e, options), nullptr});
  }
}

void add_layers(Columns& columns, const Study& study, const Explainer& e, const Arguments& options) {
  nn::Tape tape;
  const nn::Network network = study.model.record(tape, 1, nn::Mode::evaluation);
  const std::vector<Stage> all = stages(network, tape.program());
  for (std::size_t k = 1; k < all.size(); k++) {
    Arguments own = options_for(e, options);
    own["target"] = 5, own["stage"] = double(k);
    columns.all.push_back({all[k].name, &e, own, nullptr});
  }
}

void add_rules(Columns& columns, const Arguments& options) {
  const Explainer& relevance = explainer("relevance");
  const auto rule = std::ranges::find(relevance.options, "rule", &Option::name);
  for (std::size_t k = 0; k < rule->words.size(); k++) {
    Arguments own = options_for(relevance, options);
    own["rule"] = double(k);
    columns.all.push_back({std::string(rule->words[k]), &relevance, own, nullptr});
  }
}

void add_moments(Columns& columns, const Study& study, const Explainer& e, const Arguments& options) {
  constexpr std::size_t most = 8;
  const auto kept = study.moments ? study.moments() : std::vector<std::shared_ptr<const nn::Snapshot>>{};
  if (kept.size() < 2)
    throw std::invalid_argument(
        "compare: no earlier moments of this training are kept; train it here, or open a run folder with snapshots");
  const std::size_t count = std::min(most, kept.size());
  for (std::size_t k = 0; k < count; k++) {
    const auto& moment = kept[k * (kept.size() - 1) / (count - 1)];
    columns.kept.push_back(moment);
    columns.all.push_back({"step " + std::to_string(moment->state.step), &e, options_for(e, options), &moment->state.parameters});
  }
}

// This network, and a second one: that of --run2, else one that was never trained.
void add_networks(Columns& columns, const Study& study, const Explainer& e, const Arguments& options) {
  const Arguments own = options_for(e, options);
  columns.all.push_back({"this network", &e, own, nullptr});
  if (study.other) return columns.all.push_back({"the second run", &e, own, nullptr, study.other});
  columns.made.push_back(randomized(study.parameters, layers_with_weights(study.parameters).size(), 1));
  columns.all.push_back({"never trained", &e, own, &columns.made.back()});
}

Columns columns_of(const Study& study, const Arguments& options) {
  const auto named = explainers();
  const Explainer& e = named[std::min(std::size_t(options.at("explainer")), named.size() - 1)];
  Columns columns;
  switch (int(options.at("columns"))) {
    case 0:
      add_methods(columns, options);
      break;
    case 1:
      add_layers(columns, study, e, options);
      break;
    case 2:
      add_rules(columns, options);
      break;
    case 3:
      add_moments(columns, study, e, options);
      break;
    default:
      add_networks(columns, study, e, options);
  }
  return columns;
}

// The study of another of its examples.
Study looking_at(const Study& study, Index example) {
  Study other = study;
  other.example = example, other.given = nullptr;
  return other;
}

enum Under { deletion_area, insertion_area, inside, mass, nothing_under };

double measured(Under what, const Study& study, const nn::Matrix& read, const Arguments& options, const nn::Matrix& map) {
  if (what == nothing_under) return NAN;
  if (what == inside || what == mass) {
    if (study.given || study.set.masks.rows() == 0) return NAN;
    const nn::ConstView mask{study.set.masks.view().row(study.example), map.rows(), map.columns(), map.columns()};
    return what == mass ? mass_in(map, mask) : double(points_at(map, mask));
  }
  const Backward net(study, read);
  ManyInputs network(study);
  const Curves curves = curves_of(map, curve_score(study, net, target_of(study, net, options), network), column_of(read),
                                  filling_of(study, Space::network, 1).background, 16);
  return area_under(what == deletion_area ? curves.deletion : curves.insertion);
}

}  // namespace

Numbers compute(const Study& study, const Arguments& options) {
  require_pictures(study, "compare");
  const nn::Shape picture = study.set.shape;
  const Columns columns = columns_of(study, options);
  const Index width = std::ssize(columns.all), height = std::min(Index(options.at("rows")), study.set.examples());
  const Index enlarged = Index(options.at("cell")) <= width * height ? Index(options.at("cell")) : 0;
  std::vector<Real> maps(std::size_t(width * height * picture.height * picture.width), Real(NAN)),
      scores(std::size_t(width * height), Real(NAN)), is_signed, pictures;
  Numbers numbers;
  auto& problems = numbers.words["problems"];
  problems.resize(std::size_t(width * height));
  std::string problem;
  bool any = false;
  for (Index i = 0; i < height; i++) {
    const Study at = i == 0 ? study : looking_at(study, (study.example + i) % study.set.examples());
    const nn::Matrix row = chosen_example(at), read = at.inputs_of(row);
    pictures.insert(pictures.end(), row.data(), row.data() + row.size());
    numbers.words["rows"].push_back(example_words(at));
    for (Index j = 0; j < width; j++) {
      const std::size_t cell = std::size_t(i * width + j);
      if (study.goes_on && !study.goes_on(double(cell) / double(width * height))) throw Cancelled();
      if (enlarged > 0 && enlarged != Index(cell) + 1) continue;
      const Column& column = columns.all[std::size_t(j)];
      try {
        Study asked = column.other ? *column.other : column.parameters ? with_parameters(at, *column.parameters) : at;
        asked.example = at.example, asked.given = at.given;
        Arguments own = column.options;
        if (column.other || column.parameters) {  // all say why what this network says
          const Backward net(at, read);
          own = held_to(target_of(at, net, own), net, own);
        }
        const nn::Matrix map = collapsed(explained(*column.explainer, asked, read, own));
        std::copy_n(map.data(), map.size(), maps.data() + cell * std::size_t(map.size()));
        scores[cell] = Real(measured(Under(int(options.at("under"))), asked, read, own, map));
        any = true;
      } catch (const std::invalid_argument& error) {
        problems[cell] = problem = error.what();
      }
    }
  }
  if (!any) throw std::invalid_argument("compare: " + problem);
  for (const Column& column : columns.all) {
    is_signed.push_back(column.explainer->is_signed);
    numbers.words["columns"].push_back(column.words);
  }
  numbers.tensors = {
      tensor_of_reals("maps", {height, width, picture.height, picture.width}, std::move(maps)),
      tensor_of_reals("scores", {height, width}, std::move(scores)), tensor_of_reals("signed", {width}, std::move(is_signed)),
      tensor_of_reals("pictures", {height, picture.channels * picture.height, picture.width}, std::move(pictures)),
      tensor_of_reals("shown", {5}, {Real(enlarged), Real(options.at("range")), Real(picture.channels), Real(options.at("under")), 0})};
  const Backward net(study, study.inputs_of(chosen_example(study)));
  static constexpr const char* what[] = {"methods", "layers", "rules of relevance", "moments of training", "networks"};
  numbers.words["title"] = {std::string("Compare ") + what[std::size_t(options.at("columns"))]};
  if (options.at("columns") == 1 || options.at("columns") >= 3)
    numbers.words["title"][0] += " by " + std::string(columns.all[0].explainer->title);
  numbers.words["target"] = {options.at("target") < 3 && options.at("columns") != 1
                                 ? "of the " + std::string(options.at("target") == 0   ? "answer"
                                                           : options.at("target") == 1 ? "true class"
                                                                                       : "chosen class")
                                 : ""};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return drawn(numbers, box, style); }

}  // namespace viz::compare
