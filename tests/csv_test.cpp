// CSV as it is met in the world: separators, headings, quotes, missing values, and what is refused.
#include "datasets/csv.h"

#include <catch2/catch.hpp>
#include <clocale>

using data::CsvOptions;
using data::Dataset;
using data::Task;

namespace {

using Words = std::vector<std::string>;

Dataset csv(std::string_view text, CsvOptions options = {}) { return data::parse_csv(text, options); }
std::string error(std::string_view text, CsvOptions options = {}) {
  try {
    csv(text, options);
  } catch (const std::exception& e) {
    return e.what();
  }
  return "no error";
}
bool noted(const Dataset& set, const std::string& words) {
  for (const std::string& note : set.notes)
    if (note.find(words) != std::string::npos) return true;
  return false;
}
CsvOptions target(const std::string& name) {
  CsvOptions options;
  options.target = name;
  return options;
}
CsvOptions task(Task wanted) {
  CsvOptions options;
  options.task = wanted;
  return options;
}

}  // namespace

TEST_CASE("the same table is read with any separator, line end, heading, quotes and byte order mark") {
  const nn::Matrix expected(3, 2, {1, 2, 3, 4, 5, 6});
  for (const char* text : {"1,2,a\n3,4,b\n5,6,a\n", "1;2;a\n3;4;b\n5;6;a", "1\t2\ta\n3\t4\tb\n5\t6\ta\n", "1 2 a\n3  4 b\n 5 6   a \n",
                           "1,2,a\r\n3,4,b\r\n5,6,a\r\n", "1,2,a\r3,4,b\r5,6,a",
                           "\xef\xbb\xbf"
                           "1,2,a\n3,4,b\n5,6,a\n",
                           "p,q,class\n1,2,a\n3,4,b\n5,6,a\n", "\"p\",\"q\",\"class\"\n\"1\",\"2\",\"a\"\n3 , 4 ,\"b\"\n5,6, \"a\" \n",
                           "\n1,2,a\n\n3,4,b\n5,6,a\n\n\n"}) {
    INFO(text);
    const Dataset set = csv(text);
    CHECK(set.inputs == expected);
    CHECK(set.class_names == Words{"a", "b"});
    CHECK(set.labels == std::vector<int>{0, 1, 0});
    CHECK(set.shape == nn::Shape{2, 1, 1});
  }
}

TEST_CASE("a heading names the inputs and the target, without one they are numbered") {
  const Dataset named = csv("p,q,kind\n1,2,a\n3,4,b\n"), bare = csv("1,2,a\n3,4,b\n");
  CHECK(named.input_names == Words{"p", "q"});
  CHECK(named.target_name == "kind");
  CHECK(bare.input_names == Words{"x1", "x2"});
  CHECK(bare.target_name == "class");
  CHECK(csv("a,1,2\nb,3,4\n", target("1")).input_names == Words{"x1", "x2"});
  CHECK(csv("red,yes\nblue,no\nred,no\n").examples() == 3);  // "red" comes back: no heading
  CHECK(csv("colour,sold\nred,yes\nblue,no\n").examples() == 2);
  CsvOptions options;
  options.header = data::Header::present;
  CHECK(csv("2019,2020,2021\n1,2,a\n3,4,b\n", options).input_names == Words{"2019", "2020"});
  options.header = data::Header::absent;
  CHECK(csv("colour,sold\nred,yes\nblue,no\n", options).examples() == 3);
}

TEST_CASE("quoted cells hold separators, doubled quotes and line ends") {
  const Dataset set = csv("x,kind\n1,\"a, \"\"b\"\"\nc\"\n2,plain\n3,\"\"\"\"\n");
  CHECK(set.class_names == Words{"\"", "a, \"b\"\nc", "plain"});
  CHECK(error("x,kind\n1,\"a\n\nb\"\n2,c,d\n").find("line 5 has 3 cells") != std::string::npos);  // lines within quotes are counted
}

