// glassbox data get: fetches a public data set that the program may not ship.
#include <iostream>
#include <memory>

#include "datasets/catalog.h"
#include "datasets/download.h"
#include "engine/file.h"
#include "engine/text.h"
#include "viz/commands/options.h"
#include "viz/commands/progress.h"

namespace viz {

namespace {

namespace fs = std::filesystem;

data::Download download_named(const std::string& name, const fs::path& list) {
  const std::vector<data::Download> all = data::parse_downloads(nn::read_file(list, 1 << 20));
  std::vector<std::string> names;
  for (const data::Download& download : all) {
    if (download.name == name) return download;
    names.push_back(download.name);
  }
  if (names.empty()) throw std::runtime_error(list.string() + ": the file lists no data set to download");
  throw UsageError("data get: no address is known for '" + name + "'" + did_you_mean(name, names) + " Those of " + nn::join(names, ", ") +
                   " are in " + list.string());
}

}  // namespace

int get_data(const Words& words) {
  po::options_description options("Options of data get");
  options.add_options()("from", po::value<std::string>()->value_name("ADDRESS"), "fetch from there in place of the addresses of the list")(
      "list", po::value<std::string>()->value_name("FILE"), "sets, addresses and sha256; datasets/README.md where it is not given");
  po::variables_map values;
  if (!read(words, "data", options, {"set"}, values)) return 0;
  if (!values.count("set")) throw UsageError("data get: which data set? For example `glassbox data get mnist`");
  const fs::path list = values.count("list") ? fs::path(values["list"].as<std::string>()) : data::download_list();
  data::Download download = download_named(values["set"].as<std::string>(), list);
  if (values.count("from")) {
    const std::string address = values["from"].as<std::string>();
    if (!address.starts_with("http://") && !address.starts_with("https://"))
      throw UsageError("data get: --from " + address + " is no address; it begins with http:// or https://");
    download.addresses = {address + (address.ends_with('/') ? "" : "/")};
  }
  fs::path folder = data_folder(values);
  if (folder.empty()) folder = data::user_folder();
  if (folder.empty()) throw UsageError("data get: where to? Name a folder by --data DIR or GLASSBOX_DATA");
  folder = fs::absolute(folder / download.name).lexically_normal();

  auto progress = std::make_unique<Progress>("fetching " + download.name, values.count("quiet") > 0);
  const double whole = double(data::bytes_of(download));
  data::fetch(download, folder, [&](std::uintmax_t bytes, const std::string& file) {
    char figures[64];
    std::snprintf(figures, sizeof figures, "%.1f of %.1f MB", double(bytes) / 1e6, whole / 1e6);
    progress->show(double(bytes) / whole, figures, file);
  });
  progress.reset();  // its line is wiped before another is written
  std::cout << download.files.size() << " files of " << download.name << " are in " << folder.string() << ", as they should be (sha256)\n";
  return 0;
}

}  // namespace viz
