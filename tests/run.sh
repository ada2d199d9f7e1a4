#!/bin/sh
# run.sh PROGRAM... [TAGS]: runs each test program and closes with one line that counts the tests of all of them.
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp $TSAN_OPTIONS"
tags='~[.]'; passed=0; failed=0; skipped=0; status=0
for program in "$@"; do case $program in '['*) tags=$program ;; esac; done
for program in "$@"; do
  case $program in '['*) continue ;; esac
  counts=$(mktemp)
  echo "== $program"
  TEST_COUNTS=$counts "$program" "$tags" || status=1
  read -r p f s < "$counts" || { p=0; f=1; s=0; }   # a program that died counts as one failure
  passed=$((passed + p)); failed=$((failed + f)); skipped=$((skipped + s))
  rm -f "$counts"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $status = 0 ] && [ $failed = 0 ]
