// A camera: the newest frame, read on a thread of its own, so that nobody waits for it. A folder of pictures serves as one.
#pragma once
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "datasets/picture.h"

namespace viz {

// The next frame when it is due; nothing where it was asked to stop. std::runtime_error says in a sentence why no more will come.
using Frames = std::function<std::optional<data::Pixels>(std::stop_token)>;

// The PNG and JPEG files of a folder, sorted by name, again and again. Files that can't be read are passed over.
Frames folder_frames(const std::filesystem::path& folder, double frames_a_second);
// A device such as /dev/video0 by Video4Linux: YUYV or motion JPEG, whichever it has. std::runtime_error where it can't be opened.
Frames device_frames(const std::filesystem::path& device);
// The first device that is there; empty where there is none.
std::filesystem::path first_camera();

class Camera {
 public:
  // A device or a folder. std::runtime_error where there is neither.
  explicit Camera(const std::filesystem::path& source, double frames_a_second = 10);

  struct Look {
    std::shared_ptr<const data::Pixels> frame;  // the newest; null before the first
    std::string problem;                        // why there will be no more, a sentence; empty while it runs
  };
  Look look() const;
  // Waits until the newest frame is another one than this, or the camera has stopped.
  Look wait(const std::shared_ptr<const data::Pixels>& than) const;

 private:
  void run(std::stop_token stop);

  Frames next_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  Look look_;
  std::jthread thread_;  // the last member: it stops first
};

}  // namespace viz
