// A pool that sleeps soon: a thread that spins collapses on a shared machine.
#include "engine/threads.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace nn {

namespace {

class Pool {
 public:
  explicit Pool(int helpers) {
    for (int i = 0; i < helpers; i++) threads_.emplace_back([this, i] { serve(i + 1); });
  }

  ~Pool() {
    work_ = nullptr;
    round_.fetch_add(1);
    round_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  int size() const { return int(threads_.size()) + 1; }

  void run(Index n, Index grain, const std::function<void(Index, Index)>& work) {
    n_ = n;
    grain_ = grain;
    work_ = &work;
    running_.store(int(threads_.size()));
    round_.fetch_add(1);
    round_.notify_all();
    piece(0);
    while (const int left = running_.load()) wait_while(running_, left);
  }

 private:
  // Spins for some microseconds, then sleeps.
  template <class T>
  static void wait_while(std::atomic<T>& value, T old) {
    for (int i = 0; i < 2000; i++) {
      if (value.load(std::memory_order_acquire) != old) return;
      __builtin_ia32_pause();
    }
    value.wait(old);
  }

  // The share of thread t: whole grains, as even as they go.
  void piece(int t) {
    const Index grains = (n_ + grain_ - 1) / grain_, first = grains * t / size() * grain_,
                last = std::min(n_, grains * (t + 1) / size() * grain_);
    in_shared_loop = true;
    if (first < last) (*work_)(first, last);
    in_shared_loop = false;
  }

  void serve(int t) {
    for (unsigned seen = 0;;) {
      wait_while(round_, seen);
      seen = round_.load();
      if (!work_) return;
      piece(t);
      if (running_.fetch_sub(1) == 1) running_.notify_all();
    }
  }

  std::vector<std::thread> threads_;
  std::atomic<unsigned> round_ = 0;
  std::atomic<int> running_ = 0;
  Index n_ = 0, grain_ = 1;
  const std::function<void(Index, Index)>* work_ = nullptr;
};

std::unique_ptr<Pool> pool;
std::mutex in_use;

}  // namespace

int thread_count = 1;
constinit thread_local bool in_shared_loop = false;

void set_threads(int count) {
  pool = count > 1 ? std::make_unique<Pool>(count - 1) : nullptr;
  thread_count = count;
}

void share(Index n, Index grain, const std::function<void(Index, Index)>& work) {
  if (!pool || n <= grain || in_shared_loop || !in_use.try_lock()) return work(0, n);
  const std::lock_guard lock(in_use, std::adopt_lock);
  pool->run(n, grain, work);
}

}  // namespace nn
