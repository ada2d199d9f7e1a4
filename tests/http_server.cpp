// Plain sockets; one connection after another.
#include "tests/http_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

HttpServer::HttpServer(std::map<std::string, std::string> files, Faults faults) : files_(std::move(files)), faults_(faults) {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof place;
  if (bind(socket_, reinterpret_cast<sockaddr*>(&place), length) != 0 || listen(socket_, 8) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&place), &length) != 0)
    throw std::runtime_error("no socket on loopback");
  port_ = ntohs(place.sin_port);
  thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer() {
  shutdown(socket_, SHUT_RDWR);
  thread_.join();
  close(socket_);
}

std::string HttpServer::address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

std::vector<std::string> HttpServer::requests() {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void HttpServer::serve() {
  for (int connection; (connection = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0; close(connection)) answer(connection);
}

void HttpServer::answer(int connection) {
  std::string request;
  char bytes[2048];
  while (request.find("\r\n\r\n") == request.npos) {
    const ssize_t count = recv(connection, bytes, sizeof bytes, 0);
    if (count <= 0) return;
    request.append(bytes, std::size_t(count));
  }
  const std::size_t slash = request.find('/'), end = request.find(' ', slash), range = request.find("Range: bytes=");
  const std::string path = request.substr(slash, end - slash);
  const std::size_t from = range == request.npos ? 0 : std::size_t(std::atol(request.c_str() + range + 13));
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = requests_.empty();
    requests_.push_back(path + (from > 0 ? " from " + std::to_string(from) : ""));
  }
  const auto file = files_.find(path.substr(1));
  std::string head = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n", body;
  if (file != files_.end()) {
    const std::string& whole = file->second;
    const bool part = from > 0 && from < whole.size() && !faults_.ignores_range;
    body = whole.substr(part ? from : 0);
    head = part ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + std::to_string(from) + "-" + std::to_string(whole.size() - 1) +
                      "/" + std::to_string(whole.size()) + "\r\n"
                : "HTTP/1.1 200 OK\r\n";
    head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    if (first && faults_.cut_after >= 0) body.resize(std::size_t(faults_.cut_after));
  }
  const std::string all = head + "Connection: close\r\n\r\n" + body;
  for (std::size_t sent = 0; sent < all.size();) {
    const ssize_t count = send(connection, all.data() + sent, all.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;
    sent += std::size_t(count);
  }
  shutdown(connection, SHUT_WR);
  while (recv(connection, bytes, sizeof bytes, 0) > 0) {
  }
}
