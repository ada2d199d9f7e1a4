// The picture of one method in a pane. Its numbers are computed when what they depend on has changed: at once where that is quick, else in
// the background, while the picture before stays and says that it is old.
#pragma once
#include <future>
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

  const Scene& scene() const { return scene_; }  // in the coordinates of the box
  const Numbers* numbers() const { return numbers_ ? &*numbers_ : nullptr; }
  const std::string& problem() const { return problem_; }  // why there is no picture
  bool busy() const { return job_.valid(); }
  double busy_since() const { return job_started_; }
  double cost() const { return cost_; }  // seconds that computing took the last time
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
  static Result compute(const Subject& subject, const Method& method, const Arguments& options);
  void keep(const Subject& subject);
  void take(Result result);

  Subject subject_, wanted_;  // of the numbers, and of the job; without the history, which others want to lengthen
  std::string method_;
  Arguments options_;
  std::optional<Numbers> numbers_;
  std::string problem_;
  // What computing took: the last time, for another picture of the same network, and for another network or other options.
  double cost_ = 0, same_cost_ = 0, other_cost_ = 0;
  bool same_ = false;  // of the job
  std::future<Result> job_;
  double job_started_ = 0, job_ended_ = 0, updated_ = -1;
  double matched_ = 0, updated_for_ = 0;  // when the numbers were last those of the subject and options; when that was last asked
  Scene scene_;
  Box box_;
  Style style_;
  bool fresh_ = false;  // numbers that are not laid out yet
};

}  // namespace viz
