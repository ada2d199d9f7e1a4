// What is kept on the disk: safetensors and .npy files, and run folders. All numbers come back to the bit.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/tensor.h"
#include "engine/trainer.h"

namespace nn {

// safetensors (https://github.com/huggingface/safetensors): the length of the header in 8 bytes, the header as JSON, the numbers.
struct Tensors {
  std::vector<Tensor> list;
  std::map<std::string, std::string> metadata;
  const Tensor* find(std::string_view name) const;  // null where there is none
};
// The tensors are written with types of 8 bytes first, so that each begins at a multiple of its size, and read in the order of the file.
std::string safetensors(const Tensors& tensors);
// Throws std::runtime_error beginning with `who`: a header that is cut off or no JSON, types other than number_types, shapes and places
// that do not agree, overlaps, gaps, names given twice.
Tensors parse_safetensors(std::string_view bytes, const std::string& who);

// .npy 1.0 (NumPy's format, NEP 1), C order. It holds no name: a tensor that was read has none.
std::string npy(const Tensor& tensor);
Tensor parse_npy(std::string_view bytes, const std::string& who);  // std::runtime_error as above

// One line of history.jsonl and of `train --json`: {"epoch":1,"step":25,"train_loss":0.5,...}, null where a figure is not finite.
std::string history_line(const Epoch& epoch);
Epoch parse_history_line(std::string_view line, const std::string& who);
std::string history_lines(const std::vector<Epoch>& history);  // each with its line end
std::vector<Epoch> parse_history(std::string_view text, const std::string& who);

// A state as tensors: the parameters under their names with their true shapes ...
Tensors model_tensors(const Parameters& parameters);
// ... and all the rest: "moment1.NAME", "moment2.NAME", "order", "random.order", "random.masks", "random.augmentation"; metadata
// "version", "step", "train.rate", ...
Tensors state_tensors(const Snapshot& snapshot);
// Both of them back. Throws std::runtime_error beginning with `who`.
Snapshot snapshot_from(const Tensors& model, const Tensors& state, const std::string& who);

// Both in one, as a file of the folder snapshots has them.
std::string snapshot_bytes(const Snapshot& snapshot);
Snapshot parse_snapshot(std::string_view bytes, const std::string& who);

// The parameters of a safetensors file in the layout of a model's; the file may hold them in any order.
// Throws std::runtime_error naming the first parameter that is missing, has another shape, or is none of the model's.
Parameters load_weights(const std::filesystem::path& file, const Parameters& model);

// A training run as it lies in a folder:
//   experiment.toml  model.safetensors  state.safetensors  history.jsonl  snapshots/STEP.safetensors (model and state in one)
struct Run {
  std::string experiment;  // the text of experiment.toml
  std::shared_ptr<const Snapshot> now;
  std::vector<Epoch> history;
  std::vector<std::shared_ptr<const Snapshot>> snapshots;  // earlier ones, in the order of their steps
};

// Writes a whole generation beside the folder and publishes it by one rename: whenever the program is killed, the old or the new one is
// there, whole. Files in the folder that are not of the run stay. One save of a folder at a time.
// Throws std::runtime_error (the old generation is unharmed), and where the folder holds something else than a run.
void save_run(const std::filesystem::path& folder, const Run& run);
// Throws std::runtime_error naming the file that is missing or wrong.
Run load_run(const std::filesystem::path& folder);

}  // namespace nn
