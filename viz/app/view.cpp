// Computing and laying out a view.
#include "viz/app/view.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "viz/answers.h"
#include "viz/app/second.h"
#include "viz/explainers.h"
#include "viz/export.h"

namespace viz {

namespace {

constexpr double quick = 0.008;   // seconds that a picture may wait for
constexpr double answer = 0.025;  // the same where a person has typed or drawn, and waits for nothing else
constexpr double brief = 0.2;     // seconds that the picture before may wait for: a rough one would only flicker
constexpr double rest_share = 3;  // a job in the background is followed by a rest this many times as long: training needs the processor

double seconds_now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

}  // namespace

std::shared_ptr<const Answers> AnswerMemory::ask(const Study& study, bool test) {
  const std::lock_guard lock(mutex_);
  auto& known = test ? test_ : train_;
  if (!known) known = std::make_shared<const Answers>(viz::answers(study, test, "answers"));
  return known;
}

Study Subject::study() const {
  Study study = study_of(*snapshot, *prepared, inputs_of, *history, example);
  study.given = given.get(), study.given_text = given_text.get(), study.text_memory = text_memory.get(), study.about = about;
  if (second) study.other = &second->study;
  if (bench) study.moments = [this] { return bench->moments(*snapshot); };
  if (answers)
    study.answered = [this](bool test) { return answers->ask(study_of(*snapshot, *prepared, inputs_of, *history, example), test); };
  return study;
}

namespace {

// Seconds that a method takes before anybody has measured: long where it asks the network thousands of times, or searches a long text.
double expected_cost(const Method& method) {
  const bool asks_much = std::ranges::any_of(method.options, [](const Option& o) { return o.name == "explainer" || o.name == "search"; });
  const bool slow = std::ranges::any_of(explainers(), [&](const Explainer& e) { return e.name == method.name && !e.live; });
  return asks_much || slow ? 0.1 : 0;
}

// Options with which a picture comes sooner and is rougher: patches farther apart, fewer of what is drawn at random.
Arguments coarser(const Method& method, Arguments options) {
  for (const Option& option : method.options) {
    double& value = options.at(std::string(option.name));
    if (option.name == "stride") value = std::clamp(3 * value, option.low, option.high);
    if (option.name == "search") value = option.low;
    for (const std::string_view many : {"masks", "samples", "repeats", "images", "steps"})
      if (option.name == many && option.step == 1 && option.words.empty())
        value = std::clamp(std::floor(value / 6), option.low, option.high);
  }
  return options;
}

}  // namespace

// A rough picture first, where the options allow one.
View::Result View::compute_twice(const Subject& subject, const Method& method, const Arguments& options, std::shared_ptr<Signs> signs) {
  const Arguments rough = coarser(method, options);
  if (rough != options) {
    Result first = compute(subject, method, rough, signs.get());
    const std::lock_guard lock(signs->mutex);
    if (!signs->stop) signs->coarse = std::move(first.numbers);
  }
  return compute(subject, method, options, signs.get());
}

View::Result View::compute(const Subject& subject, const Method& method, const Arguments& options, Signs* signs) {
  const double started = seconds_now();
  Result result;
  try {
    Study study = subject.study();
    if (signs) study.goes_on = [signs](double share) { return signs->share = share, !signs->stop; };
    result.numbers = numbers_of(method, study, options);
  } catch (const std::exception& error) {
    result.problem = error.what();
  }
  result.cost = seconds_now() - started;
  return result;
}

void View::keep(const Subject& subject) {
  subject_ = subject;
  subject_.history.reset();
  subject_.bench.reset();
  subject_.answers.reset();
  subject_.text_memory.reset();
}

void View::take(Result result) {
  numbers_ = std::move(result.numbers);
  problem_ = std::move(result.problem);
  cost_ = result.cost;
  double& expected = same_ ? same_cost_ : other_cost_;
  expected = std::max(result.cost, 0.9 * expected);  // a quick answer may have been remembered by luck
  fresh_ = true;
}

void View::update(const Subject& subject, const Method& method, const Arguments& options, Box box, const Style& style, double seconds,
                  double every) {
  const bool other = method_ != method.name;
  if (other) {  // numbers of another method are nothing for this one, even while that one's job is still ending
    same_cost_ = other_cost_ = expected_cost(method);
    numbers_.reset(), problem_.clear();
  }
  if (job_.valid() && (other || options_ != options)) cancel();  // nobody waits for it any more
  if (job_.valid() && !other) {
    const std::lock_guard lock(signs_->mutex);
    if (signs_->coarse && seconds - job_started_ > brief)
      numbers_ = std::move(signs_->coarse), signs_->coarse.reset(), problem_.clear(), fresh_ = true;
  }
  if (job_.valid() && job_.wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
    Result result = job_.get();
    job_ended_ = seconds;
    if (signs_->stop) {
      if (!other && !numbers_) problem_ = "stopped";
      if (!other && options_ == options) keep(wanted_);
    } else if (!other) {
      keep(wanted_);
      take(std::move(result));
      matched_ = job_started_;
    }
  }
  const bool due = seconds < updated_ || seconds - updated_ >= every;
  if ((other || options_ != options || (due && !(subject_ == subject))) && !job_.valid()) {
    updated_ = seconds;
    same_ = !other && options_ == options && subject_.snapshot == subject.snapshot;
    const double cost = same_ ? same_cost_ : other_cost_;
    const bool asked = options_ != options || subject_.snapshot == subject.snapshot;  // by a person, not by training
    const bool rested = seconds - job_ended_ >= rest_share * cost;
    if (cost <= (same_ ? answer : quick)) {
      keep(subject);
      take(compute(subject, method, options, nullptr));
      method_ = method.name;
      options_ = options;
    } else if (rested || asked) {
      wanted_ = subject;
      wanted_.history.reset();
      job_started_ = seconds;
      signs_ = std::make_shared<Signs>();
      const bool rough_first = other || options_ != options;  // else the picture before is good enough to wait with
      job_ = rough_first ? std::async(std::launch::async, compute_twice, subject, std::cref(method), options, signs_)
                         : std::async(std::launch::async, compute, subject, std::cref(method), options, signs_.get());
      method_ = method.name;
      options_ = options;
    }
  }
  if (!job_.valid() && options_ == options && subject_ == subject) matched_ = seconds;
  updated_for_ = seconds;
  const bool style_changed = style_.theme != style.theme || style_.scale != style.scale;
  if (numbers_ && (fresh_ || style_changed || !(box_ == box))) scene_ = picture_of(method, *numbers_, box, style);
  fresh_ = false;
  box_ = box;
  style_ = style;
}

void View::save(const std::filesystem::path& path, const Method& method, Box size, const Style& style) const {
  if (!numbers_) throw std::invalid_argument("there is no picture to save: " + problem_);
  write_result(method, *numbers_, path, size, style, 2);
}

}  // namespace viz
