// Typing into text fields and the values of sliders.
#include <stdexcept>

#include "viz/interaction.h"

namespace viz {

void Interaction::type(const std::string& id, const std::string& text) {
  const Widget* widget = find(id);
  if (widget && !widget->owner.empty()) return type(widget->owner, text);
  if (focused_ != id) give_focus(id, focus_shown_);
  typing_ = Typing{};
  typing_->id = id;
  insert(*typing_, text);
  typing_->began = text;
  typing_->anchor = 0;
  drop_typed_ = key_writes_;
  caret_since_ = now_;
}

bool Interaction::key_in_text(const KeyDown& key) {
  if (key.key == Key::enter) return commit(), true;
  if (key.key == Key::escape) {  // takes back what was typed; where that is nothing, it closes what is around the field
    const bool typed = typing_->text != typing_->began;
    typing_.reset();
    return typed;
  }
  if (edit(*typing_, key, {paste, copy})) return true;
  const bool writes = key.key == Key::letter || key.key == Key::space;
  return !key.with.control && !key.with.alt && (writes || key.key == Key::up || key.key == Key::down);
}

// A text that is refused stays as it was typed, with the reason.
void Interaction::commit() {
  Typing typed = std::move(*typing_);
  typing_.reset();
  const Widget* widget = find(typed.id);
  if (!widget || !widget->commit) return;
  try {
    std::function(widget->commit)(typed.text);
  } catch (const std::invalid_argument& refused) {
    typed.problem = refused.what();
    typing_ = std::move(typed);
  }
}

void Interaction::place_caret(const Widget& widget, bool selecting) {
  if (!typing_ || !pointer_) return;
  typing_->caret = place_at(typing_->text, pointer_->x - widget.text_x, widget.text_size);
  if (!selecting) typing_->anchor = typing_->caret;
  caret_since_ = now_;
}

}  // namespace viz
