// The safetensors format: 8 bytes with the length of the header, the header as JSON, the numbers without gaps.
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "engine/save.h"

namespace nn {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void fail(const std::string& who, const std::string& what) { throw std::runtime_error(who + ": " + what); }

// JSON itself would let the last of equal names win.
Json parse_header(std::string_view text, const std::string& who) {
  std::vector<std::set<std::string>> names;
  const auto watch = [&](int, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) names.emplace_back();
    if (event == Json::parse_event_t::object_end) names.pop_back();
    if (event == Json::parse_event_t::key && !names.back().insert(parsed.get<std::string>()).second)
      fail(who, "the header has '" + parsed.get<std::string>() + "' twice");
    return true;
  };
  try {
    return Json::parse(text, watch);
  } catch (const Json::exception&) {
    fail(who, "the header is no JSON; the file is damaged or no safetensors file");
  }
}

struct Entry {
  Tensor tensor;
  std::size_t type, begin, end;
};

std::size_t type_named(const std::string& name, const std::string& who) {
  std::string known;
  for (std::size_t i = 0; i < std::size(number_types); i++) {
    if (number_types[i].safetensors == name) return i;
    known += (i > 0 ? ", " : "") + std::string(number_types[i].safetensors);
  }
  fail(who, "the type '" + name + "' can't be read, only " + known);
}

Entry read_entry(const std::string& name, const Json& json, const std::string& file) {
  const std::string who = file + ": tensor '" + name + "'";
  try {
    const auto offsets = json.at("data_offsets").get<std::vector<std::uint64_t>>();
    for (const char* field : {"shape", "data_offsets"})
      for (const Json& n : json.at(field))
        if (!n.is_number_unsigned()) fail(who, "'" + std::string(field) + "' holds " + n.dump(-1, ' ', true) + ", no whole number from 0");
    if (offsets.size() != 2 || offsets[0] > offsets[1]) fail(who, "'data_offsets' has to be a begin and an end");
    Tensor tensor{name, json.at("shape").get<std::vector<Index>>(), {}};
    const std::size_t type = type_named(json.at("dtype").get<std::string>(), who),
                      wanted = count_of(tensor.shape, who) * number_types[type].bytes;
    if (offsets[1] - offsets[0] != wanted)
      fail(who, "the shape " + shape_text(tensor.shape) + " takes " + std::to_string(wanted) + " bytes but " +
                    std::to_string(offsets[1] - offsets[0]) + " are set aside");
    return {std::move(tensor), type, offsets[0], offsets[1]};
  } catch (const Json::exception&) {
    fail(who, "the header has to give a dtype, a shape and data_offsets");
  }
}

}  // namespace

const Tensor* Tensors::find(std::string_view name) const {
  const auto found = std::find_if(list.begin(), list.end(), [&](const Tensor& t) { return t.name == name; });
  return found == list.end() ? nullptr : &*found;
}

std::string safetensors(const Tensors& tensors) {
  std::vector<const Tensor*> list;
  for (const Tensor& t : tensors.list) list.push_back(&t);
  std::stable_sort(list.begin(), list.end(), [](const Tensor* a, const Tensor* b) { return type_of(*a).bytes > type_of(*b).bytes; });

  Json header = Json::object();
  if (!tensors.metadata.empty()) header["__metadata__"] = tensors.metadata;
  std::size_t end = 0;
  for (const Tensor* t : list) {
    const std::size_t begin = end;
    end += bytes_of(*t).size();
    header[t->name] = {{"dtype", type_of(*t).safetensors}, {"shape", t->shape}, {"data_offsets", {begin, end}}};
  }
  std::string text = header.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t length = text.size();
  std::string bytes(reinterpret_cast<const char*>(&length), sizeof length);
  bytes.reserve(bytes.size() + text.size() + end);
  bytes += text;
  for (const Tensor* t : list) bytes += bytes_of(*t);
  return bytes;
}

Tensors parse_safetensors(std::string_view bytes, const std::string& who) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) fail(who, "the file has " + std::to_string(bytes.size()) + " bytes and no header");
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length > bytes.size())
    fail(who, "the header should have " + std::to_string(length) + " bytes but " + std::to_string(bytes.size()) +
                  " are left; the file is cut off or no safetensors file");
  const Json header = parse_header(bytes.substr(0, length), who);
  bytes.remove_prefix(length);
  if (!header.is_object()) fail(who, "the header is no JSON object");

  Tensors tensors;
  std::vector<Entry> entries;
  for (const auto& [name, json] : header.items()) {
    if (name != "__metadata__") {
      entries.push_back(read_entry(name, json, who));
    } else if (!json.is_object() || std::any_of(json.begin(), json.end(), [](const Json& x) { return !x.is_string(); })) {
      fail(who, "the metadata are no texts under names");
    } else {
      tensors.metadata = json.get<std::map<std::string, std::string>>();
    }
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
  std::size_t end = 0;
  for (Entry& entry : entries) {
    if (entry.begin != end || entry.end > bytes.size())
      fail(who, "tensor '" + entry.tensor.name + "' lies at bytes " + std::to_string(entry.begin) + " to " + std::to_string(entry.end) +
                    ", but " +
                    (entry.end > bytes.size() ? "there are only " + std::to_string(bytes.size())
                                              : "the one before it ends at " + std::to_string(end)));
    entry.tensor.numbers = numbers_from(entry.type, bytes.substr(entry.begin, entry.end - entry.begin));
    end = entry.end;
    tensors.list.push_back(std::move(entry.tensor));
  }
  if (end != bytes.size()) fail(who, std::to_string(bytes.size() - end) + " bytes after the last tensor belong to none");
  return tensors;
}

}  // namespace nn
