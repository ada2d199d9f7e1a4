// The properties of texts that a menu offers: those of any text, and those of the made-up ones.
#pragma once
#include <string>

#include "viz/method.h"

namespace viz {

Option property_option();                   // "property": 0 is what track_named() takes for none
std::string property_named(double option);  // the track's name; empty for the first
Option from_option();                       // "from"
Option length_option(double initial);       // "length"
Option cell_option();                       // "unit", shared by all views

}  // namespace viz
