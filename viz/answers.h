// What a network says of examples: a share of certainty for every class; and over a part of the data, how often it is right.
#pragma once
#include <string>
#include <vector>

#include "viz/study.h"

namespace viz {

// Of more examples the first so many are asked: views say so.
inline constexpr nn::Index most_answers = 10'000;

// The network's answers to the test examples, or to the train examples.
struct Answers {
  std::vector<int> rows;   // of the set, in the order of the split
  nn::Index examples = 0;  // of the part: more than rows where there are more than most_answers
  nn::Matrix shares;       // rows x classes, as shares_of() has them
  std::vector<int> truth, said;

  nn::Index count() const { return nn::Index(rows.size()); }
  nn::Index classes() const { return shares.columns(); }
};
// Runs the network in blocks, dropout asleep. std::invalid_argument, beginning with `who`, where there are no classes or no such examples.
Answers answers(const Study& study, bool test, const std::string& who);
// The same, or what the study remembers of it.
std::shared_ptr<const Answers> remembered_answers(const Study& study, bool test, const std::string& who);

// How certain the network is of each class for rows like set.inputs, rows x classes. With softmax these are its probabilities, with one
// output p and 1 - p (of tanh and linear (1 + a) / 2), else the outputs themselves; all held within 0 .. 1. Not a number stays so.
nn::Matrix shares_of(const Study& study, const nn::Matrix& rows);
// The same of the first so many columns of the network's output: count x classes.
nn::Matrix shares_of_output(const Study& study, nn::ConstView output, nn::Index count);

// The k classes with the largest shares, the largest first; of equals the first.
std::vector<int> best(const nn::Real* shares, nn::Index classes, int k);
// The part of the examples whose class is among the k best.
double accuracy(const Answers& answers, int k);
// Examples of the class truth that are said to be `said`, the most certain first.
std::vector<nn::Index> examples_of(const Answers& answers, int truth, int said);
// All that are taken for another class, the most certain of it first.
std::vector<nn::Index> mistakes(const Answers& answers);

// Of one class: how many there are, how many are said to be of it, and how many of these are.
struct ClassCount {
  nn::Index examples = 0, said = 0, right = 0;
  //   precision = right / said    recall = right / examples    F1 = 2 right / (said + examples)     not a number where that is 0 / 0
  double precision() const;
  double recall() const;
  double f1() const;
};
std::vector<ClassCount> class_counts(const Answers& answers);

// "97.6 %", "0.4 %", "–" for what is not a number.
std::string percent_words(double share);
// "10,000 test examples"; "the first 10,000 of 60,000 train examples".
std::string part_words(const Answers& answers, bool test);

}  // namespace viz
