// Ids of marks that set options, and back.
#include "viz/link.h"

#include <charconv>

#include "engine/text.h"

namespace viz {

namespace {

constexpr std::string_view press = "press", hover = "hover", key_mark = "key ";

std::string id_of(std::string_view kind, const Settings& settings) {
  std::string id(kind);
  for (const auto& [name, value] : settings) id += ":" + name + "=" + nn::number_text(value);
  return id;
}

// Of "kind:a=1:b=2".
std::optional<Settings> settings_of(std::string_view id, std::string_view kind) {
  if (!id.starts_with(kind) || id.size() <= kind.size() || id[kind.size()] != ':') return std::nullopt;
  id.remove_prefix(kind.size() + 1);
  Settings settings;
  while (!id.empty()) {
    const std::string_view part = id.substr(0, id.find(':'));
    id.remove_prefix(std::min(id.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    double value = 0;
    if (equals == part.npos || std::from_chars(part.data() + equals + 1, part.data() + part.size(), value).ec != std::errc())
      return std::nullopt;
    settings.emplace_back(part.substr(0, equals), value);
  }
  return settings;
}

std::string_view id_of(const Mark& mark) {
  const auto* rect = std::get_if<Rect>(&mark);
  return rect ? std::string_view(rect->id) : std::string_view();
}

}  // namespace

std::string on_press(const Settings& settings) { return id_of(press, settings); }
std::string on_hover(const Settings& settings) { return id_of(hover, settings); }
Mark on_key(std::string_view key, const Settings& settings) {
  return Rect{.box = {}, .id = id_of(std::string(key_mark) + std::string(key), settings)};
}

std::optional<Settings> pressed(std::string_view id) { return settings_of(id, press); }
std::optional<Settings> hovered(std::string_view id) { return settings_of(id, hover); }

std::optional<Settings> keyed(const Scene& scene, std::string_view key) {
  for (const Mark& mark : scene.marks)
    if (const auto settings = settings_of(id_of(mark), std::string(key_mark) + std::string(key))) return settings;
  return std::nullopt;
}

bool has_keys(const Scene& scene) {
  for (const Mark& mark : scene.marks)
    if (id_of(mark).starts_with(key_mark)) return true;
  return false;
}

}  // namespace viz
