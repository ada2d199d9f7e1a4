// The table of symbols and function names.
#include "viz/equation_symbols.h"

#include <map>

namespace viz {
namespace {

using Kind = equation_box::Kind;
using Table = std::map<std::string, Symbol, std::less<>>;

Table table() {
  Table all;
  const auto add = [&](Kind kind, Font font, std::initializer_list<std::pair<const char*, const char*>> list) {
    for (const auto& [name, string] : list) all[name] = {.string = string, .kind = kind, .font = font};
  };
  add(Kind::letter, Font::italic,
      {{"alpha", "α"},  {"beta", "β"},  {"gamma", "γ"}, {"delta", "δ"}, {"epsilon", "ε"}, {"varepsilon", "ε"}, {"zeta", "ζ"},
       {"eta", "η"},    {"theta", "θ"}, {"iota", "ι"},  {"kappa", "κ"}, {"lambda", "λ"},  {"mu", "μ"},         {"nu", "ν"},
       {"xi", "ξ"},     {"pi", "π"},    {"rho", "ρ"},   {"sigma", "σ"}, {"tau", "τ"},     {"upsilon", "υ"},    {"phi", "φ"},
       {"varphi", "φ"}, {"chi", "χ"},   {"psi", "ψ"},   {"omega", "ω"}, {"ell", "ℓ"}});
  add(Kind::letter, Font::regular,
      {{"Gamma", "Γ"}, {"Delta", "Δ"}, {"Theta", "Θ"}, {"Lambda", "Λ"}, {"Xi", "Ξ"},      {"Pi", "Π"},     {"Sigma", "Σ"},
       {"Phi", "Φ"},   {"Psi", "Ψ"},   {"Omega", "Ω"}, {"nabla", "∇"},  {"partial", "∂"}, {"infty", "∞"},  {"top", "⊤"},
       {"prime", "′"}, {"ldots", "…"}, {"dots", "…"},  {"cdots", "⋯"},  {"forall", "∀"},  {"exists", "∃"}, {"%", "%"},
       {"#", "#"},     {"&", "&"},     {"_", "_"},     {"$", "$"}});
  add(Kind::operation, Font::regular,
      {{"odot", "⊙"},
       {"cdot", "·"},
       {"times", "×"},
       {"pm", "±"},
       {"oplus", "⊕"},
       {"otimes", "⊗"},
       {"circ", "∘"},
       {"ast", "∗"},
       {"cup", "∪"},
       {"cap", "∩"},
       {"div", "÷"}});
  add(Kind::relation, Font::regular,
      {{"leftarrow", "←"}, {"gets", "←"}, {"rightarrow", "→"}, {"to", "→"},    {"mapsto", "↦"}, {"Rightarrow", "⇒"},
       {"le", "≤"},        {"leq", "≤"},  {"ge", "≥"},         {"geq", "≥"},   {"ne", "≠"},     {"neq", "≠"},
       {"approx", "≈"},    {"sim", "∼"},  {"propto", "∝"},     {"equiv", "≡"}, {"in", "∈"},     {"notin", "∉"},
       {"ll", "≪"},        {"gg", "≫"},   {"mid", "|"},        {"subset", "⊂"}});
  add(Kind::open, Font::regular, {{"{", "{"}, {"langle", "⟨"}, {"lfloor", "⌊"}, {"lceil", "⌈"}});
  add(Kind::close, Font::regular, {{"}", "}"}, {"rangle", "⟩"}, {"rfloor", "⌋"}, {"rceil", "⌉"}});
  add(Kind::letter, Font::regular, {{"|", "‖"}});
  for (const char* name : {"tanh", "sinh", "cosh", "sin", "cos", "tan", "exp", "log",  "ln",  "softmax",  "sigmoid",
                           "relu", "ReLU", "sign", "sgn", "det", "dim", "tr",  "diag", "Var", "softplus", "erf"})
    all[name] = {.string = name, .kind = Kind::function};
  for (const char* name : {"max", "min", "lim", "sup", "inf"}) all[name] = {.string = name, .kind = Kind::function, .limits = true};
  all["argmax"] = {.string = "arg max", .kind = Kind::function, .limits = true};
  all["argmin"] = {.string = "arg min", .kind = Kind::function, .limits = true};
  for (const auto& [name, string] : {std::pair{"sum", "∑"}, {"prod", "∏"}})
    all[name] = {.string = string, .kind = Kind::large_operator, .scale = 1.5, .limits = true};
  all["int"] = {.string = "∫", .kind = Kind::large_operator, .scale = 1.5};
  add(Kind::open, Font::regular,  // spaces: a minus after one has no left operand
      {{"quad", "\u2003"}, {"qquad", "\u2003\u2003"}, {",", "\u2006"}, {":", "\u2005"}, {";", "\u2004"}, {" ", " "}, {"!", ""}});
  return all;
}

}  // namespace

const Symbol* symbol_named(std::string_view name) {
  static const Table all = table();
  const auto found = all.find(name);
  return found == all.end() ? nullptr : &found->second;
}

std::string accent_named(std::string_view name) {
  if (name == "hat") return "ˆ";
  if (name == "tilde") return "˜";
  if (name == "bar") return "¯";
  if (name == "vec") return "→";
  if (name == "dot") return "˙";
  return "";
}

}  // namespace viz
