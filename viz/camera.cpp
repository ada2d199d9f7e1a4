// The thread of a camera, and the folder that serves as one.
#include "viz/camera.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "engine/file.h"

namespace viz {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 64 << 20;  // of a frame

std::vector<fs::path> pictures_of(const fs::path& folder) {
  std::vector<fs::path> all;
  std::error_code problem;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem)) {
    const std::string ending = at->path().extension().string();
    if (ending == ".png" || ending == ".jpg" || ending == ".jpeg") all.push_back(at->path());
  }
  if (problem) throw std::runtime_error("camera: the folder " + folder.string() + " is gone; the last picture stays");
  std::ranges::sort(all);
  return all;
}

// Waits in a way that a stop ends at once; false where it was stopped.
bool rest(std::stop_token stop, double seconds) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, std::chrono::duration<double>(seconds), [] { return false; });
  return !stop.stop_requested();
}

}  // namespace

Frames folder_frames(const fs::path& folder, double frames_a_second) {
  return [folder, seconds = 1 / frames_a_second, shown = std::string()](std::stop_token stop) mutable -> std::optional<data::Pixels> {
    if (!shown.empty() && !rest(stop, seconds)) return std::nullopt;
    const std::vector<fs::path> all = pictures_of(folder);
    const auto after = std::ranges::upper_bound(all, folder / shown);
    const std::size_t first = shown.empty() || after == all.end() ? 0 : std::size_t(after - all.begin());
    std::string why;
    for (std::size_t i = 0; i < all.size() && !stop.stop_requested(); i++) {
      const fs::path& file = all[(first + i) % all.size()];
      try {
        data::Pixels frame = data::decode_picture(nn::read_file(file, most_bytes), file.string());
        shown = file.filename().string();
        return frame;
      } catch (const std::exception& error) {
        why = std::string(" (") + error.what() + ")";
      }
    }
    throw std::runtime_error("camera: the folder " + folder.string() + " holds no picture that can be read" + why +
                             (shown.empty() ? "" : "; the last picture stays"));
  };
}

Camera::Camera(const fs::path& source, double frames_a_second) {
  std::error_code none;
  if (fs::is_directory(source, none))
    next_ = folder_frames(source, frames_a_second);
  else if (fs::exists(source, none))
    next_ = device_frames(source);
  else
    throw std::runtime_error("camera: " + source.string() + " is not there; name a device such as /dev/video0, or a folder of pictures");
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

Camera::Look Camera::look() const {
  const std::lock_guard lock(mutex_);
  return look_;
}

Camera::Look Camera::wait(const std::shared_ptr<const data::Pixels>& than) const {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return look_.frame != than || !look_.problem.empty(); });
  return look_;
}

void Camera::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    Look next;
    try {
      std::optional<data::Pixels> frame = next_(stop);
      if (!frame) return;
      next.frame = std::make_shared<const data::Pixels>(std::move(*frame));
    } catch (const std::exception& error) {
      next = {look().frame, error.what()};
    }
    {
      const std::lock_guard lock(mutex_);
      look_ = next;
    }
    changed_.notify_all();
    if (!next.problem.empty()) return;
  }
}

}  // namespace viz
