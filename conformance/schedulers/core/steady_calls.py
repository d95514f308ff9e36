"""What the app asks of `steady`: identifiers, registration, submission, cancelling and the pending list."""

from core.wire import CONTINUED, HEALTH, PROCESSING, REFRESH, Raised, Refused

NO_HANDLER = "No launch handler registered for task with identifier {}"
HEALTH_ENTITLEMENT = "com.apple.developer.backgroundtasks.healthresearch"
GPU_ENTITLEMENT = "com.apple.developer.background-tasks.continued-processing.gpu"


class Calls:
    # Identifiers.

    def wildcard(self, entry):
        """Whether an entry is one by IDN-1; its prefix is what stands before the star."""
        return (self.version >= (26,) and entry.count("*") == 1 and entry.endswith(".*")
                and entry.startswith(self.facts["bundle"] + "."))

    def permits(self, id):
        """"exactly", "by a wildcard" or None."""
        entries = self.facts["permitted"]
        if not isinstance(entries, list) or not id or self.wildcard(id):
            return None
        if id in entries and ("*" not in id or self.version < (26,)):
            return "exactly"
        covers = any(self.wildcard(entry) and id.startswith(entry[:-1]) and id != entry[:-1] for entry in entries)
        return "by a wildcard" if covers else None

    def register(self, body):
        id = body["id"]
        if self.by or not self.permits(id):
            return False
        if id in self.process.handlers:
            self.process.doomed = True
            raise Raised(f"Launch handler for task with identifier {id} has already been registered")
        if not self.process.launching and self.version < (26,):
            self.process.doomed = True
            raise Raised("All launch handlers must be registered before application finishes launching")
        self.process.handlers[id] = body
        return True

    # Submission.

    def outstanding(self, kind):
        return [request for request in self.requests.values() if request["kind"] == kind]

    def running(self, id):
        return next((task for task in self.tasks.values() if task.request["id"] == id), None)

    def check(self, request):
        """Refuses or raises, where a rule says so."""
        id, kind = request["id"], request["kind"]
        schedules = {extension["name"]: extension["schedules"] for extension in self.facts.get("extensions", [])}
        if self.facts.get("platform") == "simulator" or self.by and not schedules.get(self.by):
            raise Refused(1)
        permitted = self.permits(id)
        if not permitted:
            raise Refused(3)
        if not self.by and id not in self.process.handlers:
            self.process.doomed = True
            raise Raised(NO_HANDLER.format(id))
        mode = {REFRESH: "fetch", PROCESSING: "processing", HEALTH: "processing"}.get(kind)
        if mode and (mode not in self.facts["modes"] or permitted != "exactly"):
            raise Refused(3)
        if kind == HEALTH and not (HEALTH_ENTITLEMENT in self.facts["entitlements"] and self.facts["study_opt_in"]):
            raise Refused(3)
        if self.device_is["background_launches_denied"]:
            raise Refused(3)
        if kind != CONTINUED and self.device_is["background_refresh"] != "available":
            raise Refused(1)
        limit = {REFRESH: 1, PROCESSING: 10}.get(kind)
        if limit and len([one for one in self.outstanding(kind) if one["id"] != id]) >= limit:
            raise Refused(2)
        if kind == CONTINUED:
            self.check_continued(request)

    def check_continued(self, request):
        if request.get("gpu") and not (GPU_ENTITLEMENT in self.facts["entitlements"] and self.facts.get("gpu")):
            raise Refused(3)
        fails = request.get("strategy") == "fail"
        if not (self.process and self.process.front):
            raise Refused(4 if fails else 3)
        running = self.running(request["id"])
        if running and running.request["kind"] == CONTINUED and not fails:
            raise Refused(2)
        if fails and (running or self.process.launching or not self.room()):
            raise Refused(4)

    def room(self):
        running = [task for task in self.tasks.values() if task.request["kind"] == CONTINUED]
        return len(running) + self.device_is["places_taken"] < self.places

    def submit(self, body):
        self.check(body)
        self.accept({name: value for name, value in body.items() if value is not None and name != "submission"})
        return "accepted"

    def accept(self, request):
        older = self.requests.get(request["id"])
        if older and older["kind"] != request["kind"]:
            del self.requests[request["id"]]  # Its place is kept by what waited itself (SUB-4).
        self.requests[request["id"]] = request
        self.start_waiting()

    def submit_async(self, body):
        try:
            self.submit(body)
        except Refused as refused:
            self.saw("submission_completed", submission=body["submission"], error=refused.args[0])
        else:
            self.saw("submission_completed", submission=body["submission"])

    def cancel(self, body):
        self.requests.pop(body["id"], None)
        if self.process:
            self.process.coming = [one for one in self.process.coming if one[0]["id"] != body["id"]]

    def cancel_all(self, body):
        for id in [*self.requests] + [one[0]["id"] for one in (self.process.coming if self.process else [])]:
            self.cancel({"id": id})

    def pending(self, body):
        return list(self.requests.values())
