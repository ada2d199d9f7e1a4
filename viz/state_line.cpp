// The whole state as one line of text.
#include "viz/state_line.h"

#include <zlib.h>

#include <array>
#include <cstring>
#include <stdexcept>

#include "engine/text.h"

namespace viz {

namespace {

constexpr std::string_view mark = "glassbox:1:", letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t largest = std::size_t(64) << 20;

[[noreturn]] void fail(const std::string& what) { throw std::invalid_argument("state line: " + what); }

// Three bytes are four letters; one or two left over are two or three, without padding.
std::string base64url(std::string_view bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const unsigned char byte : bytes) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 6; count -= 6) text += letters[bits >> (count - 6) & 63];
  }
  if (count > 0) text += letters[bits << (6 - count) & 63];
  return text;
}

std::string from_base64url(std::string_view text) {
  std::array<int, 256> value;
  value.fill(-1);
  for (std::size_t i = 0; i < letters.size(); i++) value[static_cast<unsigned char>(letters[i])] = int(i);
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (std::size_t i = 0; i < text.size(); i++) {
    const int six = value[static_cast<unsigned char>(text[i])];
    if (six < 0) fail("letter " + std::to_string(i + 1) + " after '" + std::string(mark) + "' is none of such a line; copy it again");
    bits = bits << 6 | std::uint32_t(six);
    count += 6;
    if (count >= 8) bytes += char(bits >> (count -= 8) & 255);
  }
  if (count == 6 || (bits & ((1u << count) - 1)) != 0) fail("it is cut off; copy it again, whole");
  return bytes;
}

std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(uLong(bytes.size()));
  std::string result(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(result.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), uLong(bytes.size()),
                Z_BEST_COMPRESSION) != Z_OK)
    throw std::runtime_error("state line: zlib can't pack it");
  result.resize(size);
  return result;
}

// inflateEnd on every way out.
struct Inflation {
  z_stream stream{};
  Inflation() {
    if (inflateInit(&stream) != Z_OK) throw std::runtime_error("state line: zlib can't be started");
  }
  ~Inflation() { inflateEnd(&stream); }
};

std::string inflated(const std::string& bytes) {
  Inflation inflation;
  z_stream& stream = inflation.stream;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib does not write there
  stream.avail_in = uInt(bytes.size());
  std::string result;
  std::array<char, 1 << 16> block;
  for (int status = Z_OK; status != Z_STREAM_END;) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = uInt(block.size());
    status = inflate(&stream, Z_NO_FLUSH);
    result.append(block.data(), block.size() - stream.avail_out);
    if (result.size() > largest) fail("it is more than 64 MiB once unpacked, the most that is read");
    if (status == Z_BUF_ERROR) fail("it is cut off; copy it again, whole");
    if (status != Z_OK && status != Z_STREAM_END) fail("it is damaged; copy it again");
  }
  if (stream.avail_in > 0) fail("something follows its end; copy it again");
  return result;
}

void append(std::string& bytes, const std::string& part) {
  const std::uint64_t length = part.size();
  bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += part;
}

std::string_view next_part(std::string_view& bytes) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) fail("a part of it is missing; copy it again");
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length > bytes.size()) fail("a part of it is missing; copy it again");
  const std::string_view part = bytes.substr(0, length);
  bytes.remove_prefix(length);
  return part;
}

}  // namespace

std::string state_line(const nn::Run& run) {
  std::string bytes;
  append(bytes, run.experiment);
  append(bytes, nn::snapshot_bytes(*run.now));
  append(bytes, nn::history_lines(run.history));
  if (bytes.size() > largest)
    throw std::runtime_error("state line: the state is " + std::to_string(bytes.size() >> 20) +
                             " MiB, and 64 MiB are the most; save the run");
  return std::string(mark) + base64url(deflated(bytes));
}

nn::Run parse_state_line(std::string_view text) {
  text = nn::trim(text);
  if (!text.starts_with("glassbox:")) fail("it has to begin with '" + std::string(mark) + "'");
  if (!text.starts_with(mark)) fail("it is of another version than this program's; it has to begin with '" + std::string(mark) + "'");
  if (text.size() > 2 * largest) fail("it is longer than any that is written");
  const std::string bytes = inflated(from_base64url(text.substr(mark.size())));
  std::string_view rest = bytes;
  nn::Run run;
  run.experiment = next_part(rest);
  const std::string_view state = next_part(rest), history = next_part(rest);
  if (!rest.empty()) fail("something follows its last part; copy it again");
  try {
    run.now = std::make_shared<const nn::Snapshot>(nn::parse_snapshot(state, "state line: the state"));
    run.history = nn::parse_history(history, "state line: the history");
  } catch (const std::runtime_error& error) {
    throw std::invalid_argument(error.what());
  }
  if (nn::Index(run.history.size()) != run.now->state.history)
    fail("the history has " + std::to_string(run.history.size()) + " lines where the state says " + std::to_string(run.now->state.history));
  return run;
}

}  // namespace viz
