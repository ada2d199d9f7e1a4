// Dots on links.
#include "viz/app/flow.h"

#include <algorithm>
#include <cmath>

#include "engine/text.h"

namespace viz {

namespace {

constexpr double still = 1e-3;      // changes a second below which nothing moves
constexpr double smoothing = 0.25;  // seconds
constexpr std::size_t most = 120;   // links with dots: those that change fastest

Point along(const std::vector<Point>& line, double share) {
  double length = 0;
  for (std::size_t i = 1; i < line.size(); i++) length += std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
  double left = share * length;
  for (std::size_t i = 1; i < line.size(); i++) {
    const double piece = std::hypot(line[i].x - line[i - 1].x, line[i].y - line[i - 1].y);
    if (left <= piece && piece > 0)
      return {line[i - 1].x + (line[i].x - line[i - 1].x) * left / piece, line[i - 1].y + (line[i].y - line[i - 1].y) * left / piece};
    left -= piece;
  }
  return line.back();
}

}  // namespace

void Flow::look(const std::shared_ptr<const nn::Snapshot>& snapshot, double seconds) {
  now_ = seconds;
  const double passed = seconds - seen_;
  const bool comparable = before_ && before_->problem == snapshot->problem && snapshot->state.step > before_->state.step && passed < 1;
  if (snapshot == before_ && passed < 0.1) return;
  const nn::Matrix& w = snapshot->state.parameters.numbers;
  const std::size_t count = std::size_t(w.rows() * w.columns());
  if (!before_ || rates_.size() != count || before_->problem != snapshot->problem) rates_.assign(count, 0);
  moves_ = false;
  const double keep = std::exp(-passed / smoothing);
  for (std::size_t i = 0; i < count; i++) {
    const double rate = comparable ? double(w.data()[i] - before_->state.parameters.numbers.data()[i]) / std::max(passed, 1e-3) : 0;
    double& kept = rates_[i];
    kept = std::isfinite(rate) ? keep * kept + (1 - keep) * rate : 0;
    moves_ = moves_ || std::abs(kept) > still;
  }
  before_ = snapshot;
  seen_ = seconds;
}

double Flow::speed(const std::string& parameter, nn::Index row, nn::Index column) const {
  if (!before_) return 0;
  const nn::Parameters& all = before_->state.parameters;
  const auto& list = all.list();
  const auto at = std::ranges::find(list, parameter, &nn::Parameter::name);
  if (at == list.end() || row >= at->rows || column >= at->columns) return 0;  // the picture is of an earlier network
  const nn::ConstView view = all[std::size_t(at - list.begin())];
  const double rate = rates_[std::size_t(view.row(row) + column - all.numbers.data())];
  return std::abs(rate) < still ? 0 : std::copysign(0.1 + 0.35 * std::log10(1 + 10 * std::abs(rate)), rate);
}

void Flow::draw(Scene& scene, const Scene& picture, Color color) {
  const double passed = std::clamp(now_ - drawn_, 0.0, 0.1);
  drawn_ = now_;
  if (!moves_) return;
  std::vector<std::pair<double, const Path*>> links;
  for (const Mark& mark : picture.marks) {
    const auto* path = std::get_if<Path>(&mark);
    if (!path || !path->id.starts_with("link:")) continue;
    const auto parts = nn::split(path->id, ':');
    const double v = speed(parts[1] + ".weight", std::atoi(parts[2].c_str()) - 1, std::atoi(parts[3].c_str()) - 1);
    if (v != 0) links.emplace_back(v, path);
  }
  if (links.size() > most) {
    std::ranges::nth_element(links, links.begin() + most,
                             [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
    links.resize(most);
  }
  for (const auto& [v, path] : links) {
    double& phase = phases_[path->id];
    phase += v * passed;
    phase -= std::floor(phase);
    const std::vector<Point> line = flattened(*path).at(0);
    for (int k = 0; k < 2; k++) scene.add(Circle{.center = along(line, std::fmod(phase + 0.5 * k, 1.0)), .radius = 2.2, .fill = color});
  }
}

}  // namespace viz
