#!/usr/bin/env python3
"""A bgspec adapter in Python, standard library only: a small scheduler of its own, and the wire to it.

Read `Scheduler` as the implementation under test and `Adapter` as what you would write for yours. It has refresh and
processing, leaves the decision when to launch to the runner ("driven"), never expires a task and never suspends the
app, and says so in its hello: what is not declared there is not applicable, never a pass.

    bgspec test --adapter 'python3 conformance/examples/python/adapter.py'

With --fault NAME it breaks one rule on purpose, to see that the rule catches it.
"""

import argparse
import json
import sys

FAULTS = {
    "replace-keeps-old-date": "a submission that replaces another keeps the date of the old one (SUB-4)",
    "eleventh-processing-accepted": "one processing request more than ten is accepted (SUB-6)",
    "cancel-forgets": "cancel leaves the request pending (CAN-1)",
    "launch-before-date": "a launch does not wait for the earliest begin date (CON-1)",
    "register-twice-quietly": "a second registration of an identifier returns true (REG-3)",
}

HELLO = {
    "protocol": 1,
    "name": "bgspec Python example",
    "version": "1.0",
    "kinds": ["refresh", "processing"],
    "areas": ["CFG", "REG", "SUB", "CAN", "PEN", "CON", "LAU", "CMP"],
    "observes": ["launched", "delivered", "delivery_raised", "submission_completed"],
    "discretion": "driven",
}

UNAVAILABLE, TOO_MANY_PENDING, NOT_PERMITTED = 1, 2, 3


class Raised(Exception):
    """The scheduler raises in the app, which ends it."""


