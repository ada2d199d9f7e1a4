// A second network in the window: set aside, or from a saved run, and shown beside by the views that compare two.
#include "tests/app_driver.h"
#include "viz/app/second.h"

using namespace test;

namespace {

const char* const inside =
    "[data]\nsource = \"inside\"\nsamples = 80\n[model]\nlayers = \"lstm 4\"\n[train]\nloss = \"cross-entropy\"\nbatch = 8\n"
    "[view]\npanes = [\"lag\"]\n";

// Until no view computes any more.
void wait(Driver& d) {
  do d.draw();
  while (std::ranges::any_of(d.state().views, [](const auto& view) { return view.second.busy(); }));
  d.draw();
}

std::vector<std::string> networks(Driver& d) {
  wait(d);
  const Numbers* numbers = d.state().views[d.state().panes.rows()[0].panes[0].id].numbers();
  REQUIRE(numbers);
  return numbers->words.at("networks");
}

bool any_second(const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [](const std::string& name) { return name.starts_with("second run, "); });
}

}  // namespace

TEST_CASE("a network that was kept stays beside the one that is trained after it", "[app]") {
  Driver d(inside);
  d.session().advance(10);
  d.settle();
  CHECK_FALSE(any_second(networks(d)));
  d.choose("file", "Keep this network to compare");
  REQUIRE(d.state().second);
  const nn::Matrix before = d.state().second->study.parameters.numbers;
  d.state().attempt([&] { d.desk().set("model.layers=rnn 5", "network"); });
  d.session().advance(10);
  d.settle();
  const auto names = networks(d);
  CHECK(any_second(names));
  CHECK(std::ranges::any_of(names, [](const std::string& name) { return name.starts_with("second run, lstm1"); }));
  CHECK(std::ranges::any_of(names, [](const std::string& name) { return name.starts_with("this run, rnn1"); }));
  CHECK(d.state().second->study.parameters.numbers == before);
  d.choose("file", "Forget the network that was kept");
  CHECK_FALSE(any_second(networks(d)));
}

TEST_CASE("the loss of a second network is drawn beside, in the same unit", "[app]") {
  Driver d(inside);
  d.session().advance(20);
  d.settle();
  const double loss = d.session().history().back().test_loss;
  keep_second(d.state());
  d.state().attempt([&] { d.desk().set("model.layers=rnn 5", "network"); });
  d.settle();
  const Method& method = viz::method("loss");
  const Subject subject = d.state().subject();
  for (const double unit : {0, 1}) {
    const Numbers numbers = method.compute(subject.study(), arguments(method, {{"unit", unit}}));
    const auto& lines = std::get<std::vector<double>>(numbers["second"].numbers);
    CHECK(lines[lines.size() - 3] == Approx(unit == 0 ? loss : loss / std::log(2.0)));
    const Scene scene = method.layout(numbers, {0, 0, 600, 400}, {});
    CHECK(std::ranges::any_of(scene.marks, [](const Mark& mark) {
      const auto* text = std::get_if<Text>(&mark);
      return text && text->string.starts_with("second test ");
    }));
  }
}

TEST_CASE("a saved run on the same data is set beside; one on other data is refused, and nothing is lost", "[app]") {
  const TemporaryFolder folder;
  {
    Driver saved(inside);
    saved.session().advance(3);
    saved.desk().save_run_to(folder / "run");
    Driver other("[data]\nsource = \"names\"\nsamples = 60\n[model]\nlayers = \"gru 3\"\n[train]\nloss = \"cross-entropy\"\n");
    other.desk().save_run_to(folder / "names");
  }
  Driver d(inside);
  open_second(d.state(), folder / "run");
  d.settle();
  CHECK(any_second(networks(d)));
  const auto kept = d.state().second;
  open_second(d.state(), folder / "names");
  d.settle();
  CHECK(d.state().failed);
  CHECK(d.state().message.find("two networks on the same data") != std::string::npos);
  CHECK(d.state().second == kept);
  open_second(d.state(), folder / "nowhere");
  d.settle();
  CHECK(d.state().failed);
  CHECK(d.state().second == kept);
}

TEST_CASE("other data leave a kept network aside until its own are back", "[app]") {
  Driver d(inside);
  d.settle();
  keep_second(d.state());
  CHECK(any_second(networks(d)));
  d.choose("data.source", "Names");
  d.settle();
  CHECK_FALSE(d.state().subject().second);
  CHECK(d.state().second);
}
