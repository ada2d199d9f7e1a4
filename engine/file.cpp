// Whole files through plain system calls, because only they tell why a write failed.
#include "engine/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace nn {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
  const std::string reason = std::strerror(errno);
  throw std::runtime_error("cannot " + what + " " + path.string() + ": " + reason);
}

struct Descriptor {
  int number;
  ~Descriptor() {
    if (number >= 0) close(number);
  }
};

// Removes the unfinished file unless it has been renamed.
struct Unfinished {
  fs::path path;
  ~Unfinished() {
    if (!path.empty()) unlink(path.c_str());
  }
};

void write_all(int descriptor, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Network file systems report a full disk only here.
void close_checked(Descriptor& file, const fs::path& path) {
  const int number = std::exchange(file.number, -1);
  if (close(number) != 0) fail("write", path);
}

void write_straight(const fs::path& path, std::string_view bytes) {
  Descriptor file{open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY)};
  if (file.number < 0) fail("write", path);
  write_all(file.number, bytes, path);
  close_checked(file, path);
}

bool is_special(const fs::path& path) {
  std::error_code none;
  const fs::file_status status = fs::status(path, none);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

}  // namespace

void write_file(const fs::path& path, std::string_view bytes) {
  if (is_special(path)) return write_straight(path, bytes);
  std::error_code none;
  if (fs::is_directory(path, none)) throw std::runtime_error("cannot write " + path.string() + ": it is a folder");
  // A link stays a link: the file that it points to is replaced.
  const fs::path target = fs::is_symlink(path, none) ? fs::weakly_canonical(path) : path;

  static std::atomic<int> count = 0;
  const std::string suffix = ".unfinished-" + std::to_string(getpid()) + "-" + std::to_string(count++);
  const fs::path beside = target.parent_path() / ("." + target.filename().string().substr(0, 200) + suffix);
  Descriptor file{open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666)};
  if (file.number < 0) fail("write", path);
  Unfinished unfinished{beside};

  struct stat old;
  if (stat(target.c_str(), &old) == 0 && fchmod(file.number, old.st_mode & 07777) != 0) fail("write", path);
  write_all(file.number, bytes, path);
  if (fsync(file.number) != 0) fail("write", path);
  close_checked(file, path);
  if (rename(beside.c_str(), target.c_str()) != 0) fail("write", path);
  unfinished.path.clear();
}

std::string read_file(const fs::path& path, std::size_t max_bytes) {
  Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)};
  if (file.number < 0) fail("read", path);
  struct stat about;
  if (fstat(file.number, &about) != 0) fail("read", path);
  if (S_ISDIR(about.st_mode)) throw std::runtime_error("cannot read " + path.string() + ": it is a folder");

  std::string bytes;
  if (S_ISREG(about.st_mode)) bytes.reserve(std::min<std::size_t>(static_cast<std::size_t>(about.st_size), max_bytes));
  std::string piece(1 << 16, '\0');
  while (true) {
    const ssize_t count = read(file.number, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path);
    if (count == 0) return bytes;
    bytes.append(piece, 0, static_cast<std::size_t>(count));
    if (bytes.size() > max_bytes)
      throw std::runtime_error("cannot read " + path.string() + ": it is larger than the limit of " + std::to_string(max_bytes) + " bytes");
  }
}

}  // namespace nn
