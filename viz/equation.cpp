// Reads the TeX subset and lays it out on the way: one function for each thing that TeX can say.
#include "viz/equation.h"

#include <algorithm>
#include <stdexcept>

#include "viz/equation_box.h"
#include "viz/equation_symbols.h"
#include "viz/text.h"

namespace viz {
namespace {

using namespace equation_box;

constexpr double script = 0.72;    // size of a script by that of its base
constexpr double smallest = 0.55;  // of any letter by that of the formula

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The space between neighbours, in ems; scripts are set tighter.
double space(Kind left, Kind right, bool tight) {
  if (left == Kind::relation || right == Kind::relation) return tight ? 0.08 : 0.28;
  if (left == Kind::operation || right == Kind::operation) return tight ? 0.05 : 0.22;
  if (left == Kind::comma) return tight ? 0.08 : 0.2;
  if (left == Kind::large_operator || (right == Kind::large_operator && left != Kind::open)) return 0.16;
  if (left == Kind::function && right != Kind::open && right != Kind::close) return 0.16;
  if (right == Kind::function && (left == Kind::letter || left == Kind::close)) return 0.16;
  return 0;
}

// A sign without a left operand ("-x") is a letter to its neighbours.
Kind kind_after(const Piece* previous, Kind kind) {
  const bool operand = previous && (previous->kind == Kind::letter || previous->kind == Kind::close);
  return kind == Kind::operation && !operand ? Kind::letter : kind;
}

class Reader {
 public:
  Reader(std::string_view tex, double size, Color color) : rest_(tex), size_(size), color_(color) {}

