// Runs curl by fork and exec; no shell reads the address.
#include "datasets/curl.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>
#include <vector>

#include "engine/text.h"

namespace data {

namespace {

constexpr int no_program = 127;

[[noreturn]] void become_curl(const std::string& address, const std::string& file, int error) {
  dup2(error, STDERR_FILENO);
  // -q: nobody's own settings. A connection that gives nothing for half a minute has failed.
  const char* words[] = {"curl",
                         "-q",
                         "--silent",
                         "--show-error",
                         "--fail",
                         "--location",
                         "--proto",
                         "=http,https",
                         "--proto-redir",
                         "=http,https",
                         "--connect-timeout",
                         "15",
                         "--speed-limit",
                         "1",
                         "--speed-time",
                         "30",
                         "--continue-at",
                         "-",
                         "--output",
                         file.c_str(),
                         "--",
                         address.c_str(),
                         nullptr};
  execvp(words[0], const_cast<char**>(words));
  _exit(no_program);
}

}  // namespace

CurlResult curl(const std::string& address, const std::filesystem::path& file, const std::function<void()>& look) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("curl can't be started: no pipe");
  const std::string path = file.string();
  const pid_t id = fork();
  if (id == 0) become_curl(address, path, ends[1]);
  close(ends[1]);
  if (id < 0) {
    close(ends[0]);
    throw std::runtime_error("curl can't be started: the system has no room for another program");
  }
  std::string words;
  for (pollfd end{ends[0], POLLIN, 0};;) {
    if (poll(&end, 1, 100) == 0) {
      look();
      continue;
    }
    char bytes[1024];
    const ssize_t count = read(ends[0], bytes, sizeof bytes);
    if (count <= 0) break;
    words.append(bytes, std::size_t(count));
  }
  close(ends[0]);
  int status = 0;
  waitpid(id, &status, 0);
  CurlResult result;
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.absent = result.code == no_program;
  if (result.code != 0) result.error = nn::trim(words.substr(0, words.find('\n')));
  if (result.code != 0 && result.error.empty()) result.error = "curl ended with code " + std::to_string(result.code);
  return result;
}

}  // namespace data