TEST_CASE("the target goes by name, by number from either end, and is the last column otherwise") {
  const char* text = "kind,p,q\na,1,2\nb,3,4\n";
  for (const char* name : {"kind", "1", "-3"}) {
    const Dataset set = csv(text, target(name));
    CHECK(set.class_names == Words{"a", "b"});
    CHECK(set.input_names == Words{"p", "q"});
    CHECK(set.inputs(1, 1) == 4);
  }
  CHECK(csv(text).target_name == "q");
  CHECK(error(text, target("knd")).find("no column 'knd' (the target); did you mean 'kind'? The 3 columns") != std::string::npos);
  for (const char* name : {"0", "4", "-4", "1.5", "nan"}) CHECK(error(text, target(name)).find("no column") != std::string::npos);
}

TEST_CASE("classes are words, or few integers, or what the user says") {
  const Dataset integers = csv("0.5,-1\n0.6,1\n0.7,-1\n");
  CHECK(integers.class_names == Words{"-1", "1"});
  CHECK(integers.labels == std::vector<int>{0, 1, 0});
  CHECK(noted(integers, "2 different integers"));
  const Dataset ten = csv("1,10\n2,9\n3,10\n4,2\n");
  CHECK(ten.class_names == Words{"2", "9", "10"});  // by number, not by alphabet

  const Dataset numbers = csv("1,1.5\n2,2.5\n");
  CHECK_FALSE(numbers.classification());
  CHECK(numbers.values == nn::Matrix(2, 1, {1.5, 2.5}));
  CHECK(csv("1,3\n2,4\n", task(Task::regression)).values == nn::Matrix(2, 1, {3, 4}));
  CHECK(csv("1,1.5\n2,2.5\n", task(Task::classification)).class_names == Words{"1.5", "2.5"});
  std::string many;
  for (int i = 0; i < 21; i++) many += "1," + std::to_string(i) + "\n";
  CHECK_FALSE(csv(many).classification());

  CHECK(error("1,a\n2,b\n", task(Task::regression)).find("holds words such as 'a'") != std::string::npos);
  CHECK(error("1,a\n2,a\n").find("'a' in every row") != std::string::npos);
}

TEST_CASE("a column of words becomes one input for each word") {
  const Dataset set = csv("size,colour,kind\n1,red,a\n2,blue,b\n3,red,a\n");
  CHECK(set.input_names == Words{"size", "colour=blue", "colour=red"});
  CHECK(set.inputs == nn::Matrix(3, 3, {1, 0, 1, 2, 1, 0, 3, 0, 1}));
  std::string names = "name,x,kind\n";
  for (int i = 0; i < 101; i++) names += "n" + std::to_string(i) + ",1," + (i % 2 ? "a" : "b") + "\n";
  const Dataset without = csv(names);
  CHECK(without.input_names == Words{"x"});
  CHECK(noted(without, "1 column with more than 100 different words left out (names or running text?): name."));
}

TEST_CASE("rows with missing values are dropped, or filled by median and most frequent word") {
  const char* text = "x,colour,y\n1,red,0.5\n?,red,1.5\nNA,,2.5\n4,blue,nan\n7,blue,\n8,red,9.5\n10,Null,3.5\n";
  const Dataset dropped = csv(text);
  CHECK(dropped.inputs == nn::Matrix(2, 3, {1, 0, 1, 8, 0, 1}));
  CHECK(noted(dropped, "2 rows without a target were dropped."));
  CHECK(noted(dropped, "3 rows with missing values were dropped."));
  CsvOptions options;
  options.missing = data::Missing::impute;
  const Dataset filled = csv(text, options);
  CHECK(filled.inputs == nn::Matrix(5, 3, {1, 0, 1, 7, 0, 1, 7, 0, 1, 8, 0, 1, 10, 0, 1}));
  CHECK(noted(filled, "4 missing values in 3 rows were filled"));
  CHECK(error("?,1,a\n1,?,b\n").find("a value is missing in every row") != std::string::npos);
  CHECK(error("1,?\n2,\n").find("the target '2' is missing in every row") != std::string::npos);
}

