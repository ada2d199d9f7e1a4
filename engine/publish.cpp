// Folders published by one rename.
#include "engine/publish.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>

#include "engine/text.h"

namespace nn {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& target, const std::string& what) {
  throw std::runtime_error("cannot save " + target.string() + ": " + what);
}
[[noreturn]] void fail(const fs::path& target) { fail(target, std::strerror(errno)); }

// A renamed file is on the disk for good only when its folder is.
void flush_folder(const fs::path& folder, const fs::path& target) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(target);
  const int result = fsync(descriptor), reason = errno;
  close(descriptor);
  errno = reason;
  if (result != 0 && reason != EINVAL) fail(target);  // EINVAL: this file system has nothing to flush
}

void rename_over(const fs::path& from, const fs::path& to, const fs::path& target) {
  if (rename(from.c_str(), to.c_str()) != 0) fail(target);
}

// Removes a folder that was replaced or never finished; what in it is not of our own goes to the target first.
void retire(const fs::path& folder, const fs::path& target, std::span<const std::string> own) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (std::find(own.begin(), own.end(), name) == own.end() && name.find(".unfinished-") == name.npos)
      if (!fs::exists(target / name, ignored) && rename(entry.path().c_str(), (target / name).c_str()) != 0)
        return;  // better a folder too many than a file too few
  }
  fs::remove_all(folder, ignored);
}

std::string beside(const fs::path& target) { return target.filename().string() + ".new."; }

// What killed programs left: TARGET.new.PID without a process PID.
void retire_leftovers(const fs::path& target, std::span<const std::string> own) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(target.parent_path(), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(beside(target))) continue;
    const auto process = number(name.substr(beside(target).size()));
    if (!process || !(*process >= 1 && *process < 1e9)) continue;
    if (pid_t(*process) == getpid() || (kill(pid_t(*process), 0) != 0 && errno == ESRCH)) retire(entry.path(), target, own);
  }
}

void check_target(const fs::path& target, const std::string& mark) {
  const fs::file_status status = fs::status(target);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) fail(target, "there is a file of that name");
  if (!fs::is_empty(target) && !fs::exists(target / mark))
    fail(target, "the folder holds other things and no " + mark + "; choose another folder");
}

// Target and new folder change places, or the new one takes the place of nothing.
void swap_in(const fs::path& fresh, const fs::path& target) {
  if (!fs::exists(target)) return rename_over(fresh, target, target);
  if (renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return;
  if (errno != EINVAL && errno != ENOSYS) fail(target);
  rename_over(target, old_place(target), target);  // this file system can't exchange
  if (rename(fresh.c_str(), target.c_str()) != 0) {
    const int reason = errno;
    rename_over(old_place(target), target, target);
    errno = reason;
    fail(target);
  }
}

struct Unfinished {
  fs::path folder;
  ~Unfinished() {
    std::error_code ignored;
    if (!folder.empty()) fs::remove_all(folder, ignored);
  }
};

}  // namespace

fs::path old_place(const fs::path& target) {
  return (target.has_filename() ? target : target.parent_path()).string() + ".old-generation";  // of "run/", too
}

void publish_folder(const fs::path& wanted, std::span<const std::string> own, const std::function<void(const fs::path&)>& fill) try {
  // A link stays a link: the folder that it points to is replaced.
  fs::path target = fs::absolute(fs::weakly_canonical(wanted));
  if (!target.has_filename()) target = target.parent_path();
  check_target(target, own[0]);
  retire_leftovers(target, own);

  const fs::path fresh = target.parent_path() / (beside(target) + std::to_string(getpid()));
  if (mkdir(fresh.c_str(), 0777) != 0) fail(target);
  Unfinished unfinished{fresh};
  fill(fresh);
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fresh))
    if (entry.is_directory()) flush_folder(entry.path(), target);
  flush_folder(fresh, target);
  swap_in(fresh, target);
  unfinished.folder.clear();
  flush_folder(target.parent_path(), target);
  for (const fs::path& old : {fresh, old_place(target)})
    if (fs::exists(old)) retire(old, target, own);
} catch (const fs::filesystem_error& error) {
  fail(wanted, error.code().message());
}

}  // namespace nn
