// Sliders: a label and a value that can be typed, above a track.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "viz/text.h"
#include "viz/widgets.h"
#include "viz/widgets_look.h"

namespace viz {

using namespace look;

namespace {

// A hundredth of the range, rounded up to 1, 2 or 5 times a power of ten.
double round_step(const SliderRange& range) {
  const double hundredth = (range.high - range.low) / 100;
  if (!(hundredth > 0) || !std::isfinite(hundredth)) return 0;
  const double power = std::pow(10, std::floor(std::log10(hundredth) + 1e-9));
  for (const double times : {1.0, 2.0, 5.0})
    if (times * power >= hundredth * (1 - 1e-9)) return times * power;
  return 10 * power;
}

// So many steps from zero. Divided by a whole number where there is one: 3 / 100 is the decimal 0.03, 3 * 0.01 is not.
double at_step(const SliderRange& range, double count) {
  const double step = round_step(range);
  if (step <= 0) return range.low;
  return std::clamp(step < 1 ? count / std::round(1 / step) : count * step, range.low, range.high);
}

std::string shortest(double value) {
  char digits[32];
  return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

}  // namespace

double share_of(const SliderRange& range, double value) {
  if (std::isnan(value)) return 0;
  if (range.stops.empty()) return range.high > range.low ? std::clamp((value - range.low) / (range.high - range.low), 0.0, 1.0) : 0;
  const auto above = std::ranges::lower_bound(range.stops, value);
  if (above == range.stops.begin()) return 0;
  if (above == range.stops.end()) return 1;
  const double low = above[-1], high = above[0];
  return (static_cast<double>(above - range.stops.begin()) - (high - value) / (high - low)) / static_cast<double>(range.stops.size() - 1);
}

double value_at(const SliderRange& range, double share) {
  share = std::clamp(share, 0.0, 1.0);
  if (range.stops.empty()) {
    if (share == 0 || share == 1) return share == 0 ? range.low : range.high;
    return at_step(range, std::round((range.low + share * (range.high - range.low)) / round_step(range)));
  }
  return range.stops[static_cast<std::size_t>(std::lround(share * static_cast<double>(range.stops.size() - 1)))];
}

double nudged(const SliderRange& range, double value, int steps) {
  if (steps == 0 || std::isnan(value)) return steps == 0 ? value : range.stops.empty() ? range.low : range.stops[0];
  if (range.stops.empty()) {
    if ((steps > 0 && value >= range.high) || (steps < 0 && value <= range.low)) return steps > 0 ? range.high : range.low;
    const double place = value / round_step(range), close = 1e-6;
    return at_step(range, steps + (steps > 0 ? std::floor(place + close) : std::ceil(place - close)));
  }
  const auto begin = range.stops.begin(), end = range.stops.end();
  const auto from = steps > 0 ? std::upper_bound(begin, end, value) - begin - 1 : std::lower_bound(begin, end, value) - begin;
  return begin[std::clamp<std::ptrdiff_t>(from + steps, 0, end - begin - 1)];
}

double number_typed(const std::string& text) {
  std::string number = trimmed(text);
  if (const auto minus = number.find("−"); minus != std::string::npos) number.replace(minus, std::string("−").size(), "-");
  if (const auto comma = number.find(','); comma != std::string::npos && number.find('.') == std::string::npos) number[comma] = '.';
  if (number.starts_with('+') && !number.starts_with("+-")) number.erase(0, 1);
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(value))
    throw std::invalid_argument("'" + shortened(trimmed(text), labels, 120) + "' is not a number; type one like 0.05 or 5e-2");
  return value;
}

void Widgets::slider(std::string id, Box box, std::string label, std::string tip, SliderRange range, double value, std::string value_text,
                     std::function<void(double)> set, bool enabled) {
  const Ink ink = ink_on(theme(), ground_);
  const std::string value_id = id + ".value";
  const Interaction::Typing* typing = interaction_.typing() && interaction_.typing()->id == id ? &*interaction_.typing() : nullptr;
  Box below = box;
  Box above = below.cut_top(std::clamp(box.height - 18, 0.0, 20.0));

  const double needed = typing ? std::max(70.0, box.width * 0.45) : text_width(value_text, letters, Font::bold);
  Box number = above.cut_right(std::min(needed, box.width * (label.empty() ? 1 : 0.62)));
  Widget typed{.id = value_id,
               .box = number,
               .says = value_text,
               .tip = tip,
               .pointer = enabled ? Pointer::text : Pointer::arrow,
               .focusable = false,
               .owner = id};
  const std::string written = shortest(value);
  if (typing) {
    typed.text_x = line(id, number, written), typed.text_size = letters;
  } else {
    if (enabled && hovered(value_id))
      scene_.add_line({number.x, number.bottom() - 1.5}, {number.right(), number.bottom() - 1.5}, ink.muted);
    text({number.right(), baseline(number, letters)}, value_text, number.width + 0.01, enabled ? ink.text : ink.disabled, letters,
         Font::bold, Anchor::end);
    Interaction& interaction = interaction_;
    if (enabled) typed.press = [&interaction, id, written] { interaction.type(id, written); };
  }
  text({above.x, baseline(above, labels)}, label, above.width - 8, enabled ? ink.muted : ink.disabled, labels);

  constexpr double radius = 7;
  const Box track{below.x + radius + 1, below.center().y, std::max(0.0, below.width - 2 * radius - 2), 0};
  const Point at{track.x + share_of(range, value) * track.width, track.y};
  const bool over = enabled && (hovered(id) || interaction_.pressed() == id);
  const Color strong = enabled ? ink.ring : mix(theme().line, theme().muted, 0.5);
  const Color filled = over ? mix(strong, ink.text, 0.15) : strong;
  scene_.add(Rect{.box = {below.x + 1, at.y - 2, below.width - 2, 4}, .radius = 2, .fill = groove(theme(), ground_), .id = id});
  scene_.add(Rect{.box = {below.x + 1, at.y - 2, at.x - below.x - 1, 4}, .radius = 2, .fill = filled});
  scene_.add(Circle{.center = at,
                    .radius = interaction_.pressed() == id ? radius : radius - 0.5,
                    .fill = enabled ? thumb(theme()) : ground_,
                    .stroke = filled,
                    .line_width = 2});

  Widget slider{.id = id,
                .box = below,
                .says = label + " " + value_text,
                .tip = tip,
                .pointer = enabled ? Pointer::hand : Pointer::arrow,
                .focusable = enabled,
                .text = written,
                .track = track,
                .thumb = {at.x - radius, at.y - radius, 2 * radius, 2 * radius}};
  if (enabled) {
    const std::vector<double> stops(range.stops.begin(), range.stops.end());  // the caller's may be gone when the slider is used
    const auto with_stops = [range, stops] { return SliderRange{range.low, range.high, stops}; };
    slider.slide = [with_stops, set](double share) { set(value_at(with_stops(), share)); };
    slider.nudge = [with_stops, set, value](int steps) {
      const double to = nudged(with_stops(), value, steps);
      if (to != value) set(to);
    };
    slider.commit = [set](const std::string& text) { set(number_typed(text)); };
  }
  add({.id = id + ".label",
       .box = above,
       .says = label,
       .tip = std::move(tip),
       .pointer = Pointer::arrow,
       .focusable = false,
       .owner = id});
  add(std::move(slider));
  add(std::move(typed));
  problem(id, number);
}

}  // namespace viz