TEST_CASE("columns that tell nothing are left out or noted") {
  const Dataset set = csv("a,b,c,kind\n1,,5,x\n2,,5,y\n");
  CHECK(set.input_names == Words{"a", "c"});
  CHECK(noted(set, "1 column without any value left out: b."));
  CHECK(noted(set, "1 column with the same value in every row: c."));
  CsvOptions options;
  options.ignore = {"c", "2"};
  CHECK(csv("a,b,c,kind\n1,,5,x\n2,,5,y\n", options).input_names == Words{"a"});
  options.ignore = {"1"};
  CHECK(error("1,a\n2,b\n", options).find("no column to learn from") != std::string::npos);
  CHECK(error("1\n2\n").find("no column to learn from") != std::string::npos);
}

TEST_CASE("with ; between cells a comma is a decimal point") {
  CHECK(csv("1,5;2,25;a\n3;-4,5;b\n").inputs == nn::Matrix(2, 2, {1.5, 2.25, 3, -4.5}));
}

TEST_CASE("a file that can't be read as a table says where and why") {
  CHECK(error("") == "csv: the file holds no rows");
  CHECK(error("\n \n").find("holds no rows") != std::string::npos);
  CHECK(error("a,b\n", {}).find("no column") == std::string::npos);
  CsvOptions headed;
  headed.header = data::Header::present;
  CHECK(error("a,b\n", headed).find("a heading but no rows") != std::string::npos);
  CHECK(error("1,2,a\n3,4,b\n5,6\n7,8,a\n").find("line 3 has 2 cells, but the rows before it have 3") != std::string::npos);
  CHECK(error("1,2,a\n3,4,b\n5,6,7,c\n").find("line 3 has 4 cells") != std::string::npos);
  CHECK(error("1,\"a\n2,b\n").find("line 1: a quote is opened and never closed") != std::string::npos);
  CHECK(error("1,a\n2,\"b\"c\n").find("line 2: text follows the closing quote of field 2") != std::string::npos);
  CHECK(error(std::string("1,a\n2\0,b\n", 9)).find("byte 5 is 0") != std::string::npos);
  CHECK(error("\xff\xfe"
              "1")
            .find("UTF-16") != std::string::npos);
}

TEST_CASE("a number that is none, or not finite, is told by line and column") {
  std::string text = "width,kind\n";
  for (int i = 0; i < 19; i++) text += std::to_string(i) + (i % 2 ? ",a\n" : ",b\n");
  CHECK(error(text + "12o,a\n").find("csv: line 21, column 'width': '12o' is not a number") != std::string::npos);
  CHECK(error(text + "inf,a\n").find("line 21, column 'width': 'inf' is infinite") != std::string::npos);
  CHECK(error(text + "1e39,a\n").find("'1e39' is infinite or too large") != std::string::npos);
  CHECK(csv(text + "1e-400,a\n").inputs(19, 0) == 0);
}

TEST_CASE("a million columns are refused at the first line") {
  std::string line;
  for (int i = 0; i < 1'000'000; i++) line += "1,";
  CHECK(error(line + "1\n" + line + "1\n").find("line 1: more than 10000 columns") != std::string::npos);
}

TEST_CASE("the first line of scikit-learn's files gives the classes") {
  const Dataset set = csv("3,2,setosa,versicolor\n5.1,3.5,0\n4.9,3.0,1\n4.7,3.2,0\n");
  CHECK(set.examples() == 3);
  CHECK(set.class_names == Words{"setosa", "versicolor"});
  CHECK(set.labels == std::vector<int>{0, 1, 0});
}

TEST_CASE("the locale changes nothing") {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C.UTF-8"})
    if (std::setlocale(LC_ALL, name)) break;
  const Dataset set = csv("1.5,a\n2.5,b\n");
  std::setlocale(LC_ALL, before.c_str());
  CHECK(set.inputs(0, 0) == 1.5f);
}
