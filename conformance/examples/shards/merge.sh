#!/bin/sh
# All parts of a run as one: `merge.sh DIR`. Its exit code is that of the whole.
set -eu
reports=$1
set -- merge
if [ -n "${BGSPEC_KNOWN:-}" ]; then
    set -- "$@" --known "$BGSPEC_KNOWN"
fi
exec bgspec "$@" "$reports"/*/report.json