class Refused(Exception):
    """A submission fails with this code."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Process:
    """A process of the app."""

    def __init__(self, foreground):
        self.foreground = foreground
        self.launching = True
        self.handlers = {}  # identifier -> queue, None for the scheduler's own
        self.parked = []  # requests launched before launching has finished
        self.running = {}  # identifier -> name of the running task


class Scheduler:
    """The implementation under test. It observes itself through `report(event, body)`."""

    def __init__(self, header, fault, report):
        self.fault, self.report = fault, report
        self.os = tuple(int(part) for part in header["os"].split("."))
        self.bundle = header["bundle"]
        self.facts = {"permitted": header.get("permitted", []), "modes": header.get("modes", [])}
        self.simulator = header.get("platform") == "simulator"
        self.passcode = header.get("passcode", True)
        self.extensions = {e["name"]: e["schedules"] for e in header.get("extensions", [])}
        self.device = {
            "network": True,
            "power": False,
            "in_use": False,
            "unlocked_once": True,
            "low_power": False,
            "background_refresh": "available",
            "background_launches_denied": False,
            **header.get("device", {}),
        }
        self.now = 0
        self.process = None
        self.force_quit = False
        self.pending = {}  # identifier -> request
        self.deliveries = {}  # identifier -> how many so far

    # ---- what the app calls

    def register(self, identifier, queue, extension):
        if extension or not self.is_permitted(identifier):
            return self.is_permitted(identifier)
        if identifier in self.process.handlers:
            if self.fault == "register-twice-quietly":
                return True
            raise Raised(f"Launch handler for task with identifier {identifier} has already been registered")
        if self.os < (26, 0) and not self.process.launching:
            raise Raised("All launch handlers must be registered before application finishes launching")
        self.process.handlers[identifier] = queue
        return True

    def check_handler(self, identifier, extension):
        if not extension and self.is_permitted(identifier) and identifier not in self.process.handlers:
            raise Raised(f"No launch handler registered for task with identifier {identifier}")

    def submit(self, request, extension):
        if not self.is_permitted(request["id"]):
            raise Refused(NOT_PERMITTED)
        if self.simulator or (extension and not self.extensions.get(extension)):
            raise Refused(UNAVAILABLE)
        mode = {"refresh": "fetch", "processing": "processing"}[request["kind"]]
        if mode not in self.facts["modes"] or self.launches_denied():
            raise Refused(NOT_PERMITTED)
        if self.device["background_refresh"] != "available":
            raise Refused(UNAVAILABLE)
        limit = {"refresh": 1, "processing": 10}[request["kind"]]
        if self.fault == "eleventh-processing-accepted" and request["kind"] == "processing":
            limit = 11
        old = self.pending.get(request["id"])
        others = [r for r in self.pending.values() if r["kind"] == request["kind"] and r["id"] != request["id"]]
        replaces_its_kind = old is not None and old["kind"] == request["kind"]
        if len(others) >= limit and not replaces_its_kind:
            raise Refused(TOO_MANY_PENDING)
        kept = dict(request)
        if self.fault == "replace-keeps-old-date" and old is not None:
            kept["earliest"] = old.get("earliest")
        self.pending[request["id"]] = kept

    def cancel(self, identifier):
        if self.fault != "cancel-forgets":
            self.pending.pop(identifier, None)

    def cancel_all(self):
        self.pending.clear()

    def complete(self, task):
        identifier = task.rpartition("#")[0]
        if self.process.running.get(identifier) == task:
            del self.process.running[identifier]

    # ---- what the world does

    def start(self, by_person):
        self.process = Process(foreground=by_person)
        if by_person:
            self.force_quit = False
            self.device["in_use"] = True

    def launch_finished(self):
        self.process.launching = False
        parked, self.process.parked = self.process.parked, []
        for request in parked:
            if not self.deliver(request):
                break  # the exception ends the process

    def move(self, foreground):
        self.process.foreground = foreground
        if foreground:
            self.device["in_use"] = True

    def end_process(self):
        self.process = None

    def reboot(self):
        self.end_process()
        self.device.update(locked=self.passcode, unlocked_once=False, in_use=False)

    def update(self, facts):
        self.end_process()
        self.facts.update(facts)

    def uninstall(self):
        self.end_process()
        self.pending.clear()
        self.force_quit = False

    # ---- launching

    def grant(self, identifier):
        """The runner grants a launch: it happens now if nothing stands in its way, or not at all."""
        request = self.pending.get(identifier)
        if request is None or not self.may_launch(request):
            return
        del self.pending[identifier]
        if self.process is None:
            self.process = Process(foreground=False)
            self.report("launched", {"ids": [identifier]})
        if self.process.launching:
            self.process.parked.append(request)
        else:
            self.deliver(request)

    def may_launch(self, request):
        device, process = self.device, self.process
        early = self.now < (request.get("earliest") or self.now)
        if early and self.fault != "launch-before-date":
            return False
        if request.get("network") and not device["network"] or request.get("power") and not device["power"]:
            return False
        if not device["unlocked_once"] or device["background_refresh"] != "available" or self.launches_denied():
            return False
        if request["kind"] == "refresh" and (device["low_power"] or self.force_quit):
            return False
        if request["kind"] == "processing" and (device["in_use"] or self.force_quit and self.os < (17, 0)):
            return False
        return process is None or not process.foreground and request["id"] not in process.running

    def deliver(self, request):
        identifier = request["id"]
        if identifier not in self.process.handlers:
            text = f"No launch handler registered for task with identifier {identifier}"
            self.report("delivery_raised", {"id": identifier, "text": text})
            return False
        self.deliveries[identifier] = self.deliveries.get(identifier, 0) + 1
        task = f"{identifier}#{self.deliveries[identifier]}"
        self.process.running[identifier] = task
        queue = self.process.handlers[identifier] or "own"
        self.report("delivered", {"task": task, "kind": request["kind"], "queue": queue})
        return True

    # ---- permissions

    def is_permitted(self, identifier):
        entries = self.facts["permitted"]
        if not isinstance(entries, list) or not identifier:
            return False
        wildcards = self.os >= (26, 0)
        if not wildcards or identifier in entries:
            return identifier in entries and not (wildcards and "*" in identifier)
        prefixes = [entry[:-1] for entry in entries if entry.endswith(".*") and entry.startswith(self.bundle + ".")]
        return any(identifier.startswith(p) and len(identifier) > len(p) for p in prefixes)

    def launches_denied(self):
        return self.os >= (26, 0) and self.device["background_launches_denied"]


class Adapter:
    """Translates the protocol: one method for each event that concerns this scheduler, named after it."""

    def __init__(self, fault):
        self.fault = fault
        self.scheduler = None
        self.observed = []

    def reset(self, header):
        self.observed = []
        self.scheduler = Scheduler(header, self.fault, self.report)

    def report(self, event, body):
        self.observed.append({"at": self.scheduler.now, "event": {event: body}})

    def apply(self, record):
        scheduler = self.scheduler
        scheduler.now = record["at"]
        (name, body), = record["event"].items()
        applied = {}
        if name == "clock":
            applied["reached"] = record["at"]
        elif name in self.WORLD:
            self.WORLD[name](scheduler, body)
        elif name in self.CALLS:
            applied["answer"] = self.CALLS[name](self, body, record.get("by"))
        elif name in self.IGNORED_CALLS:
            applied["answer"] = {"void": "returned"}
        elif name not in self.IGNORED_INPUTS:
            raise ValueError(f"{name} is more than this adapter declares")
        applied["observed"], self.observed = self.observed, []
        return applied

    WORLD = {
        "device": lambda s, body: s.device.update(body),
        "updated": lambda s, body: s.update(body),
        "uninstalled": lambda s, body: s.uninstall(),
        "started": lambda s, body: s.start(body["by"] == "person"),
        "launch_finished": lambda s, body: s.launch_finished(),
        "foreground": lambda s, body: s.move(True),
        "background": lambda s, body: s.move(False),
        "force_quit": lambda s, body: (s.end_process(), setattr(s, "force_quit", True)),
        "crashed": lambda s, body: s.end_process(),
        "memory_killed": lambda s, body: s.end_process(),
        "reboot": lambda s, body: s.reboot(),
        "grant": lambda s, body: s.grant(body["id"]),
    }
    # Nothing here depends on these: it keeps copies, expires nothing, and has no continued tasks.
    IGNORED_INPUTS = {"installed", "kept_awake", "debugger", "simulate_launch", "simulate_expiration", "take_back"}
    IGNORED_CALLS = {
        "change_submitted",
        "change_listed",
        "set_expiration_handler",
        "block_queue",
        "unblock_queue",
        "work_began",
        "work_ended",
    }

    def register(self, body, by):
        try:
            return {"register": self.scheduler.register(body["id"], body.get("queue"), by)}
        except Raised as raised:
            return {"register": {"raised": str(raised)}}

    def submit(self, body, by):
        try:
            self.scheduler.check_handler(body["id"], by)
            self.scheduler.submit(body, by)
            return {"submit": "accepted"}
        except Raised as raised:
            return {"submit": {"raised": str(raised)}}
        except Refused as refused:
            return {"submit": {"refused": refused.code}}

    def submit_async(self, body, by):
        completed = {"submission": body.pop("submission")}
        try:
            self.scheduler.check_handler(body["id"], by)
            self.scheduler.submit(body, by)
        except Raised as raised:
            return {"void": {"raised": str(raised)}}
        except Refused as refused:
            completed["error"] = refused.code
        self.report("submission_completed", completed)
        return {"void": "returned"}

    def pending(self, body, by):
        return {"pending": list(self.scheduler.pending.values())}

    def cancel(self, body, by):
        self.scheduler.cancel(body["id"])
        return {"void": "returned"}

    def cancel_all(self, body, by):
        self.scheduler.cancel_all()
        return {"void": "returned"}

    def complete(self, body, by):
        self.scheduler.complete(body["task"])
        return {"void": "returned"}

    def supported_resources(self, body, by):
        return {"supported_resources": {"gpu": False}}

    CALLS = {
        "register": register,
        "submit": submit,
        "submit_async": submit_async,
        "pending": pending,
        "cancel": cancel,
        "cancel_all": cancel_all,
        "complete": complete,
        "supported_resources": supported_resources,
    }

    def reply(self, request):
        """The reply to one request, which an error does not end."""
        try:
            if "hello" in request:
                return {"hello": HELLO}
            if "reset" in request:
                self.reset(request["reset"])
                return {"done": {}}
            return {"applied": self.apply(request["apply"])}
        except Exception as error:  # whatever it is, the runner is to hear of it
            return {"error": f"{type(error).__name__}: {error}"}


def main():
    parser = argparse.ArgumentParser(description="A small scheduler behind the bgspec protocol.")
    faults = "".join(f" {name}: {what}." for name, what in FAULTS.items())
    parser.add_argument("--fault", choices=FAULTS, help="break one rule on purpose." + faults)
    adapter = Adapter(parser.parse_args().fault)
    for line in sys.stdin:
        try:
            request = json.loads(line)
            reply = {"id": request["id"], **adapter.reply(request)}
        except (ValueError, KeyError, TypeError) as error:
            reply = {"id": 0, "error": f"no request: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
