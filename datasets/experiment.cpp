// Experiments to and from TOML, by the table of keys.
#include "datasets/experiment.h"

#include <algorithm>
#include <stdexcept>

#include "datasets/shipped.h"
#include "datasets/toml_check.h"
#include "engine/file.h"
#include "engine/text.h"

// toml++ asserts that the name of a section begins with a letter before it checks that it does: "[%]" would end the program.
#define TOML_ASSERT(expression) static_assert(true)
#include <toml++/toml.h>

namespace data {

namespace {

[[noreturn]] void fail(const std::string& what) { throw std::invalid_argument(what); }

std::string place_of(const std::string& who, const toml::source_position& at) {
  return who + ": line " + std::to_string(at.line) + ", column " + std::to_string(at.column);
}

// A byte between quotes, as TOML has it; a control character is \u and four hexadecimal digits.
std::string escaped(char c) {
  constexpr char hexadecimal[] = "0123456789abcdef";
  if (c == '"' || c == '\\') return {'\\', c};
  if ((c >= 0 && c < ' ') || c == 127) return {'\\', 'u', '0', '0', hexadecimal[c / 16], hexadecimal[c % 16]};
  return {c};
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) result += escaped(c);
  return result + "\"";
}

// A text of many lines as a file has it, """ and its lines: parsing it gives the same bytes.
std::string quoted_lines(const std::string& text) {
  std::string result = "\"\"\"\n";
  int quotes = 0;  // that stand there as they are, one behind the other; three would be the end, and so might be those before it
  for (std::size_t i = 0; i < text.size(); i++) {
    const char c = text[i];
    const bool bare = c == '"' && quotes < 2 && i + 1 < text.size();
    quotes = bare ? quotes + 1 : 0;
    if (bare || c == '\n' || c == '\t')
      result += c;
    else
      result += escaped(c);
  }
  return result + "\"\"\"";
}

// What was found instead, for messages.
std::string described(const toml::node& found) {
  if (const auto text = found.value<std::string>(); text && found.is_string()) return quoted(*text);
  if (const auto x = found.value<double>(); x && found.is_number()) return nn::number_text(*x);
  if (found.is_boolean()) return found.value_or(false) ? "true" : "false";
  return found.is_array() ? "a list" : found.is_table() ? "a section" : "a date or time";
}

// Writes what was found to the place of a key, or says what was expected there.
struct Assign {
  const Key& key;
  const toml::node& found;

  [[noreturn]] void wrong() const { fail(std::string(key.name) + " has to be " + expected(key) + ", not " + described(found)); }

  void operator()(double* to) const {
    const auto x = found.value<double>();
    if (!x || !found.is_number() || !(*x >= key.low && *x <= key.high)) wrong();
    *to = *x;
  }
  void operator()(nn::Index* to) const {
    const auto n = found.value_exact<std::int64_t>();
    if (!n || !(double(*n) >= key.low && double(*n) <= key.high)) wrong();
    *to = *n;
  }
  void operator()(std::string* to) const {
    const auto text = found.value_exact<std::string>();
    if (!text) wrong();
    try {
      if (key.check) key.check(*text);
    } catch (const std::invalid_argument& error) {
      fail(std::string(key.name) + ": " + error.what());
    }
    *to = *text;
  }
  void operator()(std::vector<std::string>* to) const {
    if (!found.is_array()) wrong();
    std::vector<std::string> list;
    for (const toml::node& item : *found.as_array()) {
      const auto text = item.value_exact<std::string>();
      if (!text) wrong();
      list.push_back(*text);
    }
    *to = std::move(list);
  }
  void operator()(std::vector<nn::Index>* to) const {
    if (!found.is_array()) wrong();
    std::vector<nn::Index> list;
    for (const toml::node& item : *found.as_array()) {
      nn::Index n = 0;
      Assign{key, item}(&n);
      list.push_back(n);
    }
    *to = std::move(list);
  }
  void operator()(const Choice& to) const {
    const auto text = found.value_exact<std::string>();
    if (!text) wrong();
    const auto word = std::find(to.words.begin(), to.words.end(), *text);
    if (word == to.words.end())
      fail(std::string(key.name) + " has to be " + expected(key) + ", not " + quoted(*text) + "; did you mean '" +
           nn::nearest(*text, std::vector<std::string>(to.words.begin(), to.words.end())) + "'?");
    to.choose(std::size_t(word - to.words.begin()));
  }
};

void assign(Experiment& experiment, const Key& key, const toml::node& found) { std::visit(Assign{key, found}, key.place(experiment)); }

bool is_section(std::string_view name) {
  return std::any_of(keys().begin(), keys().end(), [&](const Key& k) { return k.name.starts_with(std::string(name) + "."); });
}

void check_section(const std::string& name) {
  if (is_section(name)) return;
  std::vector<std::string> sections;
  for (const Key& k : keys())
    if (const std::size_t dot = k.name.find('.'); dot != k.name.npos) sections.emplace_back(k.name.substr(0, dot));
  fail("there is no section [" + name + "]; did you mean [" + nn::nearest(name, sections) + "]?");
}

// Calls `work`; what it finds wrong is said with its place in the file.
template <class Work>
void at(const std::string& who, const toml::source_region& region, Work work) {
  try {
    work();
  } catch (const std::invalid_argument& error) {
    fail(place_of(who, region.begin) + ": " + error.what());
  }
}

void read_table(Experiment& experiment, const toml::table& table, const std::string& section, const std::string& who) {
  for (const auto& entry : table) {
    const toml::key& name = entry.first;
    const toml::node& node = entry.second;
    const std::string full = section.empty() ? std::string(name.str()) : section + "." + std::string(name.str());
    if (section.empty() && node.is_table()) {
      at(who, name.source(), [&] { check_section(full); });
      read_table(experiment, *node.as_table(), full, who);
      continue;
    }
    const Key* found = nullptr;
    at(who, name.source(), [&] { found = &key(full); });
    at(who, node.source(), [&] { assign(experiment, *found, node); });
  }
}

// The value of `x = TEXT`, or nothing where TEXT is no TOML or more than one value.
toml::table parse_value(std::string_view text) {
  if (stray_letter(text).first > 0) return {};
  try {
    toml::table table = toml::parse("x = " + std::string(text));
    if (table.size() == 1) return table;
  } catch (const toml::parse_error&) {
  }
  return {};
}

}  // namespace

