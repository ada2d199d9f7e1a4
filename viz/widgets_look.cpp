// Colours of widgets.
#include "viz/widgets_look.h"

namespace viz::look {

static bool is_light(const Theme& theme) { return contrast(theme.background, {0, 0, 0}) > 10; }

Ink ink_on(const Theme& theme, Color ground) {
  if (contrast(theme.text, ground) < 4.5)
    return {theme.on_header, mix(theme.on_header, ground, 0.22), mix(theme.on_header, ground, 0.45), theme.on_header};
  return {theme.text, theme.muted, mix(theme.muted, ground, 0.2), theme.accent};
}

Face face(const Theme& theme, const ButtonLook& look, Color ground, bool hovered, bool held) {
  const Ink ink = ink_on(theme, ground);
  const double strength = held ? 0.16 : hovered ? 0.08 : 0;
  if (!look.enabled) {
    if (look.plain) return {nothing, nothing, ink.disabled};
    return {theme.panel, mix(theme.line, theme.panel, 0.4), mix(theme.muted, theme.panel, 0.2)};
  }
  if (look.primary) return {mix(theme.accent, theme.text, 2 * strength), nothing, theme.on_accent};
  if (look.plain) {
    const Color strong = mix(ground, theme.accent, 0.14);
    if (look.selected && ink.text == theme.text) return {mix(strong, theme.text, strength), nothing, theme.text};
    const double fill = look.selected ? 0.12 + strength : strength;
    return {fill > 0 ? mix(ground, ink.text, fill) : nothing, nothing, ink.text};
  }
  if (look.selected) return {mix(mix(theme.background, theme.accent, 0.12), theme.text, strength), theme.accent, theme.text, 1.5};
  return {mix(surface(theme), theme.text, strength), mix(theme.line, theme.text, 3 * strength), theme.text};
}

Color surface(const Theme& theme) { return is_light(theme) ? theme.background : mix(theme.panel, theme.text, 0.06); }
Color groove(const Theme& theme, Color ground) { return mix(theme.line, ground, 0.15); }
Color pill(const Theme& theme) { return mix(theme.muted, theme.background, 0.2); }
Color thumb(const Theme& theme) { return is_light(theme) ? theme.background : theme.text; }

}  // namespace viz::look
