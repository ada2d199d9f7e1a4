// Options that the views of texts share.
#include "viz/text_properties.h"

namespace viz {

namespace {

const std::vector<std::string_view> properties = {
    "own",           "inside quotes", "column",         "bracket depth", "indentation", "end of sentence",
    "start of line", "word start",    "inside comment", "mid-word",      "letter",      "answer due",
    "digit due",     "line feed due", "repeating",      "letters kept"};

}  // namespace

Option property_option() {
  return {"property",
          "what cells are compared with; own: the first that this text was made for, or that changes in what is read",
          0,
          0,
          double(properties.size() - 1),
          1,
          properties,
          true};
}

std::string property_named(double option) { return option == 0 ? "" : std::string(properties.at(std::size_t(option))); }

Option from_option() { return {"from", "the first symbol that is read, counted from 1; 0: the first that tests", 0, 0, 1e8, 1}; }

Option length_option(double initial) { return {"length", "how many symbols are read", initial, 2, 20'000, 1}; }

Option cell_option() {
  return {"unit", "which cell, counted from 1 over all recurrent layers; 0: the one that follows the property best", 0, 0, 100'000, 1, {},
          true};
}

}  // namespace viz
