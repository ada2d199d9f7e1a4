// A model that was trained here gives the same logits when somebody else runs its safetensors file: plain loops that share no line with
// the engine.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "engine/save.h"
#include "tests/support.h"
#include "viz/backward.h"
#include "viz/workbench.h"

namespace {

struct Tensor {
  std::vector<long> shape;
  std::vector<float> numbers;
};

// The format as its specification says: the length of the header, the header as JSON, the numbers.
std::map<std::string, Tensor> read_safetensors(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  REQUIRE(bytes.size() > 8);
  std::uint64_t length = 0;
  std::memcpy(&length, bytes.data(), 8);
  const auto header = nlohmann::json::parse(bytes.substr(8, length));
  std::map<std::string, Tensor> all;
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    REQUIRE(entry.at("dtype") == "F32");
    Tensor& tensor = all[name];
    tensor.shape = entry.at("shape").get<std::vector<long>>();
    const auto places = entry.at("data_offsets").get<std::vector<std::size_t>>();
    tensor.numbers.resize((places[1] - places[0]) / 4);
    std::memcpy(tensor.numbers.data(), bytes.data() + 8 + length + places[0], places[1] - places[0]);
  }
  return all;
}

// Channels of rows of pixels.
struct Maps {
  long channels, height, width;
  std::vector<double> x;
  double& at(long c, long i, long j) { return x[std::size_t((c * height + i) * width + j)]; }
  double padded(long c, long i, long j) { return i < 0 || j < 0 || i >= height || j >= width ? 0 : at(c, i, j); }
};

Maps conv(Maps in, const Tensor& w, const Tensor& b, long pad, long stride, long dilation, long groups) {
  const long out = w.shape[0], depth = w.shape[1], kh = w.shape[2], kw = w.shape[3];
  Maps z{
      out, (in.height + 2 * pad - dilation * (kh - 1) - 1) / stride + 1, (in.width + 2 * pad - dilation * (kw - 1) - 1) / stride + 1, {}};
  z.x.resize(std::size_t(z.channels * z.height * z.width));
  for (long o = 0; o < out; o++)
    for (long i = 0; i < z.height; i++)
      for (long j = 0; j < z.width; j++) {
        double sum = b.numbers[std::size_t(o)];
        for (long c = 0; c < depth; c++)
          for (long u = 0; u < kh; u++)
            for (long v = 0; v < kw; v++)
              sum += double(w.numbers[std::size_t(((o * depth + c) * kh + u) * kw + v)]) *
                     in.padded(o / (out / groups) * depth + c, i * stride + u * dilation - pad, j * stride + v * dilation - pad);
        z.at(o, i, j) = sum;
      }
  return z;
}

Maps relu(Maps z) {
  for (double& x : z.x) x = std::max(x, 0.0);
  return z;
}

Maps batch_norm(Maps z, const std::map<std::string, Tensor>& all, const std::string& name) {
  const long pixels = z.height * z.width;
  for (long k = 0; k < z.channels * pixels; k++) {
    const auto of = [&](const char* part) { return double(all.at(name + part).numbers[std::size_t(k / pixels)]); };
    double& x = z.x[std::size_t(k)];
    x = of(".gain") * (x - of(".running_mean")) / std::sqrt(of(".running_variance") + 1e-5) + of(".shift");
  }
  return z;
}

Maps max_pool(Maps in, long size) {
  Maps y{in.channels, in.height / size, in.width / size, {}};
  y.x.assign(std::size_t(y.channels * y.height * y.width), -INFINITY);
  for (long c = 0; c < y.channels; c++)
    for (long i = 0; i < y.height * size; i++)
      for (long j = 0; j < y.width * size; j++) y.at(c, i / size, j / size) = std::max(y.at(c, i / size, j / size), in.at(c, i, j));
  return y;
}

std::vector<double> dense(const Maps& a, const Tensor& w, const Tensor& b) {
  std::vector<double> z(b.numbers.begin(), b.numbers.end());
  for (std::size_t o = 0; o < z.size(); o++)
    for (std::size_t k = 0; k < a.x.size(); k++) z[o] += double(w.numbers[o * a.x.size() + k]) * a.x[k];
  return z;
}

}  // namespace

TEST_CASE("a network trained here gives the same logits when plain loops run its safetensors file") {
  if (sizeof(nn::Real) != 4) return;
  data::Experiment e = data::parse_experiment(
      "[data]\nsource = \"digits\"\n[model]\nlayers = \"conv 6 5x5 pad 2, batchnorm, relu, maxpool 2, conv 8 3x3 pad 2 dilation 2 groups "
      "2, relu, conv 4 3x3 pad 1 stride 2, relu\"\noutput = \"softmax\"\ninit = \"he\"\n[train]\nloss = \"cross-entropy\"\noptimizer = "
      "\"adam\"\nrate = 0.003\nbatch = 16\n",
      "test");
  viz::Workbench bench(e, "");
  bench.session().advance(300);
  const TemporaryFolder folder;
  nn::save_run(folder.path / "run", bench.run());
  const auto all = read_safetensors(folder.path / "run" / "model.safetensors");
  CHECK(all.at("conv2.weight").shape == std::vector<long>{8, 3, 3, 3});

  const viz::Study study = bench.study();
  CHECK(study.history.size() > 0);
  nn::Matrix rows(20, 64);
  for (nn::Index i = 0; i < rows.size(); i++) rows.data()[i] = study.set.inputs.data()[i];
  const nn::Matrix inputs = study.inputs_of(rows);
  const viz::Backward net(study, inputs);
  double largest = 0, difference = 0;
  for (nn::Index n = 0; n < rows.rows(); n++) {
    Maps x{1, 8, 8, std::vector<double>(inputs.view().row(n), inputs.view().row(n) + 64)};
    x = max_pool(relu(batch_norm(conv(x, all.at("conv1.weight"), all.at("conv1.bias"), 2, 1, 1, 1), all, "batchnorm1")), 2);
    x = relu(conv(x, all.at("conv2.weight"), all.at("conv2.bias"), 2, 1, 2, 2));
    x = relu(conv(x, all.at("conv3.weight"), all.at("conv3.bias"), 1, 2, 1, 1));
    const std::vector<double> z = dense(x, all.at("dense1.weight"), all.at("dense1.bias"));
    for (nn::Index k = 0; k < 10; k++) {
      largest = std::max(largest, std::abs(z[std::size_t(k)]));
      difference = std::max(difference, std::abs(z[std::size_t(k)] - double(net[net.network().logits](k, n))));
    }
  }
  INFO("largest logit " << largest << ", largest difference " << difference);
  CHECK(largest > 1);
  CHECK(difference < 1e-4);
}
