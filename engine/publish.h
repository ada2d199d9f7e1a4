// A folder of files replaced as a whole: whoever looks, or whenever the program is killed, the old one or the new one is there.
#pragma once
#include <filesystem>
#include <functional>
#include <span>
#include <string>

namespace nn {

// Calls `fill` with a new empty folder beside the target, flushes it to the disk and puts it in the target's place by one rename.
// `own` names what belongs to such a folder, the first of them what tells it from any other; what else lies in the old one stays.
// Where the file system can't exchange two folders there is a moment with the old one at old_place() alone.
// Throws std::runtime_error, the target unharmed, also where the target is something else, neither empty nor such a folder.
void publish_folder(const std::filesystem::path& target, std::span<const std::string> own,
                    const std::function<void(const std::filesystem::path&)>& fill);

// Where the old folder waits while the new one takes its place: found only where the program was killed in that moment.
std::filesystem::path old_place(const std::filesystem::path& target);

}  // namespace nn
