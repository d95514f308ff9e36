"""Right in the plainest way: it does what each sentence says at once, and where a sentence leaves a choice it does
the least. A request is kept through everything that may end it (LIF-4, LIF-5, LIF-11, CON-17), a running task is not
listed (PEN-2), a waiting one is (PEN-4) and never starts in the background (LAU-12), nobody is suspended or killed
(CMP-5, CMP-7: may), nothing is expired but for its time, for use of the device or because somebody asked (EXP-4:
may).

A core of its own: objects, one a request, task, process and card.
"""

from dataclasses import dataclass, field

from core.steady_calls import NO_HANDLER, Calls
from core.steady_seen import Seen
from core.wire import CONTINUED, HEALTH, ORDINARY, PROCESSING, REFRESH, Wire, serve


@dataclass
class Process:
    front: bool
    by_person: bool
    launching: bool = True
    left: int = None
    doomed: bool = False
    handlers: dict = field(default_factory=dict)
    coming: list = field(default_factory=list)


@dataclass
class Task:
    name: str
    request: dict
    since: int
    handler: bool
    queue: str
    simulated: bool = False
    until: int = None
    expired: bool = False
    texts: dict = None  # what the card shows since the title was updated


class Steady(Calls, Seen, Wire):
    budget, finished_card, places = 30_000, 3_000, 2

    def reset(self, header):
        super().reset(header)
        self.facts = {"permitted": [], "modes": [], "entitlements": [], "study_opt_in": False, **header}
        self.version = tuple(map(int, header["os"].split(".")))
        self.device_is = {**ORDINARY, **header.get("device", {})}
        self.requests, self.tasks, self.cards, self.counts = {}, {}, {}, {}
        self.process, self.quit_mark = None, False

    # Time.

    def deadline(self, task):
        if task.request["kind"] == REFRESH and not task.expired and not task.simulated:
            return task.since + self.budget
        return None if task.expired else task.until

    def due(self):
        if not (self.process and self.process.doomed):
            moments = [self.deadline(task) for task in self.tasks.values()]
            moments += [card["goes"] for card in self.cards.values()]
            return min((moment for moment in moments if moment is not None), default=None)

    def tick(self):
        for task in list(self.tasks.values()):
            if (moment := self.deadline(task)) is not None and moment <= self.now:
                self.expire(task)
        for name, card in list(self.cards.items()):
            if card["goes"] is not None and card["goes"] <= self.now:
                self.take_card(name)

    # The app's and the person's doings.

    def started(self, body):
        person = body["by"] == "person"
        self.process = Process(front=person, by_person=person)
        if person:
            self.quit_mark = False
            self.device_is["in_use"] = True

    def launch_finished(self, body):
        self.process.launching = False
        coming, self.process.coming = self.process.coming, []
        for request, simulated in coming:
            if not self.process.doomed:
                self.deliver(request, simulated)
        self.start_waiting()

    def foreground(self, body):
        self.process.front = True
        self.device_is["in_use"] = False
        self.device({"in_use": True})

    def background(self, body):
        self.process.front, self.process.left = False, self.now
        for task in self.tasks.values():
            self.show_card(task)

    def device(self, change):
        begins = change.get("in_use") and not self.device_is["in_use"]
        self.device_is.update(change)
        if change.get("locked") is False:
            self.device_is["unlocked_once"] = True
        for task in list(self.tasks.values()):
            if begins and task.request["kind"] in (PROCESSING, HEALTH):
                self.expire(task)
        self.start_waiting()

    def end_process(self, body=None):
        self.process = None
        for name in list(self.tasks):
            del self.tasks[name]
            self.fail_card(name)

    crashed = memory_killed = end_process

    def drop(self, unwanted):
        self.requests = {id: request for id, request in self.requests.items() if not unwanted(request)}

    def force_quit(self, body):
        self.end_process()
        self.quit_mark = True
        self.drop(lambda request: request["kind"] == CONTINUED)

    def reboot(self, body):
        self.end_process()
        self.drop(lambda request: request["kind"] == CONTINUED)
        for name in list(self.cards):
            self.take_card(name)
        self.device_is["in_use"] = False
        if self.facts.get("passcode") is not False:
            self.device_is.update(locked=True, unlocked_once=False)

    def updated(self, body):
        self.end_process()
        self.drop(lambda request: request["kind"] == CONTINUED)
        self.facts.update({name: value for name, value in body.items() if value is not None})
        if body.get("os"):
            self.version = tuple(map(int, body["os"].split(".")))
            self.reboot({})

    def uninstalled(self, body):
        self.end_process()
        self.requests = {}
        for name in list(self.cards):
            self.take_card(name)

    # Launch and delivery.

    def may_launch(self, request):
        kind, device = request["kind"], self.device_is
        return not (
            request.get("earliest", 0) > self.now
            or request.get("power") and not device["power"]
            or request.get("network") and not device["network"]
            or kind != REFRESH and device["in_use"]
            or kind == REFRESH and device["low_power"]
            or not device["unlocked_once"]
            or kind == HEALTH and device["locked"] and request.get("protection") == "complete"
            or device["background_refresh"] != "available" or device["background_launches_denied"]
            or self.process and (self.process.front or self.process.doomed)
            or self.quit_mark and (kind == REFRESH or self.version < (17,))
            or self.running(request["id"])
            or self.process and any(one["id"] == request["id"] for one, _ in self.process.coming))

    def grant(self, body):
        request = self.requests.get(body["id"])
        if request and request["kind"] != CONTINUED and self.may_launch(request):
            self.launch(request)

    def launch(self, request, simulated=False):
        del self.requests[request["id"]]
        if not self.process:
            self.process = Process(front=False, by_person=False)
            self.saw("launched", ids=[request["id"]])
        if self.process.launching:
            self.process.coming.append((request, simulated))
        else:
            self.deliver(request, simulated)

    def deliver(self, request, simulated=False):
        id = request["id"]
        handler = self.process.handlers.get(id)
        if not handler:
            self.process.doomed = True
            return self.saw("delivery_raised", id=id, text=NO_HANDLER.format(id))
        self.counts[id] = self.counts.get(id, 0) + 1
        queue = handler.get("queue") or "own"
        task = Task(f"{id}#{self.counts[id]}", request, self.now, bool(handler.get("through")), queue, simulated)
        self.tasks[task.name] = task
        self.saw("delivered", task=task.name, kind=request["kind"], queue=queue)
        if task.request["kind"] in (PROCESSING, HEALTH) and self.device_is["in_use"] and not simulated:
            task.until = self.now + 1_000  # Somebody came between the launch and the delivery (EXP-9).
        if not self.process.front:
            self.show_card(task)

    def may_start(self, request):
        return self.process.front and not self.process.launching and self.room() and not self.running(request["id"])

    def start_waiting(self):
        for request in self.outstanding(CONTINUED):
            if not self.process or self.process.doomed or not self.may_start(request):
                break
            self.launch(request)

    # Expiration and completion.

    def set_expiration_handler(self, body):
        if (task := self.tasks.get(body["task"])) and not task.expired:
            task.handler = body.get("set", True)

    def expire(self, task):
        if task.expired:
            return
        task.expired = True
        if task.handler:
            self.saw("expired", task=task.name)
        else:
            self.saw("completed_by_system", task=task.name)
            self.finish(task, False)

    def complete(self, body):
        if task := self.tasks.get(body["task"]):
            self.finish(task, body["success"])

    def finish(self, task, success):
        del self.tasks[task.name]
        if success and task.name in self.cards:
            self.saw("card", task=task.name, **{"is": "finished"})
            self.cards[task.name]["goes"] = self.now + self.finished_card
        else:
            self.fail_card(task.name)
        self.start_waiting()

    def take_back(self, body):
        if task := self.tasks.get(body["task"]):
            self.expire(task)

    person_stops = take_back
if __name__ == "__main__":
    serve(Steady())
