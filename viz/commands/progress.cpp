// Progress on standard error, and Ctrl-C.
#include "viz/commands/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>

namespace viz {

namespace {

volatile std::sig_atomic_t interrupted = 0;
constexpr int bar_width = 16;

// Columns of the terminal; 80 where it does not tell.
std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

template <class... Numbers>
std::string printed(const char* format, Numbers... numbers) {
  char text[60];
  std::snprintf(text, sizeof text, format, numbers...);
  return text;
}

}  // namespace

std::string duration(double seconds) {
  if (seconds < 9.95) return printed("%.1f s", seconds);
  const long s = std::lround(std::min(seconds, 1e9));
  if (s < 60) return printed("%ld s", s);
  return s < 3600 ? printed("%ld min %ld s", s / 60, s % 60) : printed("%ld h %ld min", s / 3600, s / 60 % 60);
}

std::string thousands(double x) {
  if (x < 999.5) return printed("%.0f", x);
  return x < 999.5e3 ? printed("%.3g k", x / 1e3) : printed("%.3g M", x / 1e6);
}

Progress::Progress(std::string title, bool quiet) : title_(std::move(title)), on_(!quiet && isatty(STDERR_FILENO)) {
  started_ = last_ = std::chrono::steady_clock::now();
}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(double done, const std::string& figures, const std::string& more) {
  const auto now = std::chrono::steady_clock::now();
  if (!on_ || (shown_ && now - last_ < std::chrono::milliseconds(100))) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  std::string words = figures + (done > 0.01 && done < 1 ? ", " + duration(seconds * (1 - done) / done) + " left" : "") + ", " + more;

  const int full = int(std::lround(bar_width * std::clamp(done, 0.0, 1.0)));
  std::string bar;
  for (int i = 0; i < bar_width; i++) bar += i < full ? "█" : "░";
  const std::string percent = printed(" %3.0f %%  ", 100 * std::clamp(done, 0.0, 1.0));
  const std::size_t columns = terminal_width() - 1, before = title_.size() + 1 + bar_width + percent.size();
  if (before >= columns) return;
  // Whole figures alone, as many as there is room for.
  if (before + words.size() > columns) {
    const std::size_t end = words.rfind(", ", columns - before);
    words.resize(end == words.npos ? 0 : end);
  }
  std::fprintf(stderr, "\r\033[K%s %s%s%s", title_.c_str(), bar.c_str(), percent.c_str(), words.c_str());
  std::fflush(stderr);
}

Interrupt::Interrupt() {
  interrupted = 0;
  const auto note = [](int) { interrupted = 1; };
  before_int_ = std::signal(SIGINT, note);
  before_term_ = std::signal(SIGTERM, note);
}

Interrupt::~Interrupt() {
  std::signal(SIGINT, before_int_);
  std::signal(SIGTERM, before_term_);
}

bool Interrupt::asked() { return interrupted != 0; }

}  // namespace viz
