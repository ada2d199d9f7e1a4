// Looks for the font files in the usual folders of Linux distributions.
#include "viz/fonts.h"

#include <stb/stb_truetype.h>

#include <array>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <stdexcept>

#include "engine/file.h"

namespace viz {
namespace {

namespace fs = std::filesystem;

struct Loaded {
  std::string path, bytes;
  stbtt_fontinfo outlines;
  FontFile file;
};

std::vector<fs::path> folders() {
  std::vector<fs::path> all = {"/usr/share/fonts/opentype/inter",
                               "/usr/share/fonts/truetype/inter",
                               "/usr/share/fonts/inter",
                               "/usr/share/fonts/truetype/dejavu",
                               "/usr/share/fonts/dejavu-sans-fonts",
                               "/usr/share/fonts/dejavu",
                               "/usr/share/fonts/TTF",
                               "/usr/share/fonts/OTF",
                               "/usr/local/share/fonts"};
  if (const char* home = std::getenv("HOME")) all.push_back(fs::path(home) / ".local/share/fonts");
  return all;
}

fs::path located(const std::string& name) {
  std::error_code none;
  for (const fs::path& folder : folders())
    for (const char* ending : {".otf", ".ttf"})
      if (const fs::path path = folder / (name + ending); fs::is_regular_file(path, none)) return path;
  return {};
}

// Each file is read once, though several chains use it. A deque, because stb_truetype and the chains keep addresses.
const Loaded* loaded(const std::string& name, std::deque<Loaded>& store) {
  const fs::path path = located(name);
  if (path.empty()) return nullptr;
  for (const Loaded& other : store)
    if (other.path == path) return &other;

  Loaded& font = store.emplace_back();
  font.path = path;
  font.bytes = nn::read_file(path, 64u << 20);
  const auto* data = reinterpret_cast<const unsigned char*>(font.bytes.data());
  const int offset = stbtt_GetFontOffsetForIndex(data, 0);
  if (offset < 0 || !stbtt_InitFont(&font.outlines, data, offset))
    throw std::runtime_error("cannot read " + path.string() + ": it is not an OpenType font");
  font.file = {&font.outlines, 1 / stbtt_ScaleForMappingEmToPixels(&font.outlines, 1), static_cast<int>(store.size()) - 1};
  return &font;
}

using Chains = std::array<std::vector<FontFile>, fonts>;

Chains load() {
  static std::deque<Loaded> store;
  const std::array<std::vector<std::string>, fonts> names = {{{"Inter-Regular", "DejaVuSans"},
                                                              {"Inter-Bold", "DejaVuSans-Bold", "DejaVuSans"},
                                                              {"Inter-Italic", "DejaVuSans"},
                                                              {"DejaVuSansMono", "DejaVuSans"}}};
  Chains chains;
  for (std::size_t i = 0; i < names.size(); i++) {
    for (const std::string& name : names[i])
      if (const Loaded* font = loaded(name, store)) chains[i].push_back(font->file);
    if (chains[i].empty()) throw std::runtime_error("no font found: install the packages fonts-inter and fonts-dejavu-core");
  }
  return chains;
}

}  // namespace

const std::vector<FontFile>& font_chain(Font font) {
  static const Chains chains = load();
  return chains[static_cast<std::size_t>(font)];
}

}  // namespace viz
