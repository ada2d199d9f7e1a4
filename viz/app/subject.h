// What views look at: a network at one moment with its data and history, kept alive for as long as somebody looks.
#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "viz/study.h"
#include "viz/workbench.h"

namespace viz {

// What a network said to a part of the data, for all views: the first that asks runs the network, the others wait for it.
class AnswerMemory {
 public:
  std::shared_ptr<const Answers> ask(const Study& study, bool test);

 private:
  std::mutex mutex_;
  std::shared_ptr<const Answers> test_, train_;
};

struct SecondNetwork;  // second.h

struct Subject {
  std::shared_ptr<const nn::Snapshot> snapshot;
  std::shared_ptr<const data::Prepared> prepared;
  std::shared_ptr<const std::vector<nn::Epoch>> history;
  nn::Index example = 0;
  std::shared_ptr<const Given> given = {};      // looked at instead of the example
  std::shared_ptr<const Workbench> bench = {};  // whose earlier moments can be asked for
  std::function<nn::Matrix(const nn::Matrix&)> inputs_of = {};
  std::shared_ptr<AnswerMemory> answers = {};            // of this snapshot to these data
  std::shared_ptr<const data::TextSet> given_text = {};  // read instead of the data's own
  std::shared_ptr<TextMemory> text_memory = {};          // of this snapshot and what it reads
  std::string about = {};                                // what the experiment says of itself
  std::shared_ptr<const SecondNetwork> second = {};      // to be compared with

  // Refers to this subject.
  Study study() const;
  // The history follows from the snapshot.
  bool operator==(const Subject& other) const {
    return snapshot == other.snapshot && prepared == other.prepared && example == other.example && given == other.given &&
           given_text == other.given_text && about == other.about && second == other.second;
  }
};

}  // namespace viz
