// Unpacks gzip by zlib.
#include "datasets/gzip.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "engine/file.h"

namespace data {

namespace {

// inflateEnd on every way out.
struct Inflation {
  z_stream stream{};
  Inflation() {
    if (inflateInit2(&stream, 15 + 16) != Z_OK) throw std::runtime_error("gzip: zlib can't be started");  // 16: with a gzip header
  }
  ~Inflation() { inflateEnd(&stream); }
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.substr(0, 2) == "\x1f\x8b"; }

std::string gunzip(std::string_view bytes, std::size_t limit, const std::string& who) {
  if (!is_gzip(bytes)) throw std::runtime_error(who + ": not a gzip file, which begins with the bytes 1f 8b");
  Inflation inflation;
  z_stream& stream = inflation.stream;
  std::string result;
  std::vector<char> block(std::size_t(1) << 16);
  std::size_t read = 0;
  for (;;) {
    const std::size_t given = std::min<std::size_t>(bytes.size() - read, std::size_t(1) << 30);  // zlib counts in 32 bits
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + read));           // zlib does not write there
    stream.avail_in = uInt(given);
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = uInt(block.size());
    const int status = inflate(&stream, Z_NO_FLUSH);
    read += given - stream.avail_in;
    result.append(block.data(), block.size() - stream.avail_out);

    if (result.size() > limit)
      throw std::runtime_error(who + ": more than " + std::to_string(limit) + " bytes once unpacked; that is the most that is read");
    if (status == Z_STREAM_END) {
      if (read == bytes.size()) return result;
      if (!is_gzip(bytes.substr(read)))
        throw std::runtime_error(who + ": the gzip data ends at byte " + std::to_string(read) + ", yet " +
                                 std::to_string(bytes.size() - read) + " bytes follow; the file is damaged");
      inflateReset(&stream);  // another member
    } else if (read == bytes.size() && stream.avail_out > 0) {
      throw std::runtime_error(who + ": the gzip data ends too early, after " + std::to_string(bytes.size()) +
                               " bytes; get the file again");
    } else if (status != Z_OK) {
      throw std::runtime_error(who + ": the gzip data is damaged near byte " + std::to_string(read) +
                               (stream.msg ? " (" + std::string(stream.msg) + ")" : "") + "; get the file again");
    }
  }
}

std::string read_bytes(const std::filesystem::path& path) {
  std::string bytes = nn::read_file(path, largest_file);
  return is_gzip(bytes) ? gunzip(bytes, largest_file, path.string()) : bytes;
}

}  // namespace data
