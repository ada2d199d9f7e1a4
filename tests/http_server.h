// A tiny HTTP server on loopback, on a thread of its own: files from memory, with Range, and with the faults that a test asks for.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

class HttpServer {
 public:
  struct Faults {
    long cut_after = -1;         // the first answer ends after so many bytes of its body
    bool ignores_range = false;  // always from the start
  };
  explicit HttpServer(std::map<std::string, std::string> files) : HttpServer(std::move(files), Faults()) {}
  HttpServer(std::map<std::string, std::string> files, Faults faults);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;

  std::string address() const;          // "http://127.0.0.1:PORT/"
  std::vector<std::string> requests();  // "/name", or "/name from 100" where a part was asked for

 private:
  void serve();
  void answer(int connection);
  std::map<std::string, std::string> files_;
  Faults faults_;
  int socket_ = -1, port_ = 0;
  std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};
