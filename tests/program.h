// The program as its user meets it: run with words, an environment and limits; what it prints and its exit code.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

struct Conditions {
  std::filesystem::path folder = {};          // where it runs
  std::vector<std::string> environment = {};  // "NAME=value" sets, "NAME" takes away
  std::string input = {};                     // on standard input, at most a few kilobytes
  std::string output_file = {};               // takes standard output in place of the caller
  long largest_file = -1;                     // bytes that a file may have: a disk that gets full
  bool reader_gone = false;                   // standard output is a pipe that nobody reads
};

struct Result {
  int code = 0;  // 128 and the signal where one ended it
  std::string out, error;
};

class Process {
 public:
  Process(const std::vector<std::string>& words, const Conditions& conditions);
  ~Process();  // kills what still runs
  Process(const Process&) = delete;

  pid_t id() const { return id_; }
  std::string line();  // the next line of standard output, waited for; "" at its end
  Result wait();       // all that is left to read, and the code

 private:
  pid_t id_ = -1;
  int out_ = -1, error_ = -1;
  std::string read_;  // of standard output, not yet given away
};

Result run_program(const std::vector<std::string>& words, const Conditions& conditions = {});

// Whether the program was built; else the running test is skipped.
bool has_program();