std::string value_text(const Experiment& experiment, const Key& key) {
  Experiment copy = experiment;
  struct {
    std::string operator()(const double* x) { return nn::number_text(*x); }
    std::string operator()(const nn::Index* x) { return std::to_string(*x); }
    std::string operator()(const std::string* x) { return x->find('\n') == x->npos ? quoted(*x) : quoted_lines(*x); }
    std::string operator()(const Choice& x) { return quoted(std::string(x.words[x.chosen()])); }
    std::string operator()(const std::vector<std::string>* x) {
      std::vector<std::string> parts;
      for (const std::string& part : *x) parts.push_back(quoted(part));
      return "[" + nn::join(parts, ", ") + "]";
    }
    std::string operator()(const std::vector<nn::Index>* x) {
      std::vector<std::string> parts;
      for (const nn::Index part : *x) parts.push_back(std::to_string(part));
      return "[" + nn::join(parts, ", ") + "]";
    }
  } text;
  return std::visit(text, key.place(copy));
}

Experiment parse_experiment(std::string_view text, const std::string& who) {
  Experiment experiment;
  if (const auto [line, column] = stray_letter(text); line > 0)
    fail(who + ": line " + std::to_string(line) + ", column " + std::to_string(column) + ": a letter beyond ASCII needs quotes around it");
  try {
    read_table(experiment, toml::parse(text), "", who);
  } catch (const toml::parse_error& error) {
    fail(place_of(who, error.source().begin) + ": " + std::string(error.description()));
  }
  return experiment;
}

Experiment load_experiment(const std::filesystem::path& file) { return parse_experiment(nn::read_file(file, 1 << 20), file.string()); }

void set(Experiment& experiment, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == assignment.npos) fail("'" + std::string(assignment) + "' sets nothing; write it as key=value, such as train.rate=0.1");
  const Key& k = key(nn::trim(assignment.substr(0, equals)));
  const std::string_view text = nn::trim(assignment.substr(equals + 1));
  const Place place = k.place(experiment);
  const bool list = std::holds_alternative<std::vector<std::string>*>(place);
  const bool number = std::holds_alternative<double*>(place) || std::holds_alternative<nn::Index*>(place);

  const bool numbers = std::holds_alternative<std::vector<nn::Index>*>(place);

  const toml::table parsed = parse_value(numbers && !text.starts_with('[') ? "[" + std::string(text) + "]" : std::string(text));
  const toml::node* value = parsed.get("x");
  if (value && (number || numbers || (list ? value->is_array() : value->is_string()))) return assign(experiment, k, *value);
  if (!list) return assign(experiment, k, toml::value<std::string>(std::string(text)));
  toml::array parts;
  for (const std::string& part : nn::split(text, ',')) parts.push_back(part);
  assign(experiment, k, parts);
}

std::string to_toml(const Experiment& experiment) {
  std::string text, section;
  const Experiment defaults;
  for (const Key& k : keys()) {
    const std::string value = value_text(experiment, k);
    if (k.name != "seed" && value == value_text(defaults, k)) continue;
    const std::size_t dot = k.name.find('.');
    if (dot != k.name.npos && k.name.substr(0, dot) != section) {
      section = k.name.substr(0, dot);
      text += "\n[" + section + "]\n";
    }
    text += std::string(k.name.substr(dot + 1)) + " = " + value + "\n";
  }
  return text;
}

std::filesystem::path experiments_folder() { return files_folder().parent_path() / "experiments"; }

}  // namespace data
