// Table of contents of all equations: one prototype and one formula a line. Columns of x are examples, N of them.
// (.) is element by element. Inputs that do not fit together: std::invalid_argument with their dimensions.
#pragma once
#include "engine/kernels.h"
#include "engine/tape.h"

namespace nn {

// A square of pixels that slides over a picture, and how far each step is.
struct Window {
  Index size = 2, stride = 2, padding = 0;
};

// Of local response normalization, as in the paper.
struct Neighbours {
  Index n = 5;
  Real k = 2, alpha = Real(1e-4), beta = Real(0.75);
};

// Layers
Var affine(Var W, Var x, Var b);  // z = W x + b            W: n x m, x: m x N, b: n x 1                                         (3.1) (3.2)
Var dropout(Var x, Var mask);     // y = x (.) mask         mask: 0 or 1/(1-p)                                             (Srivastava 2014)

// Pictures: a column of x is C channels of H x W pixels. b and one number a channel are C x 1.
// s stride, p padding, d dilation; the kernel is kernel_height x kernel_width; W: a row a filter, its weights [channel][u][v].
Var conv2d(Var W, Var x, Var b, const Convolution& how);            // z_o(i,j) = sum_cuv w_ocuv x_c(si+du-p, sj+dv-p) + b_o (LeCun 1989)
Var conv_transpose2d(Var W, Var x, Var b, const Convolution& how);  // z_c(si+du-p, sj+dv-p) = sum w_ocuv x_o(i,j) + b_c   (Zeiler 2010)
Var max_pool_switches(Var x, const Window& w);  // q_c(i,j) = row of the first largest x_c in the window at (i,j)  (Zeiler & Fergus 2014)
Var max_pool(Var x, Var q, const Window& w);    // y_c(i,j) = x in row q_c(i,j)        the largest x_c in the window            (Weng 1992)
Var average_pool(Var x, const Window& w);       // y_c(i,j) = mean of x_c in the window, padding left out                      (LeCun 1989)
Var global_average_pool(Var x);                 // y_c = mean_ij x_c(i,j)                                                        (Lin 2013)
Var upsample_nearest(Var x, Index f);           // y_c(i,j) = x_c(floor(i/f), floor(j/f))
Var upsample_bilinear(Var x, Index f);          // y_c(i,j) = x_c between the four pixels around ((i+1/2)/f - 1/2, (j+1/2)/f - 1/2)

// Normalization. Batch statistics are nodes of the program, over the m = N H W numbers of a channel.
constexpr Real tiny = Real(1e-5);     // keeps a division by no variance finite
Var channel_mean(Var x);              // mu_c = 1/m sum_ijn x_c(i,j)                 C x 1                            (Ioffe & Szegedy 2015)
Var channel_variance(Var x, Var mu);  // v_c = 1/m sum_ijn (x_c(i,j) - mu_c)^2       C x 1
Var batch_norm(Var x, Var mu, Var v, Var gain, Var shift, Real e = tiny);  // y_c = gain_c (x_c - mu_c) / sqrt(v_c + e) + shift_c
Var layer_norm(Var x, Var gain, Var shift, Real e = tiny);                 // y = gain (.) (x - mean x) / sqrt(var x + e) + shift  (Ba 2016)
Var local_response_norm(Var x, const Neighbours& n = {});  // y_c = x_c / (k + alpha sum_c' x_c'^2)^beta, |c'-c| <= n/2 (Krizhevsky 2012)

// Sequences: T steps of B examples are one matrix of T B columns, step t its columns tB .. (t+1)B. W h of a step is a product of its own;
// a = the part of what comes from below, and all gradients of W, are computed for all steps at once. States are written into a block.
Var unroll(Var x);                // F x 1 x T numbers an example -> F x TB, the same numbers
Var lookup(Var W, Var x, Var b);  // z = W x + b, x_k = 1 for the symbol k  W: n x V, x: 1 x N symbols   (3.1)
Var rnn_step(Function f, Var W, Var s, Var a, Var into, Index first);  // s_t = f(U x_t + W s_{t-1})        a = U x_t + b            (3.6)
Var lstm_gates(Var W, Var h, Var a);                       // [f i C~ o] = [sigma sigma tanh sigma](W h_{t-1} + a_t)   W: 4n x n  (3.7)
Var lstm_cell(Var gates, Var C);                           // C_t = f_t * C_{t-1} + i_t * C~_t                                    (3.7)
Var lstm_output(Var gates, Var C, Var into, Index first);  // h_t = o_t * tanh(C_t)                                               (3.7)
Var gru_gates(Var W, Var h, Var a, Var c);                 // [r u] = sigma(W h + a), q = W_n h + c, n = tanh(a_n + r * q)  (Cho 2014)
Var gru_output(Var gates, Var h, Var into, Index first);   // h_t = (1 - u_t) * n_t + u_t * h_{t-1}                          (Cho 2014)
Var hold(Var now, Var before, Var symbols);                // h_t = now where there is a symbol, else before
Var hold(Var now, Var before, Var symbols, Var into, Index first);

// Activations
Var activation(Function sigma, Var z);  // a = sigma(z)           element by element                                             (3.1) (3.2)
Var softmax(Var z);                     // p_k = exp z_k / sum_i exp z_i        of each column                                         (3.6)

// Costs: 1x1, summed over the outputs, the mean over the N examples. Only these divide by N.
Var quadratic_cost(Var a, Var y);              // C = 1/2 ||y - a||^2                                                                  (3.3)
Var huber_cost(Var a, Var y, Real delta = 1);  // C = r^2/2 for |r| <= delta, else delta (|r| - delta/2), r = a - y             (Huber 1964)
Var hinge_cost(Var a, Var y);                  // C = max(0, 1 - y a)    y: -1 or 1                                   (Cortes & Vapnik 1995)
Var binary_cross_entropy(Var a, Var y);        // C = -(y ln a + (1-y) ln(1-a))        0 <= a, y <= 1                         (Nielsen 2015)
Var sigmoid_cross_entropy(Var z, Var y);       // the same of a = sigmoid(z), safe for any z: what to train on
Var softmax_cross_entropy(Var z, Var y);       // C = -sum_k y_k ln p_k, p = softmax(z), safe for any z                        (Bishop 2006)

Var symbol_cross_entropy(Var z, Var y);  // the same for symbols y: C = -ln p_k, the mean over those that are not negative

// Penalties: 1x1, to be added to a cost
Var l1_penalty(Var W, Real lambda);  // lambda sum |w|                                                                     (Tibshirani 1996)
Var l2_penalty(Var W, Real lambda);  // lambda/2 ||W||^2                                                                (Krogh & Hertz 1992)

// Algebra; nothing is repeated to make dimensions fit
Var add(Var a, Var b);                            // a + b
Var subtract(Var a, Var b);                       // a - b
Var multiply(Var a, Var b);                       // a (.) b
Var zeros(Var like, Index rows, Index columns);   // 0, on the tape of `like`
Var scale(Var x, Real s);                         // s x
Var sum(Var x);                                   // sum_ij x_ij            1x1
Var mean(Var x);                                  // sum(x) / (m n)         1x1, x: m x n
Var matmul(Var A, Var B);                         // A B                    A: n x m, B: m x N
Var transpose(Var x);                             // x^T
Var concatenate(const std::vector<Var>& x);       // [x_1; x_2; ..]         rows below rows, as [h_{t-1}, x_t]                         (3.7)
Var slice_rows(Var x, Index first, Index count);  // the rows first .. first + count - 1 of x

// The name of an activation as in a model's text ("leaky relu"), and back; std::invalid_argument lists them.
std::string_view name(Function function);
Function function_named(std::string_view name);

}  // namespace nn
