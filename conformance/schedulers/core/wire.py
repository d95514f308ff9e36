"""The wire alone (conformance/PROTOCOL.md): JSON lines in and out, the clock, and how an answer is written.

A scheduler subclasses `Wire`, says what it is in `hello`, and has a method for each input and call that means something
to it: `submit(body)` for `{"submit": body}`. What it has no method for is answered and otherwise ignored. It keeps its
time by `due` and `tick`, tells what happens by `saw`, refuses by `Refused` and raises by `Raised`. Nothing here knows
a rule.
"""

import json
import sys

REFRESH, PROCESSING, HEALTH, CONTINUED = KINDS = ["refresh", "processing", "health_research", "continued"]
AREAS = "CFG REG IDN SUB CAN PEN CON LAU EXP CMP LIF RES PRG UIX DBG DAT".split()
OBSERVES = ("launched delivered delivery_raised expired completed_by_system suspended killed card"
            " submission_completed").split()
VOID = ("submit_async change_submitted change_listed cancel cancel_all set_expiration_handler progress update_title"
        " complete block_queue unblock_queue work_began work_ended").split()
WORK = "gpu_work neural_engine_work protected_read".split()
ORDINARY = {"network": True, "power": False, "in_use": False, "locked": False, "unlocked_once": True,
            "low_power": False, "background_refresh": "available", "background_launches_denied": False,
            "pressure": "unknown", "places_taken": 0}


class Refused(Exception):
    """A submission is refused; the argument is the error's code."""


class Raised(Exception):
    """A call raises; the argument is the exception's text."""


class Wire:
    kinds, areas, observes = KINDS, AREAS, OBSERVES
    discretion, pins, more = "driven", {}, {"device": True}

    def hello(self):
        return {"protocol": 1, "name": type(self).__name__, "version": "1", "kinds": self.kinds, "areas": self.areas,
                "observes": self.observes, "discretion": self.discretion, "pins": self.pins, **self.more}

    def reset(self, header):
        """Starts afresh at time zero."""
        self.now, self.seen = 0, []

    def due(self):
        """The next moment at which something happens by itself, or None."""

    def tick(self):
        """Does what is due at `now`."""

    def settle(self):
        """Does what an input made due at once."""
        self.clock(self.now, stops=False)

    def saw(self, name, **body):
        if name in self.observes:
            self.seen.append({"at": self.now, "event": {name: body}})

    def clock(self, until, stops):
        while (moment := self.due()) is not None and moment <= until:
            self.now = max(self.now, moment)
            self.tick()
            later = self.due()
            if stops and self.seen and (later is None or later > self.now):
                return self.now
        self.now = max(self.now, until)
        return self.now

    def apply(self, record):
        [(name, body)] = record["event"].items()
        if name == "clock":
            reached = self.clock(record["at"], stops=True)
            return {"reached": reached, **self.told()}
        self.clock(record["at"], stops=False)
        self.by = record.get("by")
        answer = None
        try:
            answer = getattr(self, name, lambda body: None)(body)
        except Refused as refused:
            answer = {"refused": refused.args[0]}
        except Raised as raised:
            answer = {"raised": raised.args[0]}
        self.settle()
        if name in VOID:
            name, answer = "void", answer or "returned"
        if name in WORK:
            name = "work"
        if name in ("register", "submit", "pending", "supported_resources", "void", "work"):
            return {"answer": {name: answer}, **self.told()}
        return self.told()

    def told(self):
        seen, self.seen = self.seen, []
        return {"observed": seen} if seen else {}


def reply(scheduler, line):
    request = json.loads(line)
    if "hello" in request:
        came = {"hello": scheduler.hello()}
    elif "reset" in request:
        scheduler.reset(request["reset"])
        came = {"done": {}}
    else:
        came = {"applied": scheduler.apply(request["apply"])}
    return json.dumps({"id": request["id"], **came})


def serve(scheduler):
    for line in sys.stdin:
        print(reply(scheduler, line), flush=True)
