#!/bin/sh
# One part of a run: `shard.sh INDEX OF DIR`, INDEX from 0 as CI systems and Kubernetes count. Set BGSPEC_ADAPTER to
# the command of your adapter; without it the reference scheduler is tested. The report is in DIR/INDEX.
set -eu
index=$1 of=$2 reports=$3
set -- test --shard "$((index + 1))/$of" --report "$reports/$index" --cases "${BGSPEC_CASES:-12000}"
if [ -n "${BGSPEC_ADAPTER:-}" ]; then
    set -- "$@" --adapter "$BGSPEC_ADAPTER"
fi
if [ -n "${BGSPEC_KNOWN:-}" ]; then
    set -- "$@" --known "$BGSPEC_KNOWN"
fi
exec bgspec "$@"
