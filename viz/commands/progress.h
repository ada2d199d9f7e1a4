// A line that shows how far a work over a second has come: rewritten in place on a terminal, silent elsewhere and with --quiet.
#pragma once
#include <chrono>
#include <string>

namespace viz {

class Progress {
 public:
  Progress(std::string title, bool quiet);
  ~Progress();  // wipes the line: what was reached is the command's to say
  // `done` of 1; `figures` such as "loss 0.031", the time left comes before `more`, which is cut off first where the terminal is narrow.
  // Shows at most ten times a second.
  void show(double done, const std::string& figures, const std::string& more);

 private:
  std::string title_;
  bool on_, shown_ = false;
  std::chrono::steady_clock::time_point started_, last_;
};

std::string duration(double seconds);    // "0.4 s", "1 min 20 s", "2 h 5 min"
std::string thousands(double a_second);  // "950", "12.3 k", "1.23 M"

// SIGINT and SIGTERM set a flag instead of ending the program while one of these lives.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  static bool asked();

 private:
  void (*before_int_)(int);
  void (*before_term_)(int);
};

}  // namespace viz
