// How a picture says what can be done with it: the ids of its marks name options and what they become. The window sets them, the method
// computes again, and no method needs a line of code of its own for pointer and keys.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "viz/scene.h"

namespace viz {

// Options of the method and what they become; "example" is the chosen example of the data set.
using Settings = std::vector<std::pair<std::string, double>>;

// Ids of marks that act when they are pressed, or while the pointer rests on them.
std::string on_press(const Settings& settings);  // "press:stage=2:unit=5"
std::string on_hover(const Settings& settings);

// An unseen mark: what a key does while the view has the focus. Keys: "left", "right", "up", "down", "page up", "page down", letters.
// The key "next" is what an animation does from one picture to the next; a view that has one can be played.
Mark on_key(std::string_view key, const Settings& settings);

// What ids say; nothing for other ids.
std::optional<Settings> pressed(std::string_view id);
std::optional<Settings> hovered(std::string_view id);
std::optional<Settings> keyed(const Scene& scene, std::string_view key);
bool has_keys(const Scene& scene);

}  // namespace viz
