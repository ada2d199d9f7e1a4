// The one table of keys.
#include <stdexcept>

#include "datasets/augment.h"
#include "datasets/experiment.h"
#include "datasets/split.h"
#include "datasets/symbol_layers.h"
#include "datasets/utf8.h"
#include "engine/model.h"
#include "engine/text.h"

namespace data {

namespace {

using std::string_view;

constexpr string_view headers[] = {"guess", "present", "absent"}, missings[] = {"drop", "impute"},
                      tasks[] = {"auto", "classification", "regression"}, standardizes[] = {"auto", "on", "off"},
                      outputs[] = {"auto", "tanh", "linear", "sigmoid", "softmax"},
                      inits[] = {"playground", "zeros", "constant", "xavier", "he", "orthogonal"},
                      palettes[] = {"orange-blue", "purple-green", "viridis", "grey"};

// Of an enumeration, whose values are numbered as the words are.
template <class E>
Choice choice(E& value, std::span<const string_view> words) {
  return {words, [&value] { return std::size_t(value); }, [&value](std::size_t i) { value = E(i); }};
}

Choice choice(std::string& value, std::span<const string_view> words) {
  const auto chosen = [&value, words] {
    std::size_t i = 0;
    while (i + 1 < words.size() && words[i] != value) i++;
    return i;
  };
  return {words, chosen, [&value, words](std::size_t i) { value = words[i]; }};
}

void check_split(const std::string& text) { parse_split(text); }

void check_augmentation(const std::string& text) { parse_augmentation(text); }

void check_layers(const std::string& text) {
  if (!nn::trim(text).empty()) nn::parse_model(with_symbol_count(text, 1), {1, 1, 1});
}

void check_input(const std::string& text) {
  if (!text.empty()) parse_shape(text);
}

// What can stand in a file and be shown: UTF-8, and of control characters those that end lines and words.
void check_about(const std::string& text) {
  constexpr std::size_t most = 20'000;
  if (text.size() > most)
    throw std::invalid_argument("a text of " + std::to_string(text.size()) + " bytes is too long to be read beside the view; " +
                                std::to_string(most) + " are the most");
  std::size_t at = 0;
  for (const string_view character : characters(text)) {
    const auto byte = static_cast<unsigned char>(character[0]);
    const bool control = (byte < 32 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 127;
    if (control || character_size(character) == 0)
      throw std::invalid_argument("byte " + std::to_string(at + 1) + (control ? " is a control character" : " is not UTF-8") +
                                  "; save the text as UTF-8 without such");
    at += character.size();
  }
}

using E = Experiment;
constexpr double any = 1e9;

// Where sliders rest. The playground's own (its sources, playground.ts) and what is usual for the others.
constexpr double rates[] = {0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10},
                 penalties[] = {0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10}, noises[] = {0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50},
                 batches[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,  16, 17,
                              18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 50, 100, 200},
                 windows[] = {0, 10, 20, 25, 40, 50, 100, 200}, vocabularies[] = {0, 200, 500, 1000, 2000, 5000},
                 samples[] = {0, 20, 50, 100, 200, 500, 1000, 2000, 5000}, limits[] = {0, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000},
                 durations[] = {0, 5, 10, 30, 60, 300, 600, 1800, 3600}, losses[] = {0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3},
                 norms[] = {0, 0.01, 0.03, 0.1, 0.3, 1, 3, 10}, momenta[] = {0, 0.5, 0.8, 0.9, 0.95, 0.99},
                 slow_momenta[] = {0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999}, epsilons[] = {1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1},
                 decays[] = {0, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1}, spans[] = {1, 2, 5, 10, 20, 50, 100, 200, 500},
                 factors[] = {0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1}, scales[] = {0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4};

const Key table[] = {
    {"seed", "Seed", [](E& e) -> Place { return &e.seed; }, 0, any, nullptr,
     "Decides the data of generators, the split, the weights, the order of examples and dropout; another seed is another run."},
    {"about", "About", [](E& e) -> Place { return &e.about; }, 0, 0, check_about,
     "What a student reads in the view Notes: what the data are, what to press, what to look for. Markdown (CommonMark, tables, $formulas$) "
     "of 20,000 bytes at most; in \"\"\" it may have many lines."},

    {"data.source", "Data", [](E& e) -> Place { return &e.source; }, 0, 0, nullptr,
     "The data: a name from `glassbox data`, the path of a CSV file, or a folder of IDX files, of CIFAR-10 files, or of class folders with "
     "pictures; or a text: a name, or a file that ends with .txt, .md, .c, .py, ..."},
    {"data.noise", "Noise", [](E& e) -> Place { return &e.noise; }, 0, 100, nullptr, "Noise in percent; for generated data alone.", noises},
    {"data.samples", "Examples", [](E& e) -> Place { return &e.samples; }, 0, 1e6, nullptr,
     "How many examples to generate, or to take from the front of a file; 0 for the usual number, or all.", samples},
    {"data.split", "Training part", [](E& e) -> Place { return &e.split; }, 0, 0, check_split,
     "What trains: \"50 %\" by chance, \"stratified 80 %\" of each class; \"every 5\": each fifth row tests; \"first 2000\" rows "
     "train; \"fixed\": as the source says."},
    {"data.window", "Window", [](E& e) -> Place { return &e.window; }, 0, 5000, nullptr,
     "Of a text: how many steps back-propagation goes back through, 0 for 50; of generated sequences: how long they are, 0 for the usual.",
     windows},
    {"data.words", "Words", [](E& e) -> Place { return &e.words; }, 0, 50000, nullptr,
     "Of a text: so many of its most frequent words are the symbols, and <unk> stands for all others; 0 for characters.", vocabularies},
    {"data.features", "Features", [](E& e) -> Place { return &e.features; }, 0, 0, nullptr,
     "Formulas that make the inputs, such as [\"x1\", \"x1*x2\", \"sin(x2)\"]; none for the columns as they are."},
    {"data.seed", "Data seed", [](E& e) -> Place { return &e.data_seed; }, 0, any, nullptr,
     "Decides the points of generators and the split alone, so that the data change while the network stays; 0 for the same as seed."},
    {"data.added", "Added examples", [](E& e) -> Place { return &e.added; }, 0, 0, nullptr,
     "Examples added by hand, such as [\"1.5, -2, +1\"]: the inputs, then the class (its name or number) or the value; they train."},
    {"data.removed", "Removed examples", [](E& e) -> Place { return &e.removed; }, 1, any, nullptr,
     "Rows of the source that are taken away, by number from 1; the others stay where the split put them."},
    {"data.target", "Target", [](E& e) -> Place { return &e.target; }, 0, 0, nullptr,
     "The column of a CSV file to be predicted, by name or by number from 1; empty for the last."},
    {"data.header", "Header", [](E& e) -> Place { return choice(e.header, headers); }, 0, 0, nullptr,
     "Whether the first line of a CSV file names the columns."},
    {"data.missing", "Missing values", [](E& e) -> Place { return choice(e.missing, missings); }, 0, 0, nullptr,
     "Rows of a CSV file with missing values: drop them, or impute the column's median or most frequent word."},
    {"data.task", "Task", [](E& e) -> Place { return choice(e.task, tasks); }, 0, 0, nullptr,
     "Whether a CSV file's target is a class or a value; auto looks at the column."},
    {"data.standardize", "Standardize", [](E& e) -> Place { return choice(e.standardize, standardizes); }, 0, 0, nullptr,
     "Bring each input to mean 0 and deviation 1 over the training examples; auto: for tables, not for generated data and pictures."},
    {"data.augment", "Augmentation", [](E& e) -> Place { return &e.augment; }, 0, 0, check_augmentation,
     "Moves every picture of a training batch at random: \"shift 2, flip, crop 0.9, rotate 10\" is up to 2 pixels, mirrored or not, down "
     "to "
     "0.9 of each side enlarged, up to 10 degrees; empty for none."},

    {"model.input", "Input shape", [](E& e) -> Place { return &e.input; }, 0, 0, check_input,
     "How the inputs read as a picture, channels x height x width: \"1x28x28\"; pictures of a folder are brought to it; empty for what the "
     "data say."},
    {"model.layers", "Hidden layers", [](E& e) -> Place { return &e.layers; }, 0, 0, check_layers,
     "The hidden layers, such as \"dense 8, tanh, dropout 0.2\"; the last layer is added with as many units as the data need."},
    {"model.output", "Output", [](E& e) -> Place { return choice(e.output, outputs); }, 0, 0, nullptr,
     "The activation of the last layer; auto: tanh for two classes, softmax for more, linear for values."},
    {"model.init", "First weights", [](E& e) -> Place { return choice(e.init, inits); }, 0, 0, nullptr, "How the weights start."},

    {"train.loss", "Loss", [](E& e) -> Place { return choice(e.training.loss, nn::loss_names); }, 0, 0, nullptr, "What is made small."},
    {"train.optimizer", "Optimizer", [](E& e) -> Place { return choice(e.training.optimizer, nn::update_names); }, 0, 0, nullptr,
     "How a gradient changes the weights."},
    {"train.rate", "Learning rate", [](E& e) -> Place { return &e.training.rate; }, 0, 1000, nullptr, "The learning rate eta.", rates},
    {"train.batch", "Batch size", [](E& e) -> Place { return &e.training.batch; }, 1, 1e6, nullptr, "Examples in a mini-batch.", batches},
    {"train.shuffle", "Shuffle", [](E& e) -> Place { return choice(e.training.shuffle, nn::order_names); }, 0, 0, nullptr,
     "Shuffle the examples once before training, or before each epoch."},
    {"train.epochs", "Epochs", [](E& e) -> Place { return &e.training.epochs; }, 0, any, nullptr,
     "Stop after so many epochs; 0 for no limit.", limits},
    {"train.seconds", "Seconds", [](E& e) -> Place { return &e.training.seconds; }, 0, any, nullptr,
     "Stop after so many seconds; 0 for no limit.", durations},
    {"train.target_loss", "Target loss", [](E& e) -> Place { return &e.training.target_loss; }, 0, any, nullptr,
     "Stop when the training loss is as small as this; 0 for never.", losses},
    {"train.patience", "Patience", [](E& e) -> Place { return &e.training.patience; }, 0, any, nullptr,
     "Stop after so many epochs without a better test loss; 0 for never.", limits},
    {"train.l1", "L1 penalty", [](E& e) -> Place { return &e.training.l1; }, 0, 1000, nullptr, "The L1 penalty on weights.", penalties},
    {"train.l2", "L2 penalty", [](E& e) -> Place { return &e.training.l2; }, 0, 1000, nullptr, "The L2 penalty on weights.", penalties},
    {"train.clip", "Gradient clipping", [](E& e) -> Place { return &e.training.clip; }, 0, any, nullptr,
     "The largest norm of the gradient; 0 for no limit.", norms},
    {"train.momentum", "Momentum", [](E& e) -> Place { return &e.training.momentum; }, 0, 0.9999, nullptr, "mu, of momentum and nesterov.",
     momenta},
    {"train.beta1", "Beta 1", [](E& e) -> Place { return &e.training.beta1; }, 0, 0.9999, nullptr,
     "The decay of the first moment, of adam and adamw.", momenta},
    {"train.beta2", "Beta 2", [](E& e) -> Place { return &e.training.beta2; }, 0, 0.999999, nullptr,
     "The decay of the second moment, of rmsprop, adadelta, adam and adamw.", slow_momenta},
    {"train.epsilon", "Epsilon", [](E& e) -> Place { return &e.training.epsilon; }, 1e-16, 1, nullptr,
     "What keeps adaptive optimizers from dividing by zero.", epsilons},
    {"train.decay", "Weight decay", [](E& e) -> Place { return &e.training.decay; }, 0, 1, nullptr, "The weight decay of adamw.", decays},
    {"train.schedule", "Schedule", [](E& e) -> Place { return choice(e.training.schedule, nn::schedule_names); }, 0, 0, nullptr,
     "How the rate changes: constant, down in steps, down along a cosine, or up from 0."},
    {"train.schedule_epochs", "Schedule epochs", [](E& e) -> Place { return &e.training.schedule_epochs; }, 1, any, nullptr,
     "The epochs from step to step, of the cosine, or of the warm-up.", spans},
    {"train.schedule_factor", "Schedule factor", [](E& e) -> Place { return &e.training.schedule_factor; }, 0, 1, nullptr,
     "What the rate is multiplied by at each step.", factors},

    {"view.panes", "Panes", [](E& e) -> Place { return &e.panes; }, 0, 0, nullptr,
     "The panes that the window opens with; none for the usual ones."},
    {"view.controls", "Controls", [](E& e) -> Place { return &e.controls; }, 0, 0, nullptr,
     "The controls that the window shows; none for all."},
    {"view.palette", "Palette", [](E& e) -> Place { return choice(e.palette, palettes); }, 0, 0, nullptr, "The colours of numbers."},
    {"view.scale", "Scale", [](E& e) -> Place { return &e.scale; }, 0.5, 4, nullptr, "How much larger than usual everything is drawn.",
     scales},
};

}  // namespace

nn::Shape parse_shape(std::string_view text) {
  const std::vector<std::string> parts = nn::split(text, 'x');
  nn::Index sizes[3] = {};
  for (std::size_t i = 0; i < 3 && parts.size() == 3; i++)
    if (const auto n = nn::number(parts[i]); n && *n >= 1 && *n <= 65536 && *n == double(nn::Index(*n))) sizes[i] = nn::Index(*n);
  const nn::Shape shape{sizes[0], sizes[1], sizes[2]};
  if (shape.size() == 0)
    throw std::invalid_argument("'" + std::string(text) + "' is no shape; give channels x height x width, such as 1x28x28");
  return shape;
}

std::span<const Key> keys() { return table; }

const Key& key(std::string_view name) {
  for (const Key& k : table)
    if (k.name == name) return k;
  // The section may be what was forgotten or mistaken: only the last words are compared then, and it counts as one letter.
  const auto last = [](string_view text) { return text.substr(text.rfind('.') + 1); };
  const Key* best = table;
  const auto distance = [&](const Key& k) {
    return std::min(nn::edit_distance(name.substr(0, 200), k.name), 1 + nn::edit_distance(last(name).substr(0, 200), last(k.name)));
  };
  for (const Key& k : table)
    if (distance(k) < distance(*best)) best = &k;
  throw std::invalid_argument("there is no key '" + std::string(name) + "'; did you mean '" + std::string(best->name) + "'?");
}

std::string expected(const Key& k) {
  Experiment defaults;
  const Place place = k.place(defaults);
  const std::string range = " from " + nn::number_text(k.low) + " to " + nn::number_text(k.high);
  if (std::holds_alternative<double*>(place)) return "a number" + range;
  if (std::holds_alternative<nn::Index*>(place)) return "a whole number" + range;
  if (std::holds_alternative<std::string*>(place)) return "a text";
  if (std::holds_alternative<std::vector<std::string>*>(place)) return "a list of texts";
  if (std::holds_alternative<std::vector<nn::Index>*>(place)) return "a list of whole numbers" + range;
  const auto words = std::get<Choice>(place).words;
  return "one of " + nn::join(std::vector<std::string>(words.begin(), words.end()), ", ");
}

std::string help_keys() {
  std::string text;
  const Experiment defaults;
  for (const Key& k : table)
    text += std::string(k.name) + " = " + value_text(defaults, k) + "\n    " + std::string(k.help) + "\n    " + expected(k) + "\n";
  return text;
}

}  // namespace data
