#!/bin/bash -eu
# Builds every fuzz target with libFuzzer's coverage into $OUT, each beside its seeds. ClusterFuzzLite runs it in its image,
# which has cargo-fuzz and the compiler for a sanitizer; `.ci/long` runs it by hand, from the top of the repository. Without
# cargo-fuzz the flags are the same but the sanitizer's: a stable compiler has them all, and there is no unsafe code here.
built=${CARGO_TARGET_DIR:-fuzz/target}
host=$(rustc -vV | sed -n 's/^host: //p')
if cargo fuzz --version >/dev/null 2>&1; then
    profile=release
    cargo fuzz build -O --target-dir "$built"
else
    profile=fuzz
    flags="--cfg fuzzing -Cpasses=sancov-module"
    for flag in level=4 inline-8bit-counters pc-table trace-compares; do
        flags+=" -Cllvm-args=-sanitizer-coverage-$flag"
    done
    # --target: build scripts are not instrumented.
    RUSTFLAGS="${RUSTFLAGS:-} $flags" cargo build --quiet --manifest-path fuzz/Cargo.toml --target-dir "$built" \
        --profile "$profile" --target "$host" --bins
fi

targets=()
for target in fuzz/fuzz_targets/*.rs; do
    name=$(basename "$target" .rs)
    targets+=("$name")
    cp "$built/$host/$profile/$name" "$OUT/"
    python3 - "$OUT/${name}_seed_corpus.zip" fuzz/seeds/"$name"/* <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for path in sys.argv[2:]:
        archive.write(path, path.rsplit("/", 1)[1])
PY
done
echo "built ${#targets[@]} targets: ${targets[*]}"
