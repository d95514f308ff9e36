#!/usr/bin/env python3
"""APScheduler behind the adapter protocol: its asyncio scheduler, its SQLAlchemy job store, on a clock of the runner's.

A submission is a job with a date, a cancel removes it, the pending list is the library's own, and a task is a job that the
library runs: what the library does is passed on, and nothing is done in its place. The library lives in the app's
process: a scheduler is started with the process and shut down with it, and the store stays, as a file of the app's does.
README.md says what differs, and whether that is a choice or a breach.

    bgspec test --adapter 'python3 conformance/peers/apscheduler/adapter.py'

With --without CALL it leaves one call of the library out, to see that the suite misses it.
"""

import argparse
import asyncio
import datetime
import importlib.metadata
import json
import logging
import math
import sys
import tempfile

import sqlalchemy
import time_machine
from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.jobstores.base import ConflictingIdError, JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

CALLS = ["remove_job", "remove_all_jobs", "replace_existing", "run_date", "misfire_grace_time", "max_instances"]
HELLO = {
    "protocol": 1,
    "name": "APScheduler",
    "version": importlib.metadata.version("apscheduler"),
    "kinds": ["refresh", "processing"],
    "areas": ["SUB", "CAN", "PEN", "CON", "LAU", "CMP", "LIF"],
    # It knows no device, no limits, and neither the foreground nor a force-quit.
    "unmodelled": ["network", "power", "in_use", "unlocked_once", "low_power", "background_refresh", "background_launches"]
    + ["SUB-3", "SUB-5", "SUB-6", "CON-8", "CON-9", "CON-10", "CON-11"],
    # What it never does it would tell, so that nobody supposes it to have happened unseen.
    "observes": ["launched", "delivered", "delivery_raised", "suspended", "killed"],
    "discretion": "autonomous",
}
EPOCH = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
# Calls that return nothing; those without a method here concern nothing that the library has.
VOID = (
    "submit_async cancel cancel_all complete change_submitted change_listed set_expiration_handler"
    " block_queue unblock_queue work_began work_ended"
).split()


class Loop(asyncio.SelectorEventLoop):
    """An event loop whose time is the runner's, in milliseconds since the reset."""

    def __init__(self):
        self.now, self.timers = 0, []
        super().__init__()
        self.traveller = time_machine.travel(EPOCH, tick=False)
        self.wall = self.traveller.start()

    def time(self):
        return self.now / 1000

    def move_to(self, now):
        self.now = now
        self.wall.move_to(EPOCH + datetime.timedelta(milliseconds=now))

    def call_at(self, when, callback, *args, context=None):
        # In whole milliseconds, as the runner's time is.
        when = math.ceil(when * 1000 - 1e-3) / 1000
        timer = super().call_at(when, callback, *args, context=context)
        self.timers.append(timer)
        return timer

    def next_timer(self):
        self.timers = [timer for timer in self.timers if not timer.cancelled() and timer.when() > self.time()]
        return min((round(timer.when() * 1000) for timer in self.timers), default=None)

    def drain(self):
        """Runs what is ready, and what that makes ready."""
        self.run_until_complete(several_turns())


async def several_turns():
    for _ in range(12):
        await asyncio.sleep(0)


async def task(request):
    """The app's job: it runs until the app completes it."""
    await ADAPTER.delivered(request)


