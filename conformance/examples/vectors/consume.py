#!/usr/bin/env python3
"""Drives a scheduler through the frozen vectors and says which of its answers are not allowed. Standard library only.

    python3 consume.py ../../vectors -- bgspec serve
    python3 consume.py ../../vectors -- python3 ../python/adapter.py

What stands behind `--` speaks the adapter protocol (PROTOCOL.md). To hold your own scheduler against the vectors without it,
put your calls in the place of `Scheduler`. Exit code: 0 nothing wrong was seen, 1 something was, 2 nothing could be driven.
"""

import json
import pathlib
import subprocess
import sys

SORTS = "launched delivered delivery_raised expired completed_by_system suspended killed".split()


class Scheduler:
    """The scheduler at the other end of a pipe."""

    def __init__(self, command):
        self.pipe = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.asked = 0

    def ask(self, **what):
        self.asked += 1
        self.pipe.stdin.write(json.dumps({"id": self.asked, **what}) + "\n")
        reply = json.loads(self.pipe.stdout.readline() or '{"error": "it is gone"}')
        if "error" in reply:
            sys.exit(f"the scheduler failed: {reply['error']}")
        return reply

    def apply(self, record):
        return self.ask(apply=record)["applied"]


def plain(answer):
    """An answer as far as it is compared: of an exception that it is one, of a list what it holds."""
    if isinstance(answer, dict) and "raised" in answer:
        return "raised"
    if isinstance(answer, dict) and "refused" in answer:
        return "refused elsewhere" if "domain" in answer else f"refused {answer['refused']}"
    if isinstance(answer, list):
        return sorted(json.dumps(one, sort_keys=True) for one in answer)
    return answer


def same(one, other):
    """Whether two observations are the same, queues and texts apart."""
    (name, body), (other_name, other_body) = next(iter(one.items())), next(iter(other.items()))
    bare = lambda body: {key: value for key, value in body.items() if key not in ("queue", "text")}
    return name == other_name and bare(body) == bare(other_body)


def unexpected(record, line):
    """What is wrong about an observation that the trace does not go on with; None where it may come."""
    event, at = record["event"], record["at"]
    if next(iter(event)) not in SORTS or line is None or at != line["at"]:
        return None
    if any(same(event, may) for may in line.get("may", [])):
        return None
    return f"observed {json.dumps(event)}, which may not be there"


def drive(scheduler, vector):
    """What is wrong, or None; and how many lines were driven."""
    scheduler.ask(reset=vector["header"])
    now, seen, before = 0, [], None
    for driven, line in enumerate(vector["lines"]):
        record, does = line["record"], line["does"]
        if does == "end" or "call" in record:
            return None, driven
        while now < line["at"] and not seen:
            passed = scheduler.apply({"at": line["at"], "event": {"clock": {}}})
            now, seen = passed.get("reached", line["at"]), passed.get("observed", [])
        if does == "observation":
            if not seen:
                return (f"owes {json.dumps(record['event'])}" if line.get("owed") else None), driven
            observed = seen.pop(0)
            if not same(observed["event"], record["event"]) or observed["at"] != line["at"]:
                return unexpected(observed, before), driven
        elif seen:
            return unexpected(seen[0], before), driven
        elif "clock" not in record["event"]:
            applied = scheduler.apply(record)
            seen = applied.get("observed", [])
            if does == "call":
                answer = next(iter(applied.get("answer", {"": None}).values()))
                if plain(answer) not in [plain(one["answer"]) for one in line["allowed"]]:
                    allowed = [(one["answer"], one.get("rules", [])) for one in line["allowed"]]
                    return f"answered {json.dumps(answer)} to {json.dumps(record['event'])}; allowed: {allowed}", driven
                if plain(answer) != plain(line["answer"]):
                    return None, driven + 1
        before = line
    return None, len(vector["lines"])


def main():
    if "--" not in sys.argv[2:3]:
        sys.exit(__doc__)
    scheduler = Scheduler(sys.argv[3:])
    hello = scheduler.ask(hello={})["hello"]
    wrong = driven = whole = skipped = 0
    for file in sorted(pathlib.Path(sys.argv[1]).glob("[0-9]*.json")):
        vector = json.loads(file.read_text())
        # Who does not model an area answers as it likes there; and what is pinned binds who holds to it.
        areas = {rule.split("-")[0] for rule in vector["rules"]}
        pins = vector["header"].get("pins", {}).items()
        if not areas <= set(hello["areas"]) or not pins <= hello.get("pins", {}).items():
            skipped += 1
            continue
        what, lines = drive(scheduler, vector)
        driven, whole = driven + 1, whole + (lines + 1 >= len(vector["lines"]))
        if what:
            wrong += 1
            print(f"{file.name}, line {lines + 1}: {what}")
    print(f"{driven} vectors driven, {whole} of them to the end, {skipped} not applicable, {wrong} with something wrong")
    sys.exit(1 if wrong else 0 if driven else 2)


if __name__ == "__main__":
    main()