  Piece whole() {
    const Piece piece = row(size_);
    if (!rest_.empty()) fail("unexpected '" + std::string(rest_.substr(0, 6)) + "'");
    return piece;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const { throw std::invalid_argument("equation: " + why); }

  void skip_spaces() {
    while (!rest_.empty() && (rest_[0] == ' ' || rest_[0] == '\n' || rest_[0] == '\t')) rest_.remove_prefix(1);
  }
  bool take(std::string_view word) {
    skip_spaces();
    if (!rest_.starts_with(word)) return false;
    const bool command = word.size() > 1 && is_letter(word.back());
    if (command && rest_.size() > word.size() && is_letter(rest_[word.size()])) return false;  // \right is not \rightarrow
    rest_.remove_prefix(word.size());
    return true;
  }
  bool at_end_of_row() {
    const std::string_view before = rest_;
    const bool end = take("}") || take("&") || take("\\\\") || take("\\right") || take("\\end") || rest_.empty();
    rest_ = before;
    return end;
  }

  Piece row(double size) {
    if (++depth_ > 40) fail("nested more than 40 deep");
    Piece row;
    std::optional<Piece> previous;
    for (skip_spaces(); !at_end_of_row(); skip_spaces()) {
      Piece next = with_scripts(atom(size), size);
      next.kind = kind_after(previous ? &*previous : nullptr, next.kind);
      if (previous) row.width += size * space(previous->kind, next.kind, size < 0.8 * size_);
      append(row, next);
      previous = std::move(next);
    }
    depth_--;
    return row;
  }

  Piece with_scripts(Piece base, double size) {
    const double smaller = std::max(script * size, smallest * size_);
    std::optional<Piece> lower, upper;
    while (true) {
      if (take("'"))
        append(base, text("′", size, Font::regular, color_));
      else if (take("_"))
        (lower ? fail("two subscripts on one letter") : void()), lower = argument(smaller);
      else if (take("^"))
        (upper ? fail("two superscripts on one letter") : void()), upper = argument(smaller);
      else
        break;
    }
    return lower || upper ? scripted(base, lower, upper, size) : base;
  }

  // {a row} or a single atom.
  Piece argument(double size) {
    skip_spaces();
    if (rest_.empty()) fail("something is missing at the end");
    if (!take("{")) return atom(size);
    Piece inner = row(size);
    if (!take("}")) fail("a } is missing");
    inner.kind = Kind::letter;
    return inner;
  }

  std::string words() {
    if (!take("{")) fail("a { is missing");
    const std::size_t end = rest_.find('}');
    if (end == std::string_view::npos) fail("a } is missing");
    const std::string inside(rest_.substr(0, end));
    rest_.remove_prefix(end + 1);
    return inside;
  }

  Piece atom(double size) {
    skip_spaces();
    if (rest_[0] == '{') return argument(size);
    if (rest_[0] == '\\') return command(size);
    if (is_digit(rest_[0])) return number(size);
    if (rest_[0] == '_' || rest_[0] == '^' || rest_[0] == '}') fail("a letter is missing before '" + std::string(1, rest_[0]) + "'");
    const std::string sign(code_points(rest_.substr(0, 4))[0].text);
    rest_.remove_prefix(sign.size());
    if (is_letter(sign[0])) return text(sign, size, Font::italic, color_);
    return text(sign == "-" ? "−" : sign == "*" ? "∗" : sign, size, Font::regular, color_, kind_of(sign));
  }

  static Kind kind_of(const std::string& sign) {
    const auto is_one_of = [&](const char* signs) { return std::string_view(signs).find(sign) != std::string_view::npos; };
    return is_one_of("+-*")    ? Kind::operation
           : is_one_of("=<>:") ? Kind::relation
           : is_one_of("([")   ? Kind::open
           : is_one_of(")]!")  ? Kind::close
           : is_one_of(",;")   ? Kind::comma
                               : Kind::letter;
  }

  Piece number(double size) {
    std::size_t end = 1;
    while (end < rest_.size() && (is_digit(rest_[end]) || (rest_[end] == '.' && end + 1 < rest_.size() && is_digit(rest_[end + 1])))) end++;
    const std::string digits(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return text(digits, size, Font::regular, color_);
  }

  Piece command(double size) {
    std::size_t end = 1;
    while (end < rest_.size() && is_letter(rest_[end])) end++;
    if (end == 1) end = std::min<std::size_t>(2, rest_.size());
    const std::string name(rest_.substr(1, end - 1));
    rest_.remove_prefix(end);

    if (name == "frac") return ratio(size);
    if (name == "sqrt") return root(argument(size), size, color_);
    if (name == "left") return fenced(size);
    if (name == "begin") return cases(size);
    if (name == "text" || name == "mathrm" || name == "operatorname")
      return text(words(), size, Font::regular, color_, name == "operatorname" ? Kind::function : Kind::letter);
    if (name == "mathbf") return text(words(), size, Font::bold, color_);
    if (const std::string accent = accent_named(name); !accent.empty())
      return accented(argument(size), accent, (name == "vec" ? 0.7 : 1) * size, color_);
    if (const Symbol* symbol = symbol_named(name)) return sign(*symbol, size);
    fail("unknown command \\" + name);
  }

  Piece sign(const Symbol& symbol, double size) {
    Piece piece = text(symbol.string, symbol.scale * size, symbol.font, color_, symbol.kind);
    piece.limits = symbol.limits && size >= 0.9 * size_;
    return symbol.kind == Kind::large_operator ? centered_on_axis(piece, size) : piece;
  }

  Piece ratio(double size) {
    const double smaller = std::max(0.85 * size, smallest * size_);
    const Piece over = argument(smaller);
    return fraction(over, argument(smaller), size, color_);
  }

  std::string fence() {
    skip_spaces();
    for (const auto& [tex, sign] :
         {std::pair{"\\|", "‖"}, {"\\{", "{"}, {"\\}", "}"}, {"(", "("}, {")", ")"}, {"[", "["}, {"]", "]"}, {"|", "|"}, {".", "."}})
      if (take(tex)) return sign;
    fail("after \\left and \\right comes one of ( ) [ ] \\{ \\} | \\| .");
  }

  Piece fenced(double size) {
    const std::string opening = fence();
    const Piece inner = row(size);
    if (!take("\\right")) fail("\\left without \\right");
    Piece piece;
    append(piece, delimiter(opening, inner, size, color_));
    append(piece, inner);
    append(piece, delimiter(fence(), inner, size, color_));
    piece.kind = Kind::close;
    return piece;
  }

  Piece cases(double size) {
    if (const std::string name = words(); name != "cases") fail("unknown environment '" + name + "'");
    std::vector<std::vector<Piece>> rows(1);
    while (!take("\\end")) {
      rows.back().push_back(row(size));
      if (take("\\\\"))
        rows.emplace_back();
      else if (rest_.empty() || (!take("&") && rest_.substr(0, 4) != "\\end"))
        fail("\\begin{cases} without \\end{cases}");
    }
    words();
    const Piece table = grid(rows, size);
    Piece piece = delimiter("{", table, size, color_);
    piece.width += 0.1 * size;
    append(piece, table);
    piece.kind = Kind::letter;
    return piece;
  }

  std::string_view rest_;
  double size_;
  Color color_;
  int depth_ = 0;
};

}  // namespace

Equation equation(std::string_view tex, double size, Color color) {
  const Piece piece = Reader(tex, size, color).whole();
  Box box{0, -piece.above, piece.width, piece.above + piece.below};
  if (const auto all = bounds(piece.scene)) box = united(box, *all);
  Equation result{.scene = {.box = {0, 0, box.width, box.height}}, .baseline = -box.y};
  result.scene.append(piece.scene, {-box.x, -box.y});
  return result;
}

}  // namespace viz
