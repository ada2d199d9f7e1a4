// The elementary functions on Lanes, to about 2 units in the last place (tanh and erf: 5). Each brings its argument into
// a small interval, evaluates a polynomial there, and undoes the first step. Coefficients: Cephes (Moshier 1992), and
// Eigen for tanh and erf. NaN gives NaN; at an infinity each gives its limit.
#pragma once

namespace nn {
namespace {

// first x^n + second x^(n-1) + ... + last, by Horner's rule
inline Lanes polynomial(Lanes, Lanes sum) { return sum; }
template <class... Rest>
Lanes polynomial(Lanes x, Lanes sum, float next, Rest... rest) {
  return polynomial(x, fma(sum, x, next), rest...);
}

constexpr float log_2_high = 0.693359375f, log_2_low = -2.12194440e-4f;  // the high part has few bits: products are exact
constexpr float infinity = __builtin_inff();

inline Lanes round(Lanes x) {  // to the nearest whole number, for |x| < 2^22: adding 1.5 2^23 pushes the fraction out
  Lanes shifted = x + 12582912.0f;
  return shifted - 12582912.0f;
}

// exp(x) = 2^n (1 + q), n = round(x / log 2), q = exp(r) - 1, r = x - n log 2, |r| <= log(2) / 2
struct Split {
  Lanes n, q;
};
inline Split split_exp(Lanes x) {
  x = at_least(-104, at_most(89, x));  // exp is 0 and infinity beyond
  Lanes n = round(x * 1.44269504f);
  Lanes r = fma(n, -log_2_low, fma(n, -log_2_high, x));
  Lanes p = polynomial(r, 1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f);
  return {n, fma(p, r * r, r)};
}

inline Lanes exp(Lanes x) {
  Split s = split_exp(x);
  return times_power_of_two(1 + s.q, s.n);
}

inline Lanes expm1(Lanes x) {  // exp(x) - 1 without the loss of digits near 0, for x <= 88
  Split s = split_exp(x);
  return times_power_of_two(s.q, s.n) + (times_power_of_two(1, s.n) - 1);
}

// log(x) = e log 2 + log(1 + f), x = 2^e (1 + f), 1 + f in [sqrt(1/2), sqrt 2)
inline Lanes log(Lanes x) {
  Mask denormal = x < 1.17549435e-38f;
  Lanes scaled = abs(select(denormal, x * 8388608.0f, x));  // 2^23
  Ints bits = (Ints)scaled.v, exponent = (bits - 0x3f3504f3) >> 23;
  Lanes f = Lanes::of((Floats)(bits - (exponent << 23))) - 1;
  Lanes e = Lanes::of(__builtin_convertvector(exponent, Floats)) - select(denormal, 23, 0);
  Lanes p = polynomial(f, 7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f, -1.6668057665e-1f,
                       2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f);
  Lanes tail = fma(e, log_2_low, p * f * f * f) - 0.5f * f * f;
  Lanes y = fma(e, log_2_high, f + tail) + (x - x);  // x - x is 0, or NaN as x is
  y = select(x == infinity, x, select(x == 0, -infinity, y));
  return select(x < 0, __builtin_nanf(""), y);
}

// With u = 1 + x rounded, log(1 + x) = log(u) + (x - (u - 1)) / u, the last being what rounding lost; for finite x > -1.
inline Lanes log1p(Lanes x) {
  Lanes u = 1 + x;
  return log(u) + (x - (u - 1)) / u;
}

// sin(x), where x = n pi/2 + r, |r| <= pi/4, after `quarter` more quarters of a turn. pi/2 is three numbers of few bits.
// Accurate for |x| <= 1e4; a larger argument is brought back by the C library, a lane at a time.
inline Lanes sin_after(Lanes x, int quarter) {
  Mask large = abs(x) > 1e4f;
  Lanes n = round(select(large, 0, x) * 0.636619772f);
  Lanes r = fma(n, -7.54978995489188216e-8f, fma(n, -4.83751296997070312e-4f, fma(n, -1.5703125f, x)));
  Lanes r2 = r * r;
  Lanes sine = fma(polynomial(r2, -1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f), r2 * r, r);
  Lanes cosine = fma(polynomial(r2, 2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f), r2 * r2, 1 - 0.5f * r2);
  Ints turned = __builtin_convertvector(n.v, Ints) + quarter;
  Lanes y = select(Mask{(turned & 1) == 0}, sine, cosine);
  y = Lanes::of((Floats)((Ints)y.v ^ ((turned & 2) << 30)));
  for (Index i = 0; i < width; i++)
    if (large.v[i]) y.v[i] = quarter ? __builtin_cosf(x.v[i]) : __builtin_sinf(x.v[i]);
  return y;
}

inline Lanes sin(Lanes x) { return sin_after(x, 0); }
inline Lanes cos(Lanes x) { return sin_after(x, 1); }

// An odd polynomial over an even one (Eigen after 3.4, ptanh_float), z + z^3 p over q; beyond the bounds it is 1 to within its error.
inline Lanes tanh(Lanes x) {
  Lanes z = at_least(-7.90738964f, at_most(7.90738964f, x)), s = z * z;
  Lanes p = polynomial(s, 1.394553628e-8f, 2.102733560e-5f, 3.520756727e-3f, 1.340216100e-1f);
  Lanes q = polynomial(s, 8.015776984e-7f, 3.326951409e-4f, 2.597254514e-2f, 4.673548340e-1f, 1);
  return fma(z * s, p, z) / q;
}

// An odd polynomial over an even one (Eigen 3.4, generic_fast_erf_float); beyond the bounds it is 1 to within its error.
inline Lanes erf(Lanes x) {
  Lanes z = at_least(-4, at_most(4, x)), s = z * z;
  Lanes p = polynomial(s, -2.72614225801306e-10f, 2.77068142495902e-08f, -2.10102402082508e-06f, -5.69250639462346e-05f,
                       -7.34990630326855e-04f, -2.95459980854025e-03f, -1.60960333262415e-02f);
  Lanes q =
      polynomial(s, -1.45660718464996e-05f, -2.13374055278905e-04f, -1.68282697438203e-03f, -7.37332916720468e-03f, -1.42647390514189e-02f);
  return z * (p / q);
}

}  // namespace
}  // namespace nn