class Adapter:
    def __init__(self, without, store):
        self.without, self.store_kind = without, store
        self.loop = Loop()
        self.scheduler = self.file = None

    # ---- the library

    def store(self):
        if self.store_kind == "memory":
            return MemoryJobStore()
        engine = sqlalchemy.create_engine(f"sqlite:///{self.file.name}")
        # Nothing here outlives a power cut: the disk need not be waited for.
        sqlalchemy.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        return SQLAlchemyJobStore(engine=engine)

    def new_scheduler(self, paused):
        # Late is better than never, and two of a name at once better than none. The library's own defaults lose both.
        defaults = {"misfire_grace_time": None, "max_instances": 1000}
        defaults.pop(self.without, None)
        scheduler = AsyncIOScheduler(
            event_loop=self.loop,
            jobstores={"default": self.store()},
            executors={"default": AsyncIOExecutor()},
            job_defaults=defaults,
            timezone=datetime.timezone.utc,
        )
        scheduler.start(paused=paused)
        return scheduler

    def delivered(self, request):
        """The library runs a job."""
        identifier = request["id"]
        self.deliveries[identifier] = self.deliveries.get(identifier, 0) + 1
        name = f"{identifier}#{self.deliveries[identifier]}"
        self.seen.append({"at": self.loop.now, "event": {"delivered": {"task": name, "kind": request["kind"]}}})
        self.running[name] = self.loop.create_future()
        return self.running[name]

    # ---- the world

    def reset(self):
        self.end_process()
        self.loop.move_to(0)
        self.install()
        self.seen, self.running, self.deliveries = [], {}, {}

    def install(self):
        """A file of the app's, which lasts longer than its processes."""
        self.file = tempfile.NamedTemporaryFile(suffix=".sqlite")

    def end_process(self):
        if self.scheduler:
            self.scheduler.shutdown(wait=False)
        self.scheduler, self.running = None, {}
        self.loop.drain()

    def clock(self, until):
        self.loop.drain()
        while not self.seen and (timer := self.loop.next_timer()) is not None and timer <= until:
            self.loop.move_to(timer)
            self.loop.drain()
        if not self.seen:
            self.loop.move_to(until)
        return self.loop.now

    def apply(self, record):
        (name, body), = record["event"].items()
        if name == "clock":
            return {"reached": self.clock(record["at"]), **self.told()}
        self.loop.move_to(record["at"])
        answer = None
        if name in ("crashed", "memory_killed", "force_quit", "reboot", "updated", "uninstalled"):
            self.end_process()
            if name == "uninstalled":
                self.install()
        elif name == "started":
            self.scheduler = self.new_scheduler(paused=True)
        elif name == "launch_finished":
            self.scheduler.resume()
        elif name in ("register", "submit", "pending", "supported_resources"):
            answer = {name: getattr(self, name)(body)}
        elif name in VOID:
            getattr(self, name, lambda body: None)(body)
            answer = {"void": "returned"}
        self.loop.drain()
        return {**({"answer": answer} if answer else {}), **self.told()}

    def told(self):
        seen, self.seen = self.seen, []
        return {"observed": seen} if seen else {}

    # ---- the app

    def register(self, body):
        return True

    def supported_resources(self, body):
        return {"gpu": False}

    def submit(self, body):
        date = EPOCH + datetime.timedelta(milliseconds=body.get("earliest") or self.loop.now)
        date = {} if self.without == "run_date" else {"run_date": date}
        try:
            self.scheduler.add_job(
                task, "date", [body], id=body["id"], replace_existing=self.without != "replace_existing", **date
            )
        except ConflictingIdError as error:
            return {"refused": 1, "domain": "apscheduler.jobstores.base", "text": str(error)}
        return "accepted"

    def submit_async(self, body):
        del body["submission"]
        self.submit(body)

    def pending(self, body):
        return [job.args[0] for job in self.scheduler.get_jobs()]

    def cancel(self, body):
        try:
            if self.without != "remove_job":
                self.scheduler.remove_job(body["id"])
        except JobLookupError:
            pass  # nothing of that name is there

    def cancel_all(self, body):
        if self.without != "remove_all_jobs":
            self.scheduler.remove_all_jobs()

    def complete(self, body):
        if future := self.running.pop(body["task"], None):
            future.set_result(body["success"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--without", choices=CALLS, help="leave this call of the library out")
    parser.add_argument("--store", choices=["sqlalchemy", "memory"], default="sqlalchemy", help="where jobs are kept")
    arguments = parser.parse_args()
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    global ADAPTER
    ADAPTER = Adapter(arguments.without, arguments.store)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "hello" in request:
                reply = {"hello": HELLO}
            elif "reset" in request:
                ADAPTER.reset()
                reply = {"done": {}}
            else:
                reply = {"applied": ADAPTER.apply(request["apply"])}
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({"id": request["id"], **reply}), flush=True)


if __name__ == "__main__":
    main()
