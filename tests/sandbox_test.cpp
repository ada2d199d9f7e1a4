// The sizes of 'sandbox' are those of the engine's convolutions.
#include "engine/convolution.h"
#include "tests/every_layer.h"

using namespace test;

TEST_CASE("the sandbox computes the sizes of a convolution, and explains those that are impossible", "[sandbox]") {
  const Study study = named("ring").study();
  int possible = 0, impossible = 0;
  for (int n = 1; n <= 8; n++)
    for (int k = 1; k <= 7; k++)
      for (int p = 0; p <= 3; p++)
        for (int s = 1; s <= 4; s++)
          for (int d = 1; d <= 4; d++) {
            const Numbers numbers =
                compute("sandbox", study, {{"input", n}, {"kernel", k}, {"padding", p}, {"stride", s}, {"dilation", d}});
            const std::vector<std::int64_t>& sizes = whole(numbers, "sizes");
            nn::Convolution wanted;
            wanted.kernel_height = wanted.kernel_width = k, wanted.padding = p, wanted.stride = s, wanted.dilation = d;
            try {
              const nn::Convolution counted = nn::convolution("test", {1, n, n}, 1, 1, wanted);
              CHECK(sizes[0] == counted.out_height);
              CHECK(sizes[6] == n + 2 * p - ((counted.out_height - 1) * s + d * (k - 1) + 1));
              CHECK(numbers.words.at("verdict")[0].starts_with("The kernel fits"));
              CHECK((numbers.words.at("verdict")[0].find("left over") != std::string::npos) == (sizes[6] > 0));
              possible++;
            } catch (const std::invalid_argument&) {
              CHECK(sizes[0] == 0);
              CHECK(numbers.words.at("verdict")[0].starts_with("Impossible: the kernel reaches over"));
              impossible++;
            }
          }
  CHECK(possible + impossible == 8 * 7 * 4 * 4 * 4);
  CHECK(impossible > 500);
}
