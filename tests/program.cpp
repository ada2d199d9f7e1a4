// Runs the program by fork and exec.
#include "tests/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/support.h"

namespace {

struct Pipe {
  int ends[2];
  Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
};

// In the child: all is set up, then the program takes its place.
[[noreturn]] void become(const std::string& program, const std::vector<std::string>& words, const Conditions& conditions) {
  if (!conditions.folder.empty() && chdir(conditions.folder.c_str()) != 0) _exit(126);
  for (const std::string& variable : conditions.environment) {
    const std::size_t equals = variable.find('=');
    if (equals == variable.npos)
      unsetenv(variable.c_str());
    else
      setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
  }
  if (conditions.largest_file >= 0) {
    const rlimit limit{rlim_t(conditions.largest_file), rlim_t(conditions.largest_file)};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<char*> list{const_cast<char*>(program.c_str())};
  for (const std::string& word : words) list.push_back(const_cast<char*>(word.c_str()));
  list.push_back(nullptr);
  execv(program.c_str(), list.data());
  _exit(127);
}

// Appends what can be read; false at the end.
bool read_more(int descriptor, std::string& to) {
  char bytes[4096];
  const ssize_t count = read(descriptor, bytes, sizeof bytes);
  if (count > 0) to.append(bytes, std::size_t(count));
  return count > 0;
}

}  // namespace

Process::Process(const std::vector<std::string>& words, const Conditions& conditions) {
  const std::string program = std::filesystem::absolute(PROGRAM).string();
  const Pipe in, out, error;
  const int output = conditions.output_file.empty() ? out.ends[1] : open(conditions.output_file.c_str(), O_WRONLY | O_CLOEXEC);
  if (conditions.reader_gone) close(out.ends[0]);
  id_ = fork();
  if (id_ == 0) {
    dup2(in.ends[0], STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(error.ends[1], STDERR_FILENO);
    become(program, words, conditions);
  }
  if (write(in.ends[1], conditions.input.data(), conditions.input.size()) < 0) throw std::runtime_error("no standard input");
  for (int end : {in.ends[0], in.ends[1], out.ends[1], error.ends[1]}) close(end);
  if (output != out.ends[1]) close(output);
  out_ = conditions.reader_gone ? -1 : out.ends[0];
  error_ = error.ends[0];
}

Process::~Process() {
  if (id_ <= 0) return;
  kill(id_, SIGKILL);
  wait();
}

std::string Process::line() {
  std::size_t end;
  while ((end = read_.find('\n')) == read_.npos)
    if (!read_more(out_, read_)) break;
  const std::string line = read_.substr(0, end);
  read_.erase(0, end == read_.npos ? end : end + 1);
  return line;
}

Result Process::wait() {
  Result result;
  result.out = std::move(read_);
  pollfd ends[] = {{out_, POLLIN, 0}, {error_, POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    poll(ends, 2, -1);
    for (pollfd& end : ends)
      if (end.fd >= 0 && end.revents && !read_more(end.fd, &end == ends ? result.out : result.error)) {
        close(end.fd);
        end.fd = -1;
      }
  }
  int status = 0;
  waitpid(id_, &status, 0);
  id_ = -1;
  result.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

Result run_program(const std::vector<std::string>& words, const Conditions& conditions) { return Process(words, conditions).wait(); }

bool has_program() {
  if (std::filesystem::exists(PROGRAM)) return true;
  skip("build " PROGRAM " first");
  return false;
}
