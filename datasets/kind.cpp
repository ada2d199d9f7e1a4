// What data are.
#include "datasets/kind.h"

#include "datasets/text_set.h"

namespace data {

Kind kind_of(const Dataset& set) {
  if (set.text && set.text->running) return Kind::text;
  if (set.text || set.tagged || (set.shape.height == 1 && set.shape.width > 1)) return Kind::sequence;
  if (set.shape.height > 1) return Kind::picture;
  return set.inputs.columns() == 2 ? Kind::plane : Kind::table;
}

}  // namespace data
