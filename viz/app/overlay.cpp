// What the window costs, on a key: the time of a picture, from a click to its picture, and what watching takes from training.
#include <cstdio>

#include "viz/app/parts.h"

namespace viz {

void draw_overlay(State& state, Widgets& ui, Box box) {
  if (!state.overlay) return;
  const nn::Session& session = state.desk.bench().session();
  const double played = session.played_seconds(), share = played > 0 ? 100 * session.served_seconds() / played : 0;
  char lines[4][96];
  std::snprintf(lines[0], sizeof lines[0], "own work for a picture   %.1f ms", state.times.own);
  std::snprintf(lines[1], sizeof lines[1], "picture on the screen    %.1f ms", state.times.shown);
  std::snprintf(lines[2], sizeof lines[2], "from input to picture    %.1f ms (slowest %.0f)", state.times.answer, state.slowest);
  std::snprintf(lines[3], sizeof lines[3], "watching takes of training   %.2f %%", share);
  const Box card{box.right() - 310, box.y + 8, 300, 96};
  ui.scene().add(Rect{.box = card, .radius = 6, .fill = with_alpha(ui.theme().panel, 0.95), .stroke = ui.theme().muted});
  for (int i = 0; i < 4; i++)
    ui.scene().add(Text{.at = {card.x + 12, card.y + 24 + 20.0 * i},
                        .string = lines[i],
                        .size = 12.5,
                        .color = ui.theme().text,
                        .id = "times:" + std::to_string(i)});
}

}  // namespace viz
