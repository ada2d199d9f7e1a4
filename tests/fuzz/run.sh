#!/bin/sh
# run.sh [SECONDS] [TARGET...]: fuzzes each reader of files for so long (600 s), or those named, one after the other, with libFuzzer and
# the address and undefined-behaviour sanitizers of clang++. Prints one line a target; what crashed it lies in build/fuzz/TARGET/.
set -e
cd "$(dirname "$0")/../.."
seconds=${1:-600}; [ $# = 0 ] || shift
[ $# -gt 0 ] || set -- csv idx gzip formula safetensors npy toml state_line text picture model
out=${FUZZ_OUT:-build/fuzz}
compile="clang++ -std=c++20 -O1 -g -fno-sanitize-recover=undefined -I. -isystem /usr/include/eigen3 -pthread"

# All of engine/ and datasets/. The hot loops read no file: they are compiled by g++, which knows more names of machines, and not fuzzed.
mkdir -p "$out/o"
for file in engine/*.cpp engine/*/*.cpp datasets/*.cpp viz/state_line.cpp; do
  object=$out/o/$(echo "$file" | tr / _).o
  [ "$object" -nt "$file" ] && continue
  case $file in *avx2.cpp) machine=x86-64-v3 ;; *avx512.cpp) machine=x86-64-v4 ;; *) machine=x86-64-v2 ;; esac
  case $file in
    datasets/stb_image.cpp)  # copies nothing from nowhere, which is no harm
      $compile -march=$machine -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=nonnull-attribute -c "$file" -o "$object" ;;
    engine/kernels*) g++ -std=c++20 -O2 -march=$machine -I. -c "$file" -o "$object" ;;
    *) $compile -march=$machine -fsanitize=fuzzer-no-link,address,undefined -c "$file" -o "$object" ;;
  esac
done

# A few whole files to start from.
corpus() {
  case $1 in
    csv) for file in datasets/files/*.csv; do { printf '\001'; head -20 "$file"; } > "$2/$(basename "$file")"; done
         printf '\002a;b,c\r\n1;"x ""y""";\r\n?;NA;3\r\n' > "$2/quoted" ;;
    idx) printf '\0\0\010\003\0\0\0\002\0\0\0\002\0\0\0\003abcdefghijkl' > "$2/images"
         printf '\0\0\010\001\0\0\0\003\001\002\003' > "$2/labels" ;;
    gzip) head -5 datasets/files/iris.csv | gzip -9 > "$2/iris.gz"; printf x | gzip -n > "$2/x.gz" ;;
    formula) n=0; grep -ho '"[^"]*"' datasets/experiments/*features*.toml | tr -d '"' | while read -r line; do
               n=$((n + 1)); printf '%s' "$line" > "$2/$n"; done
             printf 'max(x1, -2e3) ^ 2 / sqrt(abs(age)) - (1 < 2)' > "$2/long" ;;
    safetensors) printf '\076\0\0\0\0\0\0\0{"a.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}12345678' > "$2/one" ;;
    npy) { printf '\223NUMPY\001\0\166\0'; printf "%-117s\n" "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"; printf 12345678; } > "$2/one" ;;
    state_line) printf 'glassbox:1:eJwDAAAAAAE' > "$2/empty" ;;
    text) for file in datasets/README.md datasets/files/iris.csv; do { printf '\005'; head -c 1500 "$file"; } > "$2/$(basename "$file")"; done
          printf '\000\357\273\277"caf\303\251"\r\na\rb' > "$2/marks" ;;
    picture) head -c 4096 viz/glassbox_maps.png > "$2/cut.png"
             printf 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==' | base64 -d > "$2/one.png" ;;
    model) n=0; for layers in 'dense 4, tanh, dropout 0.1, dense 2, softmax' 'conv 3 3x3 pad 1, batchnorm, relu, maxpool 2, gap, dense 2' \
             'lstm 3 both, last, dense 2' 'embed 5 3 padded, gru 4, rnn 3 relu, last, dense 2, softmax' 'deconv 2 3x3 stride 2, lrn 3, upsample 2'; do
             printf "\\$n%s" "$layers" > "$2/$n"; n=$((n + 1)); done ;;
    toml) cp datasets/experiments/*.toml "$2" ;;
  esac
}

status=0
for target in "$@"; do
  folder=$out/$target; mkdir -p "$folder/corpus"
  $compile -fsanitize=fuzzer,address,undefined "tests/fuzz/$target.cpp" "$out"/o/*.o -lz -o "$folder/run"
  corpus "$target" "$folder/corpus"
  if "$folder/run" -max_total_time="$seconds" -timeout=25 -rss_limit_mb=2048 -max_len=4096 -artifact_prefix="$folder/" "$folder/corpus" \
      > "$folder/log" 2>&1; then result=clean; else result="FAILED, see $folder/log"; status=1; fi
  printf '%-12s %s runs, %s\n' "$target" "$(sed -n 's/^#\([0-9][0-9]*\)[^0-9].*/\1/p' "$folder/log" | tail -1)" "$result"
done
exit $status
