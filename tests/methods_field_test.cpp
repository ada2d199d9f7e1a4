// The view of receptive fields.
#include <catch2/catch.hpp>

#include "tests/methods_toolbox.h"
#include "viz/figure.h"
#include "viz/link.h"
#include "viz/receptive_field.h"

using namespace toolbox_test;

TEST_CASE("what is no picture is refused in a sentence") {
  for (const char* name : {"toolbox", "field"})
    CHECK_THROWS_WITH(
        method(name).compute(named("ring").study(), arguments(method(name), {})),
        std::string(name) + ": the network reads 2 numbers and no picture; a run that learned pictures, such as the digits, would do");
}

TEST_CASE("the table of receptive fields has a row a stage, around one place; a click on a pixel goes to the unit that looks there") {
  const Study study = named("convolutions").study();
  const Method& m = method("field");
  const Numbers numbers = m.compute(study, arguments(m, {{"stage", 4}, {"row", 2}, {"column", 1}}));  // conv2: 2 x 2 units
  const nn::ConstView rows = rows_of(numbers["fields"]);
  const ReceptiveFields fields(study.model, stages_of(study));
  for (std::size_t k = 0; k < 8; k++) {
    const Index at = Index(k);
    const Pixels field = fields.field(k, Index(rows(at, 9)), Index(rows(at, 10)));
    CHECK(Pixels{Index(rows(at, 0)), Index(rows(at, 1)), Index(rows(at, 2)), Index(rows(at, 3))} == field);
    CHECK(double(rows(at, 8)) == fields.jump(k));
    if (k == 0 || k > 4) continue;
    // Each field lies within the next.
    CHECK((rows(at, 0) <= rows(at - 1, 0) && rows(at, 1) <= rows(at - 1, 1)));
    CHECK(rows(at, 0) + rows(at, 2) >= rows(at - 1, 0) + rows(at - 1, 2));
    CHECK(rows(at, 1) + rows(at, 3) >= rows(at - 1, 1) + rows(at - 1, 3));
  }
  const Scene scene = m.layout(numbers, {0, 0, 900, 500}, {});
  CHECK(keyed(scene, "up") == Settings{{"row", 1}, {"column", 1}});
  CHECK(keyed(scene, "left") == Settings{{"row", 2}, {"column", 1}});
  CHECK(keyed(scene, "right") == Settings{{"row", 2}, {"column", 2}});
  CHECK(keyed(scene, "o")->at(0) == std::pair<std::string, double>{"stage", 5});
  // The four units look at the four quarters.
  for (const auto& [row, column] : {std::pair{1, 1}, {1, 2}, {2, 1}, {2, 2}})
    CHECK(find(scene, on_press({{"row", double(row)}, {"column", double(column)}})));
}
