"""Reads each line of a file as JSON: `read.py MODULE FILE`."""

import importlib
import sys

loads = importlib.import_module(sys.argv[1]).loads
lines = 0
with open(sys.argv[2], "rb") as file:
    for line in file:
        loads(line)
        lines += 1
print(lines)
