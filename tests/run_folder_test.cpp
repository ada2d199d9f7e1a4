// Run folders: they hold a whole training state, and training goes on from it as if it had never stopped.
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/file.h"
#include "tests/runs.h"
#include "tests/support.h"

using namespace runs;

TEST_CASE("a run comes back from its folder to the bit") {
  TemporaryFolder folder;
  const Run run = run_of(7);
  save_run(folder / "run", run);
  CHECK(generation_in(folder / "run") == 7);
  const Run back = load_run(folder / "run");
  CHECK(std::isnan(back.history[0].test_loss));
  CHECK(back.history[1].test_loss == 0.2);
  CHECK(read_file(folder / "run/history.jsonl", 1 << 20).find("\"test_loss\":null") != std::string::npos);
  CHECK(fs::exists(folder / "run/snapshots/8.safetensors"));
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("a state without moments, order or finite best loss comes back") {
  TemporaryFolder folder;
  auto snapshot = generation(1);
  snapshot->state.moments = {};
  snapshot->state.order.clear();
  snapshot->state.best_loss = std::numeric_limits<double>::infinity();
  save_run(folder / "run", {"", snapshot, run_of(1).history, {}});
  CHECK(same(*load_run(folder / "run").now, *snapshot));
}

TEST_CASE("the parameters of a run lie in model.safetensors under their names with their true shapes") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(4));
  const Tensors model = parse_safetensors(read_file(folder / "run/model.safetensors", 1 << 20), "model");
  REQUIRE(model.list.size() == 2);
  CHECK(model.list[0].name == "dense1.weight");
  CHECK(model.list[0].shape == std::vector<Index>{2, 3});
  CHECK(model.list[1].shape == std::vector<Index>{2});
}

TEST_CASE("a new generation replaces the old one as a whole and leaves the user's own files") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(1));
  write(folder / "run/notes.txt", "mine");
  write(folder / "run/snapshots/999.safetensors", "of the old generation");
  save_run(folder / "run/", run_of(2));
  CHECK(generation_in(folder / "run") == 2);
  CHECK(read_file(folder / "run/notes.txt", 100) == "mine");
  CHECK(entries(folder.path) == 1);
}

TEST_CASE("a link to a run folder stays a link") {
  TemporaryFolder folder;
  save_run(folder / "run", run_of(1));
  fs::create_directory_symlink("run", folder / "latest");
  save_run(folder / "latest", run_of(2));
  CHECK(fs::is_symlink(folder / "latest"));
  CHECK(generation_in(folder / "run") == 2);
}

TEST_CASE("a folder that holds something else is refused, an empty one is taken") {
  TemporaryFolder folder;
  fs::create_directory(folder / "photos");
  write(folder / "photos/cat.png", "meow");
  const std::string where = (folder / "photos").string();
  CHECK_THROWS_WITH(save_run(folder / "photos", run_of(1)),
                    "cannot save " + where + ": the folder holds other things and no experiment.toml; choose another folder");
  CHECK(entries(folder / "photos") == 1);
  CHECK_THROWS_WITH(save_run(folder / "photos/cat.png", run_of(1)), "cannot save " + where + "/cat.png: there is a file of that name");
  fs::create_directory(folder / "empty");
  save_run(folder / "empty", run_of(1));
  CHECK(generation_in(folder / "empty") == 1);
}

