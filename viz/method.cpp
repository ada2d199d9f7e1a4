// Looking up methods, their options and their numbers.
#include "viz/method.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "datasets/text_set.h"
#include "engine/text.h"
#include "viz/examples.h"

namespace viz {

const nn::Tensor& Numbers::operator[](std::string_view wanted) const {
  for (const nn::Tensor& tensor : tensors)
    if (tensor.name == wanted) return tensor;
  throw std::out_of_range("numbers: no tensor '" + std::string(wanted) + "'");
}

bool Numbers::has(std::string_view wanted) const {
  for (const nn::Tensor& tensor : tensors)
    if (tensor.name == wanted) return true;
  return false;
}

const Method& method(std::string_view wanted) {
  std::vector<std::string> names;
  for (const Method& m : methods()) {
    if (m.name == wanted) return m;
    names.emplace_back(m.name);
  }
  throw std::invalid_argument("no method '" + std::string(wanted) + "'; did you mean '" + nn::nearest(wanted, names) + "'?");
}

namespace {

bool recurrent(const nn::Model& model) {
  return std::ranges::any_of(model.layers, [](const nn::Layer& layer) { return std::holds_alternative<nn::Recurrent>(layer); });
}

bool running_text(const Study& study) { return study.set.text && study.set.text->running; }

// Whether there is an answer for each step of a sequence.
bool answers_each_step(const Study& study) { return study.set.tagged || running_text(study); }

}  // namespace

bool suits(const Method& method, const Study& study) {
  switch (method.reads) {
    case Reads::rows:
      return !recurrent(study.model) && !answers_each_step(study);
    case Reads::pictures:
      return !recurrent(study.model) && reads_pictures(study);
    case Reads::answers:
      return !answers_each_step(study);
    case Reads::sequences:
      return recurrent(study.model);
    case Reads::texts:
      return recurrent(study.model) && running_text(study);
    case Reads::anything:
      return true;
  }
  return true;
}

Numbers numbers_of(const Method& method, const Study& study, const Arguments& arguments) {
  // What else is lacking, the methods say themselves.
  const bool by_steps = recurrent(study.model) || answers_each_step(study),
             one = method.reads == Reads::rows || method.reads == Reads::pictures || method.reads == Reads::answers;
  if (by_steps && one && !suits(method, study)) {
    std::string others;
    for (const Method& m : methods())
      if (suits(m, study)) others += (others.empty() ? "" : ", ") + std::string(m.name);
    throw std::invalid_argument(std::string(method.name) +
                                ": this network reads sequences step by step, and this view shows one row or picture at "
                                "a time; these read sequences: " +
                                others);
  }
  return method.compute(study, arguments);
}

std::string_view name(Place place) {
  constexpr std::string_view names[] = {"feature", "relationship", "process"};
  return names[static_cast<std::size_t>(place)];
}

Arguments arguments(const Method& method, const Arguments& given) {
  Arguments all;
  std::vector<std::string> names;
  for (const Option& option : method.options) all.emplace(option.name, option.initial), names.emplace_back(option.name);
  for (const auto& [key, value] : given) {
    const std::string who = std::string(method.name) + ": ";
    if (!all.contains(key)) {
      const std::string nearest = nn::nearest(key, names);
      throw std::invalid_argument(who + "no option '" + key + "'" + (nearest.empty() ? "" : "; did you mean '" + nearest + "'?"));
    }
    all[key] = value;
    for (const Option& o : method.options) {
      if (o.name != key) continue;
      if (!(value >= o.low && value <= o.high))
        throw std::invalid_argument(who + key + " is " + nn::number_text(value) + ", but goes from " + nn::number_text(o.low) + " to " +
                                    nn::number_text(o.high));
      if (o.step == 1 && value != std::round(value))
        throw std::invalid_argument(who + key + " is " + nn::number_text(value) + ", but is a whole number");
    }
  }
  return all;
}

std::string csv(const Numbers& numbers) {
  if (numbers.tensors.empty()) return "";
  const nn::Tensor& tensor = numbers.tensors.front();
  const std::size_t columns = tensor.shape.empty() ? 1 : static_cast<std::size_t>(tensor.shape.back());
  std::string text;
  const auto write = [&](const auto& all) {
    for (std::size_t i = 0; i < all.size(); i++) {
      char digits[32];
      text.append(digits, std::to_chars(digits, digits + sizeof digits, all[i]).ptr);  // the shortest that reads back as the same number
      text += (i + 1) % columns == 0 ? '\n' : ',';
    }
  };
  std::visit(write, tensor.numbers);
  return text;
}

}  // namespace viz
