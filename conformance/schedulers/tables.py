"""Right in the eager way: it launches a request at the first moment at which no rule forbids it (CON-12 lets it wait
and does not ask it to), the latest submission first (LAU-11), and takes away whatever it may: it drops at a
force-quit, a reboot, an update and a switch that is off (LIF-11, LIF-4, LIF-5, CON-17), expires before the budget is
over and for a lost condition (EXP-4, EXP-10), suspends (CMP-5) and kills after a grace (CMP-7). A running task is
listed (PEN-2).

A core of its own: tables and queries in SQLite, and a table of alarms for the time.
"""

import json
import sqlite3

from core.tables_calls import Calls
from core.tables_schema import ELIGIBLE, SCHEMA
from core.tables_seen import Seen
from core.wire import CONTINUED, HEALTH, ORDINARY, PROCESSING, REFRESH, Wire, serve

class Tables(Calls, Seen, Wire):
    discretion = "autonomous"
    pins = {"pending_includes_running": "yes", "processing_budget": "600 s", "cancel_running_continued": "expires"}
    limits = {REFRESH: 25_000, PROCESSING: 600_000, HEALTH: 600_000}
    grace, rest, places, stall = 10_000, 5_000, 1, 45_000

    def sql(self, query, *values, **named):
        return self.db.execute(query, named or values).fetchall()

    def one(self, query, *values):
        rows = self.sql(query, *values)
        return rows[0] if rows else None

    def reset(self, header):
        super().reset(header)
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.executescript(SCHEMA)
        self.header, self.open = header, set()
        world = {**ORDINARY, **header.get("device", {}), "now": 0}
        names = [column["name"] for column in self.sql("PRAGMA table_info(world)")]
        self.sql(f"INSERT INTO world VALUES ({','.join('?' * len(names))})", *(world.get(name, 0) for name in names))

    def world(self, **change):
        for name, value in change.items():
            self.sql(f"UPDATE world SET {name} = ?", value)
        return self.one("SELECT * FROM world")

    def version(self):
        return [int(part) for part in self.header["os"].split(".")]

    # Time: every input ends with a look at what may be launched, and so does every alarm.

    def due(self):
        return None if self.world()["doomed"] else self.one("SELECT min(at) FROM alarm")[0]

    def tick(self):
        self.world(now=self.now)
        alarm = self.one("DELETE FROM alarm WHERE rowid = (SELECT rowid FROM alarm ORDER BY at, rowid)"
                         " RETURNING what, who")
        getattr(self, alarm["what"])(alarm["who"])
        self.look()

    def alarm(self, after, what, who=None):
        self.sql("INSERT INTO alarm VALUES (?, ?, ?)", self.now + after, what, who)

    def settle(self):
        self.world(now=self.now)
        self.look()
        super().settle()

    def look(self, _=None):
        world = self.world()
        if world["alive"] and not world["launching"] and not world["doomed"]:
            self.start_waiting()
        while found := self.next_eligible():
            self.launch(found)

    def next_eligible(self):
        found = self.sql(ELIGIBLE, old=self.version() < [17])
        return found[0]["id"] if found else None

    # The app and the person.

    def process(self, front):
        self.world(alive=1, launching=1, front=front, awake=0, debugger=0, suspended=0, doomed=0)

    def started(self, body):
        self.process(front=body["by"] == "person")
        if body["by"] == "person":
            self.world(in_use=1, quit=0)

    def launch_finished(self, body):
        self.world(launching=0)
        for row in self.sql("DELETE FROM coming RETURNING *"):
            if not self.world()["doomed"]:
                self.deliver(row["id"], row["simulated"], json.loads(row["body"]))
        self.alarm(self.rest, "suspend")

    def foreground(self, body):
        self.world(front=1, suspended=0)
        self.use_begins()

    def use_begins(self):
        self.world(in_use=1)
        for task in self.sql("SELECT name FROM task WHERE kind = 'processing'"):
            self.expire(task["name"])

    def background(self, body):
        self.world(front=0)
        for task in self.sql("SELECT name FROM task WHERE kind = 'continued'"):
            self.show(task["name"])
        self.alarm(self.rest, "suspend")

    def suspend(self, _):
        world = self.world()
        idle = world["alive"] and not (world["front"] or world["launching"] or world["awake"] or world["debugger"])
        if idle and not world["suspended"] and not self.one("SELECT 1 FROM task"):
            self.world(suspended=1)
            self.saw("suspended")

    def kept_awake(self, body):
        self.world(awake=body["awake"])

    def debugger(self, body):
        self.world(debugger=body["attached"])

    def device(self, change):
        if change.get("in_use"):
            self.use_begins()
        self.world(**change)
        if change.get("locked") is False:
            self.world(unlocked_once=1)
        world = self.world()
        if world["background_refresh"] != "available" or world["background_launches_denied"]:
            self.sql("DELETE FROM request WHERE kind <> 'continued'")
        for task in self.sql("SELECT name, body FROM task"):
            asked = json.loads(task["body"])
            if any(asked.get(need) and not world[need] for need in ("network", "power")):
                self.expire(task["name"])

    def ends(self, body=None):
        self.world(alive=0, launching=0, front=0, doomed=0, suspended=0)
        self.open = set()
        for table in ("handler", "coming", "blocked"):
            self.sql(f"DELETE FROM {table}")
        self.sql("DELETE FROM request WHERE kind = 'continued'")
        for task in self.sql("DELETE FROM task RETURNING name"):
            self.face(task["name"], "failed")

    crashed = memory_killed = ends

    def force_quit(self, body):
        self.ends()
        self.world(quit=1)
        self.sql("DELETE FROM request WHERE kind = 'refresh' OR ?", self.version() < [17])

    def reboot(self, body):
        self.uninstalled({})
        if self.header.get("passcode") is not False:
            self.world(locked=1, unlocked_once=0)

    def updated(self, body):
        self.ends()
        self.sql("DELETE FROM request")
        self.header.update({name: value for name, value in body.items() if value is not None})
        if body.get("os"):
            self.reboot({})

    def uninstalled(self, body):
        self.ends()
        self.sql("DELETE FROM request")
        for card in self.sql("SELECT task FROM card"):
            self.face(card["task"], "gone")

    # From launch to completion.

    def launch(self, id, simulated=False):
        row, world = self.one("DELETE FROM request WHERE id = ? RETURNING *", id), self.world()
        if not world["alive"]:
            self.process(front=False)
            self.saw("launched", ids=[id])
        if self.world()["launching"]:
            values = id, row["kind"], simulated, row["body"]
            return self.sql("INSERT OR REPLACE INTO coming VALUES (?, ?, ?, ?)", *values)
        self.deliver(id, simulated, json.loads(row["body"]))

    def deliver(self, id, simulated, request):
        handler = self.one("SELECT * FROM handler WHERE id = ?", id)
        if not handler:
            self.world(doomed=1)
            text = f"No launch handler registered for task with identifier {id}"
            return self.saw("delivery_raised", id=id, text=text)
        [n] = self.one("INSERT INTO count VALUES (?, 1) ON CONFLICT DO UPDATE SET n = n + 1 RETURNING n", id)
        name, kind = f"{id}#{n}", request["kind"]
        self.sql("INSERT INTO task VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, 0, 0, ?)", name, id, kind, self.now,
                 handler["swiftui"], handler["queue"], simulated, self.now, json.dumps(request))
        self.world(suspended=0)
        self.saw("delivered", task=name, kind=kind, queue=handler["queue"])
        if kind == CONTINUED:
            self.show(name)
        used = kind == PROCESSING and self.world()["in_use"] and not simulated
        self.alarm(100 if used else self.limits.get(kind, self.stall), "overdue", name)

    def start_waiting(self):
        for row in self.sql("SELECT id FROM request WHERE kind = 'continued' ORDER BY seq"):
            if not self.room(row["id"]) or self.world()["doomed"]:
                break
            self.launch(row["id"])

    def task(self, name):
        return self.one("SELECT * FROM task WHERE name = ?", name)

    def overdue(self, name):
        task = self.task(name)
        if task and (task["kind"] != CONTINUED or self.now - task["moved"] >= self.stall):
            self.expire(name)

    def set_expiration_handler(self, body):
        self.sql("UPDATE task SET handler = ? WHERE name = ? AND expired IS NULL", body.get("set", True), body["task"])

    def expire(self, name, through=False):
        """Calls the handler on the task's queue: where the app blocks that, when it is free again (EXP-13)."""
        task = self.task(name)
        if not task or task["expired"] is not None:
            return
        if not task["handler"]:
            self.saw("completed_by_system", task=name)
            return self.finish(name, False)
        if not through and self.one("SELECT 1 FROM blocked WHERE queue = ?", task["queue"]):
            return self.sql("UPDATE task SET owed = 1 WHERE name = ?", name)
        self.sql("UPDATE task SET expired = ?, handler = 0 WHERE name = ?", self.now, name)
        self.saw("expired", task=name, queue=task["queue"])
        self.alarm(self.grace, "kill", name)

    def block_queue(self, body):
        self.sql("INSERT OR REPLACE INTO blocked VALUES (?)", body["queue"])

    def unblock_queue(self, body):
        self.sql("DELETE FROM blocked WHERE queue = ?", body["queue"])
        for task in self.sql("SELECT name FROM task WHERE owed AND queue = ?", body["queue"]):
            self.expire(task["name"])

    def kill(self, name):
        if self.task(name) and not self.world()["debugger"]:
            self.saw("killed", cause="time")
            self.ends()

    def complete(self, body):
        self.finish(body["task"], body["success"])

    def finish(self, name, success):
        if self.one("DELETE FROM task WHERE name = ? RETURNING 1", name):
            self.face(name, "finished" if success else "failed")
            self.alarm(self.rest, "suspend")

    def person_stops(self, body):
        self.expire(body["task"])

    def progress(self, body):
        task = self.task(body["task"])
        if task and (body.get("completed") or 0) > task["best"]:
            self.sql("UPDATE task SET best = ?, moved = ? WHERE name = ?", body["completed"], self.now, task["name"])
            self.alarm(self.stall, "overdue", task["name"])



if __name__ == "__main__":
    serve(Tables())
