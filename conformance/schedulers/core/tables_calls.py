"""What the app asks of `tables`: identifiers, registration, submission, cancelling and the pending list."""

import json

from core.wire import CONTINUED, HEALTH, PROCESSING, REFRESH, Raised, Refused


class Calls:
    # Registration and submission.

    def raises(self, text):
        self.world(doomed=1)
        raise Raised(text)

    def permitted(self, id):
        entries, bundle = self.header.get("permitted"), self.header["bundle"]
        if not isinstance(entries, list) or not id or ("*" in id and self.version() >= [26]):
            return False
        stems = [entry[:-1] for entry in entries if entry.endswith(".*") and entry.startswith(bundle + ".")]
        wild = [stem for stem in stems if "*" not in stem and id.startswith(stem) and len(id) > len(stem)]
        return id in entries or self.version() >= [26] and bool(wild)

    def register(self, body):
        if self.by or not self.permitted(body["id"]):
            return False
        if self.one("SELECT 1 FROM handler WHERE id = ?", body["id"]):
            self.raises(f"Launch handler for task with identifier {body['id']} has already been registered")
        if self.version() < [26] and not self.world()["launching"]:
            self.raises("All launch handlers must be registered before application finishes launching")
        queue, swiftui = body.get("queue") or "own", body.get("through") is not None
        self.sql("INSERT INTO handler VALUES (?, ?, ?)", body["id"], queue, swiftui)
        return True

    def refusal(self, request):
        id, kind, world = request["id"], request["kind"], self.world()
        entitled, modes = self.header.get("entitlements", []), self.header.get("modes", [])
        mode = "fetch" if kind == REFRESH else "processing"
        off = world["background_refresh"] != "available"
        if mode not in modes or world["background_launches_denied"]:
            return 3
        if off or kind == REFRESH and world["low_power"]:
            return 1
        if kind == HEALTH and not ("com.apple.developer.backgroundtasks.healthresearch" in entitled
                                   and self.header.get("study_opt_in")):
            return 1
        others = {row["kind"]: row["n"] for row in self.sql(
            "SELECT kind, count(*) n FROM request WHERE id <> ? GROUP BY kind", id)}
        health = others.get(HEALTH, 0)
        if kind != CONTINUED:
            full = others.get(REFRESH) if kind == REFRESH else others.get(PROCESSING, 0) + health >= 10
            return 2 if full else None
        gpu = "com.apple.developer.background-tasks.continued-processing.gpu" in entitled and self.header.get("gpu")
        if request.get("gpu") and not gpu or not id.startswith(self.header["bundle"] + "."):
            return 3
        fails = request.get("strategy") == "fail"
        if not world["front"] or world["launching"]:
            return 4 if fails else 1
        return 4 if fails and not self.room(id) else None

    def room(self, id):
        running = self.sql("SELECT id FROM task WHERE kind = 'continued'")
        free = len(running) + self.world()["places_taken"] < self.places
        return free and not self.one("SELECT 1 FROM task WHERE id = ?", id)

    def submit(self, body):
        extensions = {one["name"]: one["schedules"] for one in self.header.get("extensions", [])}
        if self.header.get("platform") == "simulator" or self.by and not extensions[self.by]:
            raise Refused(1)
        if not self.permitted(body["id"]):
            raise Refused(3)
        if not self.by and not self.one("SELECT 1 FROM handler WHERE id = ?", body["id"]):
            self.raises(f"No launch handler registered for task with identifier {body['id']}")
        if code := self.refusal(body):
            raise Refused(code)
        request = {name: value for name, value in body.items() if value is not None and name != "submission"}
        if self.header.get("platform") != "mac":
            self.sql("INSERT OR REPLACE INTO request VALUES (?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM request), ?,"
                     " ?, ?, ?, ?)", request["id"], request["kind"], request.get("earliest"), request.get("network"),
                     request.get("power"), request.get("protection"), json.dumps(request))
            if request.get("earliest", 0) > self.now:
                self.alarm(request["earliest"] - self.now, "look")
        return "accepted"

    def submit_async(self, body):
        outcome = {"submission": body["submission"]}
        self.open.add(body["submission"])
        try:
            self.submit(body)
        except Refused as refused:
            outcome["error"] = refused.args[0]
        self.alarm(2_000, "report", json.dumps(outcome))

    def report(self, outcome):
        outcome = json.loads(outcome)
        if outcome["submission"] in self.open:
            self.saw("submission_completed", **outcome)

    def cancel(self, body):
        self.sql("DELETE FROM request WHERE id = ?", body["id"])
        for task in self.sql("SELECT name FROM task WHERE id = ? AND kind = 'continued'", body["id"]):
            self.expire(task["name"])

    def cancel_all(self, body):
        for row in self.sql("SELECT id FROM request UNION SELECT id FROM task"):
            self.cancel(row)

    def pending(self, body):
        return [json.loads(row["body"]) for row in self.sql(
            "SELECT body FROM request WHERE kind <> 'continued' UNION ALL SELECT body FROM task WHERE id NOT IN"
            " (SELECT id FROM request WHERE kind <> 'continued') AND kind <> 'continued'")]
