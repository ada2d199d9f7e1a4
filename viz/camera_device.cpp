// A camera by Video4Linux 2: four buffers that the driver fills and we read in place. (Linux kernel documentation, "Video for Linux API")
#include <fcntl.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "viz/camera.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

unsigned char byte(double value) { return static_cast<unsigned char>(std::clamp(value + 0.5, 0.0, 255.0)); }

// Two pixels share their colour: Y0 U Y1 V.   R = Y + 1.402 V'   G = Y - 0.344 U' - 0.714 V'   B = Y + 1.772 U'   (ITU-R BT.601)
data::Pixels from_yuyv(const unsigned char* bytes, std::size_t line, int width, int height) {
  data::Pixels pixels{width, height, std::vector<unsigned char>(std::size_t(width) * std::size_t(height) * 4, 255)};
  for (int i = 0; i < height; i++)
    for (int j = 0; j < width; j++) {
      const unsigned char* pair = bytes + std::size_t(i) * line + std::size_t(j / 2) * 4;
      const double Y = pair[j % 2 ? 2 : 0], U = pair[1] - 128.0, V = pair[3] - 128.0;
      unsigned char* to = &pixels.rgba[(std::size_t(i) * std::size_t(width) + std::size_t(j)) * 4];
      to[0] = byte(Y + 1.402 * V), to[1] = byte(Y - 0.344 * U - 0.714 * V), to[2] = byte(Y + 1.772 * U);
    }
  return pixels;
}

class Device {
 public:
  explicit Device(const fs::path& path) : path_(path) {
    file_ = open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (file_ < 0) fail(std::string("can't be opened (") + std::strerror(errno) + ")");
    try {
      start();
    } catch (...) {
      stop();
      throw;
    }
  }
  ~Device() { stop(); }
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  std::optional<data::Pixels> next(std::stop_token asked) {
    while (!asked.stop_requested()) {
      pollfd ready{file_, POLLIN, 0};
      if (poll(&ready, 1, 50) == 0) continue;
      if (ready.revents & (POLLERR | POLLHUP | POLLNVAL)) fail("has been taken away; the last picture stays");
      v4l2_buffer buffer{};
      buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, buffer.memory = V4L2_MEMORY_MMAP;
      if (ioctl(file_, VIDIOC_DQBUF, &buffer) < 0) {
        if (errno == EAGAIN || errno == EINTR) continue;
        fail("gives no more frames; the last picture stays");
      }
      std::optional<data::Pixels> frame = read(buffer);
      ioctl(file_, VIDIOC_QBUF, &buffer);
      if (frame) return frame;
    }
    return std::nullopt;
  }

 private:
  struct Buffer {
    void* bytes;
    std::size_t length;
  };

  [[noreturn]] void fail(const std::string& why) const { throw std::runtime_error("camera: " + path_.string() + " " + why); }

  bool take_format(unsigned format) {
    v4l2_format wanted{};
    wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wanted.fmt.pix.width = 640, wanted.fmt.pix.height = 480, wanted.fmt.pix.pixelformat = format, wanted.fmt.pix.field = V4L2_FIELD_ANY;
    if (ioctl(file_, VIDIOC_S_FMT, &wanted) < 0 || wanted.fmt.pix.pixelformat != format) return false;
    width_ = int(wanted.fmt.pix.width), height_ = int(wanted.fmt.pix.height), line_ = wanted.fmt.pix.bytesperline, format_ = format;
    return width_ > 0 && height_ > 0;
  }

  void start() {
    v4l2_capability can{};
    if (ioctl(file_, VIDIOC_QUERYCAP, &can) < 0) fail("is no camera");
    const unsigned capabilities = can.capabilities & V4L2_CAP_DEVICE_CAPS ? can.device_caps : can.capabilities;
    if (!(capabilities & V4L2_CAP_VIDEO_CAPTURE) || !(capabilities & V4L2_CAP_STREAMING)) fail("gives no stream of frames");
    if (!take_format(V4L2_PIX_FMT_YUYV) && !take_format(V4L2_PIX_FMT_MJPEG))
      fail("has frames in neither of the two forms that can be read, YUYV and motion JPEG");
    v4l2_requestbuffers request{};
    request.count = 4, request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE, request.memory = V4L2_MEMORY_MMAP;
    if (ioctl(file_, VIDIOC_REQBUFS, &request) < 0 || request.count < 1) fail("has no memory for frames");
    for (unsigned i = 0; i < request.count; i++) {
      v4l2_buffer buffer{};
      buffer.type = request.type, buffer.memory = request.memory, buffer.index = i;
      if (ioctl(file_, VIDIOC_QUERYBUF, &buffer) < 0) fail("has no memory for frames");
      void* bytes = mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, file_, buffer.m.offset);
      if (bytes == MAP_FAILED) fail("has no memory for frames");
      buffers_.push_back({bytes, buffer.length});
      if (ioctl(file_, VIDIOC_QBUF, &buffer) < 0) fail("does not start");
    }
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (ioctl(file_, VIDIOC_STREAMON, &type) < 0) fail("does not start; another program may have it");
  }

  void stop() {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    ioctl(file_, VIDIOC_STREAMOFF, &type);
    for (const Buffer& buffer : buffers_) munmap(buffer.bytes, buffer.length);
    close(file_);
  }

  // Nothing where the frame is damaged: the next one may be whole.
  std::optional<data::Pixels> read(const v4l2_buffer& buffer) const {
    if (buffer.index >= buffers_.size() || buffer.flags & V4L2_BUF_FLAG_ERROR) return std::nullopt;
    const auto* bytes = static_cast<const unsigned char*>(buffers_[buffer.index].bytes);
    if (format_ == V4L2_PIX_FMT_YUYV) {
      const std::size_t line = std::max<std::size_t>(line_, std::size_t(width_) * 2);
      if (buffer.bytesused < line * std::size_t(height_ - 1) + std::size_t(width_) * 2) return std::nullopt;
      return from_yuyv(bytes, line, width_, height_);
    }
    try {
      return data::decode_picture({reinterpret_cast<const char*>(bytes), buffer.bytesused}, "camera");
    } catch (const std::runtime_error&) {
      return std::nullopt;
    }
  }

  fs::path path_;
  int file_ = -1, width_ = 0, height_ = 0;
  std::size_t line_ = 0;
  unsigned format_ = 0;
  std::vector<Buffer> buffers_;
};

}  // namespace

Frames device_frames(const fs::path& device) {
  return [camera = std::make_shared<Device>(device)](std::stop_token stop) { return camera->next(stop); };
}

fs::path first_camera() {
  std::error_code none;
  for (int i = 0; i < 10; i++)
    if (const fs::path device = "/dev/video" + std::to_string(i); fs::exists(device, none)) return device;
  return {};
}

}  // namespace viz
