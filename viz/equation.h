// A formula, written in a subset of TeX, laid out as text and paths.
//   a_j^{(l)} = \sigma\left(\sum_{k=1}^n w_{jk} a_k + b_j\right)
//   \frac{a}{b} \sqrt{x} \hat{x} \tilde{x} \bar{x} \vec{x}     \sum_i^n \prod_i \max_i (limits above and below)
//   Greek (\alpha .. \Omega), \nabla \partial \odot \cdot \times \leftarrow \to \le \ge \ne \approx \in \infty \top \prime and '
//   \tanh \exp \log \softmax ... upright, \text{words}, \mathbf{W}, \left( \right) \left[ \left\{ \left\| growing,
//   \begin{cases} a & b \\ c & d \end{cases}, \quad \,
#pragma once
#include <string_view>

#include "viz/scene.h"

namespace viz {

// The scene's box is as large as the formula; `baseline` says how far below its top the main line lies, so that a line of text can hold it.
struct Equation {
  Scene scene;
  double baseline;
};

// Letters are `size` pixels high (em). Errors: std::invalid_argument naming an unknown command, a missing brace or a missing \right.
Equation equation(std::string_view tex, double size, Color color);

}  // namespace viz
