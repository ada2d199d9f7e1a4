// Text coloured by one cell of a recurrent network, and which cells follow a property of the text.
#include "viz/text_heatmap.h"

#include "viz/methods.h"
#include "viz/text_properties.h"
#include "viz/text_study.h"

namespace viz::text_heatmap {

Numbers compute(const Study& study, const Arguments& options) {
  const data::TextSet& text = viz::text_of(study, "text-heatmap");
  const Part part = part_of(study, text, options.at("from"), options.at("length"));
  const Reading reading = read_text(study, study.parameters, text, part, {}, "text-heatmap");
  const Reading before = read_text(study, untrained(study), text, part, {.next = false}, "text-heatmap");
  Numbers numbers = numbers_of(reading, &before,
                               {.unit = nn::Index(options.at("unit")),
                                .property = property_named(options.at("property")),
                                .place = nn::Index(options.at("place")),
                                .next = int(options.at("next")),
                                .end = study.given_text && options.at("from") == 0});
  numbers.words["moment"] = {moment(study)};
  return numbers;
}

Scene layout(const Numbers& numbers, Box box, const Style& style) { return picture_of(numbers, box, style); }

}  // namespace viz::text_heatmap
