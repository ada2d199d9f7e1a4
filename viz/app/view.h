// The picture of one method in a pane. Its numbers are computed when what they depend on has changed: at once where that is quick, else in
// the background, while the picture before stays and says that it is old.
#pragma once
#include <atomic>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "viz/app/subject.h"
#include "viz/method.h"

namespace viz {

class View {
 public:
  // Brings the picture up to date, but not oftener than every so many seconds where only the subject has changed. `box` is where its scene
  // lies; its corner need not be at 0.
  void update(const Subject& subject, const Method& method, const Arguments& options, Box box, const Style& style, double seconds,
              double every = 0);

  const Scene& scene() const { return scene_; }  // in the coordinates of the box, which it may reach below (Method::height)
  const Numbers* numbers() const { return numbers_ ? &*numbers_ : nullptr; }
  const std::string& problem() const { return problem_; }  // why there is no picture
  bool busy() const { return job_.valid(); }
  double busy_since() const { return job_started_; }
  double cost() const { return cost_; }  // seconds that computing took the last time
  // How much of the job is done, 0 .. 1; 0 where it does not say.
  double progress() const { return job_.valid() ? signs_->share.load() : 0; }
  // Ends the job; what was asked for stays undone until something else is asked.
  void cancel() {
    if (signs_) signs_->stop = true;
  }
  ~View() { cancel(); }
  View() = default;
  View(View&&) = default;
  View& operator=(View&&) = default;
  // Whether the picture shows what was, and is no more, half a second ago or longer.
  bool stale() const { return numbers_ && updated_for_ - matched_ > 0.5; }

  // Writes .png, .svg, .pdf, or the numbers as .csv or .npy, in the background picture's size.
  void save(const std::filesystem::path& path, const Method& method, Box size, const Style& style) const;

 private:
  struct Result {
    std::optional<Numbers> numbers;
    std::string problem;
    double cost;
  };
  // Between the window and a job: how far it is, what it has so far, and whether it is to end.
  struct Signs {
    std::atomic<double> share = 0;
    std::atomic<bool> stop = false;
    std::mutex mutex;
    std::optional<Numbers> coarse;
  };
  static Result compute(const Subject& subject, const Method& method, const Arguments& options, Signs* signs);
  static Result compute_twice(const Subject& subject, const Method& method, const Arguments& options, std::shared_ptr<Signs> signs);
  void keep(const Subject& subject);
  void take(Result result);

  Subject subject_, wanted_;  // of the numbers, and of the job; without the history, which others want to lengthen
  std::string method_;
  Arguments options_;
  std::optional<Numbers> numbers_;
  std::string problem_;
  // What computing took: the last time, for another picture of the same network, and for another network or other options.
  double cost_ = 0, same_cost_ = 0, other_cost_ = 0;
  bool same_ = false;             // of the job
  std::shared_ptr<Signs> signs_;  // of the job
  std::future<Result> job_;
  double job_started_ = 0, job_ended_ = 0, updated_ = -1;
  double matched_ = 0, updated_for_ = 0;  // when the numbers were last those of the subject and options; when that was last asked
  Scene scene_;
  Box box_;
  Style style_;
  bool fresh_ = false;  // numbers that are not laid out yet
};

}  // namespace viz
