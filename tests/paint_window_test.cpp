// What the window's painter shows, under Xvfb.
#include <catch2/catch.hpp>

#include "tests/methods_study.h"
#include "tests/scenes.h"
#include "tests/xvfb.h"
#include "viz/method.h"
#include "viz/paint_sfml.h"
#include "viz/sfml.h"

using namespace viz;

namespace {

Picture shown(const Scene& scene, double scale, WindowPainter& painter) {
  sf::RenderTexture target;
  const int width = int(std::ceil(scene.box.width * scale)), height = int(std::ceil(scene.box.height * scale));
  REQUIRE(sfml::create(target, width, height));
  painter.prepare(scene, scale);
  painter.draw(target);
  target.display();
  const sf::Image image = target.getTexture().copyToImage();
  return {width, height, {image.getPixelsPtr(), image.getPixelsPtr() + std::size_t(width) * std::size_t(height) * 4}};
}

}  // namespace

TEST_CASE("the window shows what the files show") {
  if (!has_xvfb()) return;
  const sf::Context context;
  WindowPainter painter;
  for (const double scale : {1.0, 2.0}) {
    CHECK(likeness(shown(line_scene(), scale, painter), render(line_scene(), scale)) > 36);
    CHECK(likeness(shown(area_scene(), scale, painter), render(area_scene(), scale)) > 36);
    for (const auto& [study, name] : {std::pair{"ring", "network"},
                                      {"ring", "boundary"},
                                      {"ring", "hidden"},
                                      {"several seeds", "loss"},
                                      {"pictures", "weights"},
                                      {"pictures", "confusion"}})
      for (const Theme* theme : {&light, &dark}) {
        const Method& method = viz::method(name);
        const Scene scene = method.layout(method.compute(named(study).study(), arguments(method, {})), {0, 0, 640, 480}, {theme});
        INFO(name << " at " << scale);
        CHECK(likeness(shown(scene, scale, painter), render(scene, scale)) > 36);
        CHECK(painter.triangles() > 100);
        CHECK(painter.draw_calls() <= 9);  // large areas are pictures of their own
      }
  }
}
