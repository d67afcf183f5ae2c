#!/bin/sh
# build.sh TARGET: makes the resident agent as a static program. Without a compiler, or without a
# static C library, it says so and makes none; sandboxes then start a new process for each command.
set -u
cd "$(dirname "$0")"
target=$1
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir -p "$(dirname "$target")"
rm -f "$target"
{
  echo 'static const char ZYGOTE[] ='
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' zygote.py
  echo ';'
} >"$made/zygote.h"
for compiler in ${CC-} musl-gcc cc gcc clang; do
  command -v "$compiler" >/dev/null 2>&1 || continue
  "$compiler" -std=c11 -Os -static -s -Wall -Wextra -Werror -Wl,--build-id=none -I"$made" \
    -o "$target" ./*.c && exit 0
done
echo "No resident agent: there is no C compiler that links statically here." >&2
