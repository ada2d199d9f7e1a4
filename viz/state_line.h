// The whole state of a training as one line of text, to be sent and pasted: experiment, weights, moments, generators and history.
#pragma once
#include <string>
#include <string_view>

#include "engine/save.h"

namespace viz {

// "glassbox:1:", then base64url (RFC 4648) of zlib (RFC 1950) of three texts, each after its length in 8 bytes: the experiment, the
// state as safetensors, the history. Earlier snapshots are left out. Reading it gives the same bits.
std::string state_line(const nn::Run& run);
// Blanks and line ends around it do no harm. std::invalid_argument, in a sentence, for anything else that was not written so, for
// another version, and for more than 64 MiB once unpacked.
nn::Run parse_state_line(std::string_view text);

}  // namespace viz
