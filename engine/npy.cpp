// The .npy format: a magic word, the version, the length of the header in 2 bytes, a Python dictionary, the numbers.
#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "engine/save.h"

namespace nn {

namespace {

constexpr std::string_view magic("\x93NUMPY\x01\x00", 8);

struct Header {
  std::size_t type;
  std::vector<Index> shape;
};

bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

// {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), } with its entries in the order of the alphabet, as NumPy writes them.
Header parse_header(std::string_view written, const std::string& who) {
  std::string compact;
  std::copy_if(written.begin(), written.end(), std::back_inserter(compact), [](char c) { return c != ' ' && c != '\n'; });
  std::string_view text = compact;

  if (!take(text, "{'descr':'")) throw std::runtime_error(who + ": the header does not begin with a type of numbers");
  const std::string descr(text.substr(0, text.find('\'')));
  std::size_t type = 0;
  while (type < std::size(number_types) && number_types[type].npy != descr) type++;
  if (type == std::size(number_types))
    throw std::runtime_error(who + ": numbers of type '" + descr + "' can't be read; save them as '<f4' or '<f8'");
  text.remove_prefix(descr.size());
  if (take(text, "','fortran_order':True")) throw std::runtime_error(who + ": the numbers are in Fortran order; save them in C order");

  Header header{type, {}};
  bool good = take(text, "','fortran_order':False,'shape':(");
  while (good && !take(text, ")")) {
    Index n = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    good = error == std::errc{} && n >= 0;
    header.shape.push_back(n);
    text.remove_prefix(std::size_t(end - text.data()));
    good = good && (take(text, ",") || text.starts_with(')'));
  }
  if (!good || (text != "}" && text != ",}")) throw std::runtime_error(who + ": the header gives no order and shape as NumPy writes them");
  return header;
}

}  // namespace

std::string npy(const Tensor& tensor) {
  std::string shape;
  for (Index n : tensor.shape) shape += std::to_string(n) + ", ";
  if (tensor.shape.size() > 1) shape.resize(shape.size() - 2);  // (3, 4), but (3, ) for one dimension
  std::string header = "{'descr': '" + std::string(type_of(tensor).npy) + "', 'fortran_order': False, 'shape': (" + shape + "), }";
  const std::size_t start = magic.size() + 2,
                    length = (start + header.size() + 1 + 63) / 64 * 64 - start;  // numbers begin at a multiple of 64
  header.resize(length - 1, ' ');
  std::string bytes(magic);
  bytes += {char(length % 256), char(length / 256)};
  bytes += header + '\n';
  return bytes.append(bytes_of(tensor));
}

Tensor parse_npy(std::string_view bytes, const std::string& who) {
  if (bytes.size() < magic.size() + 2 || !bytes.starts_with(magic.substr(0, 6))) throw std::runtime_error(who + ": this is no .npy file");
  if (!bytes.starts_with(magic))
    throw std::runtime_error(who + ": this is version " + std::to_string(int(bytes[6])) + "." + std::to_string(int(bytes[7])) +
                             " of .npy, and only 1.0 can be read");
  const std::size_t length = std::uint8_t(bytes[8]) + 256u * std::uint8_t(bytes[9]);
  bytes.remove_prefix(magic.size() + 2);
  if (length > bytes.size()) throw std::runtime_error(who + ": the file ends within its header");
  const Header header = parse_header(bytes.substr(0, length), who);
  bytes.remove_prefix(length);

  const std::size_t wanted = count_of(header.shape, who) * number_types[header.type].bytes;
  if (bytes.size() != wanted)
    throw std::runtime_error(who + ": the shape " + shape_text(header.shape) + " takes " + std::to_string(wanted) +
                             " bytes but the file has " + std::to_string(bytes.size()));
  return {"", header.shape, numbers_from(header.type, bytes)};
}

}  // namespace nn
