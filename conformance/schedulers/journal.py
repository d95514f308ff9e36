"""Right in the forgetful and secretive way: it keeps nothing over a reboot (LIF-4), lists nothing of continued work
(PEN-4) and the rest in reverse (PEN-1: in any order), loses a continued request outside the bundle's prefix (IDN-11),
lets an asynchronous submission take effect when it completes (SUB-30), expires the tasks of one launch together
(EXP-8), lets a refresh share the time of processing (EXP-1), expires a stall at its thirtieth second (PRG-2), asks
the person after five minutes (PRG-7), holds an expiration back while its queue is blocked (EXP-13), and shows cards
of what waits (UIX-7).

A core of its own: a journal that is only ever added to; every question is answered by reading it.
"""

from core.journal_book import NONE, Book
from core.journal_calls import Calls
from core.journal_seen import Seen
from core.wire import CONTINUED, HEALTH, ORDINARY, PROCESSING, REFRESH, Wire, serve

class Journal(Calls, Seen, Book, Wire):
    stall, prompt_after, capacity = 30_000, 300_000, 3

    def reset(self, header):
        super().reset(header)
        self.book = []
        self.note("app", None, header)
        self.note("device", None, {**ORDINARY, **header.get("device", {})})

    # Time.

    def planned(self):
        """What will happen by itself: when, what, to which task or submission."""
        for name, handed in self.running().items():
            blocked = handed.value["queue"] in self.fold("blocked", "free", "died")
            if self.last("expired", key=name) is not NONE or blocked and self.last("set", key=name).value:
                continue
            kind, moved = handed.value["request"]["kind"], self.last("handed", "moved", key=name).at
            if kind == REFRESH and not self.company(handed):
                yield handed.at + 30_000, self.expire, name
            if kind == CONTINUED:
                yield moved + self.stall, self.expire, name
                if self.faces().get(name) == "shown" and self.last("asked on", key=name) is NONE:
                    yield handed.at + self.prompt_after, self.prompt, name
            for reason in ("owed", "surprised", "ignored", "stopped", "taken back"):
                noted = self.last(reason, "no " + reason, key=name)
                if noted.what == reason:
                    yield noted.at + 1_000 * (reason in ("surprised", "ignored")), self.expire, name
        for submission, posted in self.fold("posted", "completed", "died").items():
            yield posted.at + 1_000, self.settle_submission, submission
        for name, face in self.faces().items():
            if face == "finished":
                yield self.last("face", key=name).at + 4_000, self.take_card, name

    def due(self):
        return None if self.doomed else min((moment for moment, _, _ in self.planned()), default=None)

    def tick(self):
        moment, act, what = min(self.planned(), key=lambda plan: plan[0])
        act(what)

    # The app and the person.

    def started(self, body):
        self.note("born")
        if body["by"] == "person":
            self.note("front")
            self.note("mark", None, False)
            self.note("device", None, {"in_use": True})

    def launch_finished(self, body):
        self.note("ready")
        for id, entry in self.coming().items():
            if not self.doomed:
                self.note("came", id)
                self.deliver(entry.value, of=self.last("born").at)
        self.start_waiting()

    def foreground(self, body):
        self.note("front")
        self.device({"in_use": True})

    def background(self, body):
        self.note("back")
        for name in self.running():
            self.show_card(name)

    def device(self, change):
        was = self.merged("device")
        self.note("device", None, change if change.get("locked") is not False else {**change, "unlocked_once": True})
        for name, handed in self.running().items():
            if change.get("in_use") and not was["in_use"] and handed.value["request"]["kind"] == PROCESSING:
                self.note("owed", name)
        self.start_waiting()

    def ends(self, body=None):
        tasks = self.running()
        self.note("died")
        for name in tasks:
            self.show_failure(name)
        for id, request in self.outstanding().items():
            if request["kind"] == CONTINUED and request.get("strategy") == "fail":
                self.spend(id)

    crashed = memory_killed = ends

    def spend(self, id):
        request = self.outstanding().get(id)
        self.note("spent", id)
        if request and request["kind"] == CONTINUED and self.next_name(id) in self.faces():
            self.take_card(self.next_name(id))

    def end_waiting(self):
        self.ends()
        for id, request in self.outstanding().items():
            if request["kind"] == CONTINUED:
                self.spend(id)

    def force_quit(self, body):
        self.end_waiting()
        self.note("mark", None, True)

    def uninstalled(self, body):
        self.end_waiting()
        for id in self.outstanding():
            self.note("spent", id)

    def reboot(self, body):
        self.uninstalled(body)
        if self.app("passcode", True):
            self.note("device", None, {"locked": True, "unlocked_once": False})

    def updated(self, body):
        self.end_waiting()
        self.note("app", None, {name: value for name, value in body.items() if value is not None})
        if body.get("os"):
            self.reboot(body)

    # Launch and delivery.

    def forbidden(self, request):
        """Every reason not to launch a request now."""
        device, kind = self.merged("device"), request["kind"]
        yield request.get("earliest", 0) > self.now
        yield any(request.get(need) and not device[need] for need in ("network", "power"))
        yield kind == PROCESSING and device["in_use"]
        yield kind == REFRESH and device["low_power"]
        yield not device["unlocked_once"]
        yield kind == HEALTH and device["locked"] and request.get("protection", "none") == "complete"
        yield device["background_refresh"] != "available" or device["background_launches_denied"]
        yield self.front or self.doomed
        yield bool(self.last("mark").value) and (kind == REFRESH or not self.version(17))
        yield any(handed.value["request"]["id"] == request["id"] for handed in self.running().values())
        yield request["id"] in self.coming()

    def grant(self, body):
        request = self.outstanding().get(body["id"])
        if request and request["kind"] != CONTINUED and not any(self.forbidden(request)):
            self.launch(request)

    def launch(self, request, simulated=False):
        self.note("spent", request["id"])
        task = {"request": request, "simulated": simulated}
        if not self.alive:
            self.note("born")
            self.saw("launched", ids=[request["id"]])
        if self.launching:
            self.note("launched", request["id"], task)
        else:
            self.deliver(task)

    def next_name(self, id):
        return f"{id}#{1 + sum(entry.what == 'handed' and entry.value['request']['id'] == id for entry in self.book)}"

    def deliver(self, task, of=None):
        request = task["request"]
        handler = self.handlers().get(request["id"])
        if not handler:
            self.note("doomed")
            text = f"No launch handler registered for task with identifier {request['id']}"
            return self.saw("delivery_raised", id=request["id"], text=text)
        name, queue = self.next_name(request["id"]), handler.value.get("queue") or "own"
        self.note("handed", name, {**task, "queue": queue, "of": of})
        if handler.value.get("through"):
            self.note("set", name, True)
        self.saw("delivered", task=name, kind=request["kind"])
        if request["kind"] == PROCESSING and self.merged("device")["in_use"] and not task["simulated"]:
            self.note("surprised", name)
        if not self.front:
            self.show_card(name)

    def start_waiting(self):
        for request in self.outstanding().values():
            runs = any(handed.value["request"]["id"] == request["id"] for handed in self.running().values())
            if request["kind"] == CONTINUED and self.front and not self.launching and not self.doomed:
                if runs or not self.room():
                    break
                self.launch(request)

    # Expiration and completion.

    def company(self, handed):
        """Whether processing or health research of the same launch runs (EXP-1)."""
        return handed.value["of"] is not None and any(
            other.value["of"] == handed.value["of"] and other.value["request"]["kind"] in (PROCESSING, HEALTH)
            for other in self.running().values())

    def set_expiration_handler(self, body):
        if self.last("expired", key=body["task"]) is NONE:
            self.note("set", body["task"], body.get("set", True))

    def expire(self, name):
        handed = self.running().get(name)
        if not handed or self.last("expired", key=name) is not NONE:
            return
        self.note("expired", name)
        if self.last("set", key=name).value:
            self.saw("expired", task=name)
        else:
            self.saw("completed_by_system", task=name)
            self.finish(name, False)
        for other, task in self.running().items():
            if handed.value["of"] is not None and task.value["of"] == handed.value["of"]:
                self.note("owed", other)

    def finish(self, name, success):
        if name in self.running():
            self.note("over", name)
            if success and name in self.faces():
                self.paint(name, "finished")
            else:
                self.show_failure(name)
            self.start_waiting()

    def complete(self, body):
        self.finish(body["task"], body["success"])

    def progress(self, body):
        done = [entry.value for entry in self.book if entry.what in ("moved", "same") and entry.key == body["task"]]
        new = body.get("completed") or 0
        self.note("moved" if new > max(done, default=0) else "same", body["task"], new)

    def take_back(self, body):
        self.note("taken back", body["task"])

    def person_stops(self, body):
        self.note("stopped", body["task"])

    def person_ignores(self, body):
        self.note("ignored", body["task"])

    def person_continues(self, body):
        self.note("no ignored", body["task"])
        if self.faces().get(body["task"]) == "prompting":
            self.paint(body["task"], "changed", self.texts(body["task"]))

    def block_queue(self, body):
        self.note("blocked", body["queue"])

    def unblock_queue(self, body):
        self.note("free", body["queue"])



if __name__ == "__main__":
    serve(Journal())
