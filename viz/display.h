// The display's end: see display.cpp. Whether there is one is asked by has_display() in window.h.
#pragma once

namespace viz {

// From now on the program ends with a sentence on stderr and exit code 1 when the display goes away.
void say_when_display_goes();

}  // namespace viz
