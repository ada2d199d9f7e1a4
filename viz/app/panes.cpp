// Rows of panes.
#include "viz/app/panes.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "datasets/kind.h"
#include "engine/text.h"

namespace viz {

namespace {

constexpr double least = 0.08;  // of the room, that a pane may have

// Takes " 70 %" off the end of a text; 1 where there is none.
double take_share(std::string& text) {
  if (text.empty() || text.back() != '%') return 1;
  const std::string words(nn::trim(std::string_view(text).substr(0, text.size() - 1)));
  const std::size_t space = words.rfind(' ');
  const auto share = nn::number(space == std::string::npos ? words : words.substr(space + 1));
  if (!share || !(*share >= 1 && *share <= 100))
    throw std::invalid_argument("view.panes: '" + text + "' does not end in a share from 1 to 100 %");
  text = space == std::string::npos ? "" : nn::trim(std::string_view(words).substr(0, space));
  return *share / 100;
}

std::string share_text(double share, double sum, std::size_t of) {
  const double percent = std::round(100 * share / sum);
  return of < 2 || percent == std::round(100.0 / double(of)) ? "" : " " + nn::number_text(percent) + " %";
}

template <class List>
double sum_of(const List& list) {
  double sum = 0;
  for (const auto& item : list) sum += item.share;
  return sum;
}

// The part of `room` from `before` to `before + share`, of `sum`, with gaps between parts.
struct Part {
  double start, size;
};
template <class List>
std::vector<Part> parts(const List& list, double start, double room, double gap) {
  const double sum = sum_of(list), free = std::max(0.0, room - gap * double(list.size() - 1));
  std::vector<Part> result;
  for (const auto& item : list) {
    result.push_back({start, free * item.share / sum});
    start += result.back().size + gap;
  }
  return result;
}

}  // namespace

Pane Panes::made(const std::string& text) {
  std::string words = text;
  Pane pane{.id = next_++, .method = {}, .options = {}, .share = take_share(words)};
  Arguments given;
  const std::vector<std::string> parts = nn::split(words, ' ');
  if (parts.empty()) throw std::invalid_argument("view.panes: a pane without a method");
  const Method& chosen = method(parts[0]);
  for (std::size_t i = 1; i < parts.size(); i++) {
    if (parts[i].empty()) continue;
    const std::size_t at = parts[i].find('=');
    const auto value = at == std::string::npos ? std::nullopt : nn::number(parts[i].substr(at + 1));
    if (!value) throw std::invalid_argument("view.panes: '" + parts[i] + "' is not an option such as resolution=40");
    given[parts[i].substr(0, at)] = *value;
  }
  pane.method = chosen.name;
  pane.options = arguments(chosen, given);
  return pane;
}

Panes::Panes(std::span<const std::string> texts) {
  for (const std::string& text : texts) {
    PaneRow row;
    std::string words = text;
    const std::size_t bar = words.rfind('|');
    if (bar != std::string::npos) {
      std::string share = words.substr(bar + 1);
      row.share = take_share(share);
      words.resize(bar);
    }
    for (const std::string& view : nn::split(words, ',')) row.panes.push_back(made(view));
    if (!row.panes.empty()) rows_.push_back(std::move(row));
  }
  if (rows_.empty()) throw std::invalid_argument("view.panes names no view");
}

std::vector<std::string> Panes::texts() const {
  std::vector<std::string> result;
  const double rows_sum = sum_of(rows_);
  for (const PaneRow& row : rows_) {
    std::vector<std::string> views;
    const double sum = sum_of(row.panes);
    for (const Pane& pane : row.panes) {
      std::string words = pane.method;
      for (const Option& option : method(pane.method).options)
        if (const double value = pane.options.at(std::string(option.name)); value != option.initial)
          words += " " + std::string(option.name) + "=" + nn::number_text(value);
      views.push_back(words + share_text(pane.share, sum, row.panes.size()));
    }
    const std::string share = share_text(row.share, rows_sum, rows_.size());
    result.push_back(nn::join(views, ", ") + (share.empty() ? "" : " |" + share));
  }
  return result;
}

Pane* Panes::find(int id) {
  for (PaneRow& row : rows_)
    for (Pane& pane : row.panes)
      if (pane.id == id) return &pane;
  return nullptr;
}

std::size_t Panes::count() const {
  std::size_t n = 0;
  for (const PaneRow& row : rows_) n += row.panes.size();
  return n;
}

int Panes::split_right(int id, const std::string& name) {
  Pane fresh = made(name);
  for (PaneRow& row : rows_)
    for (std::size_t i = 0; i < row.panes.size(); i++) {
      if (row.panes[i].id != id) continue;
      fresh.share = row.panes[i].share /= 2;
      row.panes.insert(row.panes.begin() + std::ptrdiff_t(i) + 1, fresh);
      enlarged_ = 0;
      return fresh.id;
    }
  return 0;
}

int Panes::split_down(int id, const std::string& name) {
  Pane fresh = made(name);
  for (std::size_t r = 0; r < rows_.size(); r++)
    for (const Pane& pane : rows_[r].panes) {
      if (pane.id != id) continue;
      const double share = rows_[r].share /= 2;
      rows_.insert(rows_.begin() + std::ptrdiff_t(r) + 1, PaneRow{{fresh}, share});
      enlarged_ = 0;
      return fresh.id;
    }
  return 0;
}

void Panes::close(int id) {
  if (count() < 2) return;
  for (PaneRow& row : rows_) std::erase_if(row.panes, [id](const Pane& pane) { return pane.id == id; });
  std::erase_if(rows_, [](const PaneRow& row) { return row.panes.empty(); });
  if (enlarged_ == id) enlarged_ = 0;
}

void Panes::show(int id, const std::string& name) {
  Pane* pane = find(id);
  if (!pane) return;
  Pane fresh = made(name);
  pane->method = fresh.method;
  pane->options = fresh.options;
}

std::vector<PanePlace> Panes::places(Box box, double gap) const {
  if (enlarged_) return {{enlarged_, box}};
  std::vector<PanePlace> result;
  const auto heights = parts(rows_, box.y, box.height, gap);
  for (std::size_t r = 0; r < rows_.size(); r++) {
    const auto widths = parts(rows_[r].panes, box.x, box.width, gap);
    for (std::size_t i = 0; i < widths.size(); i++)
      result.push_back({rows_[r].panes[i].id, {widths[i].start, heights[r].start, widths[i].size, heights[r].size}});
  }
  return result;
}

std::vector<PaneBorder> Panes::borders(Box box, double gap) const {
  std::vector<PaneBorder> result;
  if (enlarged_) return result;
  const auto heights = parts(rows_, box.y, box.height, gap);
  for (std::size_t r = 0; r < rows_.size(); r++) {
    if (r + 1 < rows_.size()) result.push_back({false, r, r, {box.x, heights[r].start + heights[r].size, box.width, gap}});
    const auto widths = parts(rows_[r].panes, box.x, box.width, gap);
    for (std::size_t i = 0; i + 1 < widths.size(); i++)
      result.push_back({true, r, i, {widths[i].start + widths[i].size, heights[r].start, gap, heights[r].size}});
  }
  return result;
}

void Panes::drag(const PaneBorder& border, Box box, Point to) {
  const auto move = [](auto& list, std::size_t i, double at) {  // `at`: of the whole, 0..1
    const double sum = sum_of(list);
    double before = 0;
    for (std::size_t k = 0; k < i; k++) before += list[k].share;
    const double both = list[i].share + list[i + 1].share, smallest = std::min(least * sum, both / 2);
    const double first = std::clamp(at * sum - before, smallest, both - smallest);
    list[i].share = first;
    list[i + 1].share = both - first;
  };
  if (border.row >= rows_.size()) return;
  auto& panes = rows_[border.row].panes;
  if (border.across && border.after + 1 < panes.size() && box.width > 0) move(panes, border.after, (to.x - box.x) / box.width);
  if (!border.across && border.row + 1 < rows_.size() && box.height > 0) move(rows_, border.row, (to.y - box.y) / box.height);
}

std::vector<std::string> usual_panes(const Study& study) {
  switch (data::kind_of(study.set)) {
    case data::Kind::plane: return {"network | 68 %", "neuron 56 %, loss 44 % | 32 %"};
    case data::Kind::text: return {"text-heatmap 68 %, loss 32 % | 46 %", "unrolled 64 %, sample 36 % | 54 %"};
    case data::Kind::sequence: return {"unrolled 68 %, loss 32 % | 58 %", "states 60 %, lag 40 % | 42 %"};
    default: break;
  }
  const nn::Shape shape = study.set.shape;
  const bool convolutional =
      std::ranges::any_of(study.model.layers, [](const nn::Layer& l) { return std::holds_alternative<nn::Conv>(l); });
  if (convolutional) return {"activations 66 %, input 34 % | 62 %", "arithmetic 40 %, confusion 30 %, loss 30 % | 38 %"};
  if (shape.height > 1 && shape.width > 1) return {"network | 62 %", "weights, confusion, loss | 38 %"};
  if (!study.set.classification()) return {"network | 64 %", "neuron 56 %, loss 44 % | 36 %"};
  return {"network 62 %, confusion 38 % | 64 %", "neuron 56 %, loss 44 % | 36 %"};
}

}  // namespace viz