TEST_CASE("a damaged run folder is refused with the file that is wrong") {
  TemporaryFolder folder;
  const auto damage = [&](const std::string& file, const std::string& text) {
    save_run(folder / "run", run_of(1));
    if (text.empty())
      fs::remove(folder / "run" / file);
    else
      write(folder / "run" / file, text);
    return (folder / "run" / file).string();
  };
  CHECK_THROWS_WITH(load_run(folder / "none"), (folder / "none").string() + " is no run folder: it has no experiment.toml");
  std::string file = damage("state.safetensors", "");
  CHECK_THROWS_WITH(load_run(folder / "run"), "cannot read " + file + ": No such file or directory");
  file = damage("history.jsonl", "{}\n");
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": line 1: this is no line of a history: {}");
  file = damage("history.jsonl", history_line({}) + "\n");
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": the history has 1 lines where the state says 2");

  const auto order_of = [](Tensors& t) -> Tensor& { return *std::ranges::find(t.list, "order", &Tensor::name); };
  const auto damage_state = [&](auto change) {
    Tensors state = state_tensors(*generation(1));
    change(state);
    return damage("state.safetensors", safetensors(state));
  };
  file = damage_state([](Tensors& t) { t.metadata["version"] = "2"; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": the state is of version 2, and this program reads version 1");
  file = damage_state([](Tensors& t) { t.metadata.erase("step"); });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": the metadata say nothing of 'step'");
  file = damage_state([](Tensors& t) { t.metadata["step"] = "-1"; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": 'step' can't be '-1'");
  file = damage_state([](Tensors& t) { t.metadata["train.optimizer"] = "lion"; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": 'train.optimizer' can't be 'lion'");
  file = damage_state([](Tensors& t) { t.metadata["train.batch"] = "0"; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": a batch of 0 examples");
  file = damage_state([](Tensors& t) { t.list[0].name = "random"; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": there is no tensor 'random.order'");
  file = damage_state([&](Tensors& t) { order_of(t).numbers = std::vector<std::uint32_t>{0, 1, 2, 4}; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": the order names example 4 of 4");
  file = damage_state([](Tensors& t) { t.list[0] = {"random.order", {3}, std::vector<std::uint64_t>(3)}; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": tensor 'random.order' has the shape [3], not 4 numbers");
  file = damage_state([](Tensors& t) { t.list[0] = {"random.order", {4}, std::vector<std::int64_t>(4)}; });
  CHECK_THROWS_WITH(load_run(folder / "run"), file + ": tensor 'random.order' has numbers of type I64");
}

TEST_CASE("weights of another model are refused with the parameter that differs") {
  TemporaryFolder folder;
  const Parameters model = parameters_of(2);
  const fs::path file = folder / "w.safetensors";
  const auto saved = [&](Tensors tensors) {
    write_file(file, safetensors(tensors));
    return load_weights(file, model);
  };
  const Tensors good = model_tensors(generation(3)->state.parameters);
  CHECK(saved(good).numbers == generation(3)->state.parameters.numbers);
  CHECK(saved({{good.list[1], good.list[0]}, {}}).numbers == generation(3)->state.parameters.numbers);
  const std::string who = file.string() + ": ";
  CHECK_THROWS_WITH(saved(model_tensors(parameters_of(4))),
                    who + "parameter 'dense1.weight' is [4, 3] in the file but [2, 3] in the model");
  CHECK_THROWS_WITH(saved({{good.list[0]}, {}}), who + "the model has a parameter 'dense1.bias' [2], and the file has none of that name");
  Tensors more = good;
  more.list.push_back({"dense2.bias", {1}, std::vector<Real>{1}});
  CHECK_THROWS_WITH(saved(more), who + "the file has a parameter 'dense2.bias' [1], and the model has none of that name");
}

TEST_CASE("training resumed from a run folder goes on as if it had never stopped") {
  const auto fresh = [] {
    Examples train{Matrix(37, 3), Matrix(37, 2)}, test{Matrix(5, 3), Matrix(5, 2)};
    Generator random(3);
    for (Examples* e : {&train, &test})
      for (Index i = 0; i < e->count(); i++) {
        for (Index j = 0; j < 3; j++) e->inputs(i, j) = Real(random.normal());
        e->targets(i, e->inputs(i, 0) * e->inputs(i, 1) > 0) = 1;
      }
    const Training training{.loss = Loss::cross_entropy,
                            .optimizer = Update::adam,
                            .rate = 0.01,
                            .batch = 8,
                            .shuffle = Order::each_epoch,
                            .l2 = 1e-3,
                            .clip = 1};
    const Model model = parse_model("dense 6, tanh, dropout 0.3, dense 2, softmax", {3, 1, 1});
    return Trainer(std::make_shared<const Problem>(Problem{model, train, test, true}), Initializer::xavier, training, 11);
  };
  Trainer straight = fresh();
  CHECK(straight.advance(100) == 100);

  TemporaryFolder folder;
  Trainer first = fresh();
  CHECK(first.advance(52) == 52);  // in the middle of an epoch
  save_run(folder / "run", {"", first.snapshot(), first.history(), {}});
  Trainer second = fresh();
  const Run run = load_run(folder / "run");
  second.restore(*run.now, run.history);
  CHECK(same(*second.snapshot(), *first.snapshot()));
  CHECK(second.advance(48) == 48);
  CHECK(same(*second.snapshot(), *straight.snapshot()));
  REQUIRE(second.history().size() == straight.history().size());
  for (std::size_t i = 0; i < second.history().size(); i++) {
    CHECK(second.history()[i].train_loss == straight.history()[i].train_loss);
    CHECK(second.history()[i].test_accuracy == straight.history()[i].test_accuracy);
  }
}
