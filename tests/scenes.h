// Scenes that show what painters find hard, and how alike two pictures are.
#pragma once
#include <cmath>

#include "viz/colors.h"
#include "viz/paint_file.h"

// Peak signal to noise ratio of two pictures of one size, in dB.
inline double likeness(const viz::Picture& a, const viz::Picture& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgba.size(); i++) sum += std::pow(double(a.rgba[i]) - b.rgba[i], 2);
  return 10 * std::log10(255 * 255 / (sum / double(a.rgba.size()) + 1e-9));
}

// Lines with sharp corners, translucent; boxes and circles of many sizes between pixels.
inline viz::Scene line_scene() {
  using namespace viz;
  Scene scene{{0, 0, 480, 250}, {255, 255, 255}};
  const Color blue{40, 90, 200, 120}, black{0, 0, 0};
  Path zigzag{.stroke = blue, .line_width = 8};
  scene.add(zigzag.move({20, 40}).line({60, 20}).line({80, 60}).line({120, 20}).line({125, 60}).line({160, 30}));
  Path wave{.stroke = blue, .line_width = 12};
  scene.add(wave.move({200, 60}).cubic({240, 0}, {280, 120}, {320, 40}));
  for (int i = 0; i < 12; i++)
    scene.add_line({380, 70}, {380 + 50 * std::cos(i * 0.55), 70 + 50 * std::sin(i * 0.55)}, black, 0.3 + 0.25 * i);
  Path dashes{.stroke = {200, 30, 30}, .line_width = 2, .dash = {6, 4, 1, 4}};
  scene.add(dashes.move({20, 90}).cubic({100, 140}, {180, 60}, {300, 100}));
  for (int i = 0; i < 6; i++)
    scene.add(Rect{.box = {20 + i * 50.3, 130.4, 40, 26},
                   .radius = i * 2.5,
                   .fill = i % 2 ? blue : nothing,
                   .stroke = {30, 30, 30},
                   .line_width = 0.6 + 0.4 * i});
  for (int i = 0; i < 9; i++) {
    scene.add(Circle{.center = {30 + i * 48.4, 190.3}, .radius = 1 + i * 2.5, .fill = {250, 140, 30}, .stroke = {90, 0, 0}});
    scene.add(Circle{.center = {30 + i * 48.4, 220.3}, .radius = 1 + i * 2.5, .stroke = black, .line_width = 1.4});
  }
  return scene;
}

// Fills with holes and crossings, nested clips, images of both kinds, letters in four directions.
inline viz::Scene area_scene() {
  using namespace viz;
  Scene scene{{0, 0, 480, 120}, {255, 255, 255}};
  const Color black{0, 0, 0};
  Path star{.closed = true, .fill = {20, 150, 80, 160}, .stroke = {0, 80, 0}};
  for (int i = 0; i < 5; i++) {
    const Point p{60 + 40 * std::cos(i * 4 * M_PI / 5), 60 + 40 * std::sin(i * 4 * M_PI / 5)};
    i == 0 ? star.move(p) : star.line(p);
  }
  scene.add(star);
  Path frame{.closed = true, .fill = {20, 50, 180}};
  frame.move({120, 20}).line({180, 20}).line({180, 90}).line({120, 90}).move({140, 40}).line({140, 70}).line({160, 70}).line({160, 40});
  scene.add(frame);
  scene.add(ClipStart{{200, 20, 60, 60}}).add(Circle{.center = {230, 50}, .radius = 40, .fill = {200, 60, 120}});
  scene.add(Text{.at = {195, 60}, .string = "clipped words", .size = 16, .color = black});
  scene.add(ClipStart{{190, 60, 40, 60}}).add(Rect{.box = scene.box, .fill = {0, 0, 0, 60}}).add(ClipEnd{}).add(ClipEnd{});
  Image image{.box = {280.3, 20.6, 60.5, 40}, .width = 3, .height = 2};
  image.rgba = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255, 255, 255, 255, 0, 9, 200, 200, 128};
  scene.add(image);
  image.box.x += 70, image.smooth = true;
  scene.add(image);
  scene.add(Text{.at = {430, 100}, .string = "Upwards ∇g", .size = 14, .color = black, .turns = -1});
  scene.add(Text{.at = {450, 40}, .string = "Down", .size = 14, .color = black, .anchor = Anchor::middle, .turns = 1});
  scene.add(Text{.at = {400, 90}, .string = "Turned", .size = 14, .color = black, .turns = 2});
  scene.add(Text{.at = {280, 110}, .string = "Sizes 11 px naïve ∑ δ", .size = 11, .color = {60, 60, 60}, .font = Font::italic});
  return scene;
}
