// Parameters: what is learned. Their names and true tensor shapes are those of the saved file.
#pragma once
#include <string>
#include <vector>

#include "engine/random.h"
#include "engine/tape.h"

namespace nn {

struct Parameter {
  std::string name;                                     // "dense1.weight"
  std::vector<Index> tensor;                            // true tensor shape: [out, in] for a weight, [out] for a bias
  Index rows, columns;                                  // as the ops read it: out x in, out x 1
  Index offset;                                         // where in the numbers of all parameters
  bool learned;                                         // running statistics are not: they follow the batches
  bool is_weight() const { return tensor.size() > 1; }  // penalties act on weights alone, never on biases
};

// All parameters of a program in one row of numbers, in the order of recording, each padded with zeros to 64 bytes:
// an optimizer is one loop over them, and a copy of them is one copy.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(const Program& program);  // zeros
  const std::vector<Parameter>& list() const { return list_; }
  View operator[](std::size_t i) { return view_of(list_[i]); }
  ConstView operator[](std::size_t i) const { return const_cast<Parameters&>(*this)[i]; }
  std::size_t find(std::string_view name) const;  // std::invalid_argument where there is none
  Index count() const;                            // of learned numbers, without the padding

  Matrix numbers;

 private:
  View view_of(const Parameter& p) { return {numbers.data() + p.offset, p.rows, p.columns, p.columns}; }
  std::vector<Parameter> list_;
};

// The place in the list of the first parameter whose name or shape differs; the longer one's length where none does.
std::size_t first_difference(const Parameters& a, const Parameters& b);

// Lets the parameters of a program read these numbers.
void bind(const Parameters& parameters, Values& values);

// How weights start.
enum class Initializer { playground, zeros, constant, xavier, he, orthogonal };

// Fills a weight, out x in; of a convolution, `in` counts all pixels of its kernel, and `out` below is times `kernel`, their number:
//   playground  U(-1/2, 1/2)                                  constant  0.1
//   xavier      U(-r, r), r = sqrt(6 / (in + out))            (Glorot and Bengio 2010)
//   he          N(0, 2 / in)                                  (He et al. 2015)
//   orthogonal  rows or columns orthonormal, from the QR decomposition of a normal matrix (Saxe et al. 2013)
void initialize(Initializer how, View weight, Generator& random, Index kernel = 1);
// Every parameter, in order; biases start at 0.1 with `playground`, else at 0; gains, running variances and the forget gates of an LSTM
// at 1.
void initialize(Initializer how, Parameters& parameters, Generator& random);

Initializer initializer_named(std::string_view name);
std::string_view name(Initializer how);

}  // namespace nn
