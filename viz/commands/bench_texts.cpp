// Workloads on texts.
#include "viz/commands/bench_texts.h"

#include <memory>

#include "engine/trainer.h"
#include "viz/method.h"
#include "viz/patterns.h"
#include "viz/text_study.h"
#include "viz/workbench.h"

namespace viz {

// One training step on a text of random symbols: that many streams of so many steps each, with carried states.
std::function<void()> text_step(const char* layers, nn::Index symbols, nn::Index streams, nn::Index steps) {
  nn::Generator random(1);
  constexpr nn::Index windows = 20;
  nn::Examples text{nn::Matrix(streams * steps * windows, 1), nn::Matrix(streams * steps * windows, 1)};
  for (nn::Matrix* side : {&text.inputs, &text.targets})
    for (nn::Index i = 0; i < side->size(); i++) side->data()[i] = nn::Real(random.below(std::uint64_t(symbols)));
  nn::Training training;
  training.loss = nn::Loss::cross_entropy;
  training.batch = streams;
  training.optimizer = nn::Update::adam;
  training.rate = 1e-3;
  const nn::Model model = nn::parse_model(layers, {1, 1, steps});
  auto problem = std::make_shared<const nn::Problem>(nn::Problem{model, std::move(text), {}, true, {}, true, steps});
  auto trainer = std::make_shared<nn::Trainer>(std::move(problem), nn::Initializer::xavier, training, 1);
  return [trainer, start = trainer->snapshot(), last = (windows - 1) * streams * steps] {
    if (trainer->state().position == last) trainer->restore(*start);
    trainer->step();
  };
}

std::function<void()> typed_character() {
  data::Experiment e;
  for (const char* assignment :
       {"data.source=source", "data.split=90 %", "model.layers=lstm 128", "model.init=xavier", "train.loss=cross-entropy"})
    data::set(e, assignment);
  const std::shared_ptr<Workbench> bench = std::make_shared<Workbench>(e, "");
  return [bench, typed = std::size_t(0)]() mutable {
    Study study = bench->study();
    const std::string& all = study.set.text->characters;
    const data::TextSet text = own_text(all.substr(typed++ % 1000, 500), study.set, "bench");
    study.given_text = &text;
    const Method& map = method("text-heatmap");
    const Scene scene = map.layout(numbers_of(map, study, arguments(map, {})), {0, 0, 960, 640}, {});
    if (scene.marks.empty()) throw std::logic_error("bench: an empty picture");
  };
}

std::function<void()> search_of_a_million() {
  constexpr nn::Index cells = 128, steps = 1'000'000;
  auto index = std::make_shared<PatternIndex>(cells, steps);
  nn::Generator random(1);
  for (nn::Index cell = 0; cell < cells; cell++) {
    nn::Real value = 0;
    for (nn::Index t = 0; t < steps; t++) {
      if (random.uniform() < 0.2) value = nn::Real(random.uniform(-1, 1));  // stays for a while
      index->set(cell, t, value);
    }
  }
  return [index, at = nn::Index(0)]() mutable {
    at = (at + 7919) % (index->steps() - 10);
    const std::vector<PatternCell> cell = {{at % index->cells(), at % 2 == 0}};  // one alone is on most often
    if (index->matches(cell, {}).empty()) throw std::logic_error("bench: nothing was found");
  };
}

}  // namespace viz
