// Triangles and pages to the graphics card.
#include "viz/paint_sfml.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "viz/sfml.h"
#include "viz/triangles/triangles.h"

namespace viz {
namespace {

static_assert(sizeof(Color) == 4 && sizeof(triangles::Vertex) == sizeof(sf::Vertex) && std::is_trivially_copyable_v<sf::Vertex>);

// Four bytes a pixel, as SFML wants them.
const std::uint8_t* bytes(const Color* colors) { return reinterpret_cast<const std::uint8_t*>(colors); }

}  // namespace

struct WindowPainter::Parts {
  triangles::Triangulator triangulator;
  std::vector<sf::Texture> textures;  // one for each page
  std::vector<sf::Vertex> vertices;
  std::vector<triangles::Batch> batches;
  Color background;

  void upload(const triangles::Pixels& page, std::size_t number, triangles::Rows rows) {
    sf::Texture& texture = textures[number];
    const bool fits = texture.getSize().x == unsigned(page.width) && texture.getSize().y == unsigned(page.height);
    if (!fits) {
      if (!sfml::create(texture, page.width, page.height))
        throw std::runtime_error("the graphics card refuses a texture of " + std::to_string(page.width) + "x" +
                                 std::to_string(page.height) + " pixels");
      texture.setSmooth(true);
      rows = {0, page.height};
    }
    if (!rows.empty()) sfml::update(texture, bytes(page.row(rows.from)), page.width, rows.to - rows.from, rows.from);
  }
};

WindowPainter::WindowPainter() : parts_(std::make_unique<Parts>()) {}
WindowPainter::~WindowPainter() = default;

void WindowPainter::prepare(const Scene& scene, double scale) {
  const triangles::Triangles& made = parts_->triangulator.triangles(scene, scale);
  parts_->background = scene.background;
  parts_->batches = made.batches;
  parts_->vertices.resize(made.vertices.size());
  if (!made.vertices.empty())
    std::memcpy(static_cast<void*>(parts_->vertices.data()), made.vertices.data(), made.vertices.size() * sizeof(triangles::Vertex));

  triangles::Atlas& atlas = parts_->triangulator.atlas();
  const std::vector<triangles::Pixels>& pages = atlas.pages();
  parts_->textures.resize(std::max(parts_->textures.size(), pages.size()));
  for (std::size_t i = 0; i < pages.size(); i++)
    parts_->upload(pages[i], i, i == 0 ? atlas.changed() : triangles::Rows{0, pages[i].height});
}

void WindowPainter::draw(sf::RenderTarget& target) {
  target.setView(sfml::view(target.getSize().x, target.getSize().y));
  const Color c = parts_->background;
  target.clear(c.a ? sf::Color(c.r, c.g, c.b) : sf::Color::White);
  std::size_t first = 0;
  for (const triangles::Batch& batch : parts_->batches) {
    sf::RenderStates states(batch.page == triangles::no_page ? sfml::instead() : sfml::over());
    if (batch.page != triangles::no_page) states.texture = &parts_->textures[std::size_t(batch.page)];
    if (batch.vertices) target.draw(&parts_->vertices[first], batch.vertices, sfml::triangle_list, states);
    first += batch.vertices;
  }
}

int WindowPainter::triangles() const { return int(parts_->vertices.size() / 3); }
int WindowPainter::draw_calls() const { return int(parts_->batches.size()); }

}  // namespace viz
