"""What the app asks of `journal`: identifiers, registration, submission, cancelling and the pending list."""

from core.wire import CONTINUED, HEALTH, PROCESSING, REFRESH, Raised, Refused


class Calls:
    # Registration and submission.

    def raises(self, text):
        self.note("doomed")
        raise Raised(text)

    def covering(self, id):
        """The entries that cover an identifier: itself, and wildcards, whose star stands for one component."""
        entries = self.app("permitted")
        entries = entries if isinstance(entries, list) and id else []
        stem, _, component = id.rpartition(".")
        wild = [entry for entry in entries if entry == stem + ".*" and component not in ("", "*")
                and entry.startswith(self.app("bundle") + ".") and entry.count("*") == 1 and self.version(26)]
        literal = [entry for entry in entries if entry == id and ("*" not in id or not self.version(26))]
        return literal, wild

    def register(self, body):
        id = body["id"]
        if self.by or not any(self.covering(id)):
            return False
        if id in self.handlers():
            self.raises(f"Launch handler for task with identifier {id} has already been registered")
        if not self.launching and not self.version(26):
            self.raises("All launch handlers must be registered before application finishes launching")
        self.note("handler", id, body)
        return True

    def reasons(self, request):
        """Every reason to refuse a request, as a code."""
        id, kind, device = request["id"], request["kind"], self.merged("device")
        entitled, modes = self.app("entitlements", []), self.app("modes", [])
        literal, wild = self.covering(id)
        schedules = {one["name"]: one["schedules"] for one in self.app("extensions", [])}
        if self.app("platform") == "simulator" or self.by and not schedules[self.by]:
            yield 1
        if not literal and (kind != CONTINUED or not wild):
            yield 3
        if device["background_launches_denied"]:
            yield 1 if self.version(27) else 3
        if kind != CONTINUED:
            others = [one["kind"] for other, one in self.outstanding().items() if other != id]
            if ("fetch" if kind == REFRESH else "processing") not in modes:
                yield 3
            if device["background_refresh"] != "available":
                yield 1
            if kind == HEALTH and not (self.app("study_opt_in")
                                       and "com.apple.developer.backgroundtasks.healthresearch" in entitled):
                yield 1
            if kind != HEALTH and others.count(kind) >= {REFRESH: 1, PROCESSING: 10}[kind]:
                yield 2
            return
        if request.get("gpu"):
            if not self.app("gpu"):
                yield 3
            elif "com.apple.developer.background-tasks.continued-processing.gpu" not in entitled:
                yield 1
        if not self.front or self.launching:
            yield 3
        runs = any(handed.value["request"]["id"] == id for handed in self.running().values())
        waits = any(one["kind"] == CONTINUED and other != id for other, one in self.outstanding().items())
        if request.get("strategy") == "fail" and (runs or waits or not self.room()):
            yield 4

    def room(self):
        kinds = [handed.value["request"]["kind"] for handed in self.running().values()]
        return kinds.count(CONTINUED) + self.merged("device")["places_taken"] < self.capacity

    def refuse_unhandled(self, id):
        if not self.by and any(self.covering(id)) and id not in self.handlers():
            self.raises(f"No launch handler registered for task with identifier {id}")

    def submit(self, body):
        self.refuse_unhandled(body["id"])
        for code in self.reasons(body):
            raise Refused(code)
        request = {name: value for name, value in body.items() if value is not None and name != "submission"}
        id, kind = request["id"], request["kind"]
        if kind == CONTINUED and not id.startswith(self.app("bundle") + "."):
            return "accepted"  # and lost (IDN-11)
        if id in self.outstanding():
            self.spend(id)
        self.note("asked", id, request)
        if kind == CONTINUED:
            for name, face in self.faces().items():
                if name.rpartition("#")[0] == id and face == "failed":
                    self.take_card(name)  # replaced at the retry (UIX-6)
            self.start_waiting()
            if id in self.outstanding():
                self.paint(self.next_name(id), "shown", request)
        return "accepted"

    def submit_async(self, body):
        self.refuse_unhandled(body["id"])
        self.note("posted", body["submission"], {**body, "by": self.by})

    def settle_submission(self, submission):
        body = dict(self.last("posted", key=submission).value)
        self.by = body.pop("by")
        self.note("completed", submission)
        error = {}
        try:
            self.submit(body)
        except Refused as refused:
            error = {"error": refused.args[0]}
        self.saw("submission_completed", submission=submission, **error)

    def cancel(self, body):
        if body["id"] in self.outstanding():
            self.spend(body["id"])

    def cancel_all(self, body):
        for id in self.outstanding():
            self.spend(id)

    def pending(self, body):
        return [request for request in self.outstanding().values() if request["kind"] != CONTINUED][::-1]
