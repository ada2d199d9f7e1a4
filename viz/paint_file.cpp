// Scenes to pixels, PNG, SVG and PDF.
#include "viz/paint_file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include <cmath>
#include <functional>
#include <stdexcept>

#include "engine/file.h"
#include "viz/paint_cairo.h"
#include "viz/png.h"
#include "viz/resample.h"

namespace viz {
namespace {

constexpr double largest = 16384;  // pixels a side

struct Size {
  double width, height;
};

Size checked_size(const Scene& scene, double scale) {
  if (!finite(scene))
    throw std::invalid_argument("paint: the scene has a coordinate that is not finite, or an image without all its bytes");
  const Size size = {scene.box.width * scale, scene.box.height * scale};
  if (!(size.width > 0 && size.height > 0 && size.width <= largest && size.height <= largest))
    throw std::invalid_argument("paint: the picture would be " + std::to_string(size.width) + " x " + std::to_string(size.height) +
                                " pixels; sides must lie between 1 and " + std::to_string(int(largest)));
  return size;
}

void check(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(std::string("paint: ") + cairo_status_to_string(status));
}

// Paints the scene and hands the surface's output over; takes the surface.
void paint_on(cairo_surface_t* surface, const Scene& scene, double scale, const Letters& letters) {
  cairo_t* cairo = cairo_create(surface);
  cairo_scale(cairo, scale, scale);
  paint(cairo, scene, letters);
  const cairo_status_t painted = cairo_status(cairo);
  cairo_destroy(cairo);
  cairo_surface_finish(surface);
  const cairo_status_t finished = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  check(painted);
  check(finished);
}

cairo_status_t collect(void* bytes, const unsigned char* data, unsigned length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

void unmultiply(const std::vector<uint32_t>& words, std::vector<uint8_t>& rgba) {
  rgba.resize(words.size() * 4);
  for (std::size_t i = 0; i < words.size(); i++) {
    const uint32_t a = words[i] >> 24;
    for (int c = 0; c < 3; c++) rgba[4 * i + c] = static_cast<uint8_t>(a ? ((words[i] >> (16 - 8 * c) & 255) * 255 + a / 2) / a : 0);
    rgba[4 * i + 3] = static_cast<uint8_t>(a);
  }
}

std::string escaped(std::string_view string) {
  std::string out;
  for (const CodePoint& c : code_points(string))
    out += c.value == '&' ? "&amp;" : c.value == '<' ? "&lt;" : c.value == '>' ? "&gt;" : c.shown();
  return out;
}

// Cairo writes letters into an SVG as outlines, which look the same everywhere. The same words, transparent, can be searched and copied.
std::string transparent_words(const Scene& scene, double scale) {
  std::string out = "<g fill-opacity=\"0\" font-family=\"Inter, 'DejaVu Sans', sans-serif\" transform=\"scale(" + std::to_string(scale) +
                    ") translate(" + std::to_string(-scene.box.x) + " " + std::to_string(-scene.box.y) + ")\">\n";
  for (const Mark& mark : scene.marks) {
    const auto* t = std::get_if<Text>(&mark);
    if (!t || t->string.empty()) continue;
    const double width = text_width(t->string, t->size, t->font);
    const double start = t->anchor == Anchor::start ? 0 : t->anchor == Anchor::middle ? -width / 2 : -width;
    out += "<text x=\"" + std::to_string(start) + "\" y=\"0\" font-size=\"" + std::to_string(t->size) + "\" textLength=\"" +
           std::to_string(width) + "\" transform=\"translate(" + std::to_string(t->at.x) + " " + std::to_string(t->at.y) + ") rotate(" +
           std::to_string(90 * t->turns) + ")\">" + escaped(t->string) + "</text>\n";
  }
  return out + "</g>\n";
}

}  // namespace

Color Picture::at(int x, int y) const {
  const uint8_t* p = &rgba.at(4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)));
  return {p[0], p[1], p[2], p[3]};
}

Picture render(const Scene& scene, double scale) {
  const Size size = checked_size(scene, scale);
  Picture picture{static_cast<int>(std::ceil(size.width)), static_cast<int>(std::ceil(size.height)), {}};
  std::vector<uint32_t> words(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  paint_on(cairo_image_surface_create_for_data(reinterpret_cast<unsigned char*>(words.data()), CAIRO_FORMAT_ARGB32, picture.width,
                                               picture.height, 4 * picture.width),
           scene, scale, fill_outlines);
  unmultiply(words, picture.rgba);
  return picture;
}

std::string svg(const Scene& scene, double scale) {
  const Size size = checked_size(scene, scale);
  std::string bytes;
  cairo_surface_t* surface = cairo_svg_surface_create_for_stream(collect, &bytes, size.width, size.height);
  cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
  Fonts letters;
  paint_on(surface, with_enlarged_images(scene), scale, std::ref(letters));
  return bytes.insert(bytes.rfind("</svg>"), transparent_words(scene, scale));
}

std::string pdf(const Scene& scene, double scale) {
  const Size size = checked_size(scene, scale);
  std::string bytes;
  Fonts letters;
  paint_on(cairo_pdf_surface_create_for_stream(collect, &bytes, size.width, size.height), with_enlarged_images(scene), scale,
           std::ref(letters));
  return bytes;
}

void save(const Scene& scene, const std::filesystem::path& path, double scale) {
  const std::string ending = path.extension();
  if (ending == ".png") return nn::write_file(path, png(render(scene, scale)));
  if (ending == ".svg") return nn::write_file(path, svg(scene, scale));
  if (ending == ".pdf") return nn::write_file(path, pdf(scene, scale));
  throw std::invalid_argument("cannot paint into " + path.string() + ": the name must end in .png, .svg or .pdf");
}

}  // namespace viz
