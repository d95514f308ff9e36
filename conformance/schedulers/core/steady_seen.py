"""What the person and the debugger see and do of `steady`: cards, the hooks, and what the device allows."""

from core.wire import CONTINUED

INFERENCE_ENTITLEMENT = "com.apple.developer.background-tasks.continued-processing.inference"


class Seen:
    # Cards.

    def show_card(self, task):
        if task.request["kind"] == CONTINUED and task.name not in self.cards and not task.request.get("dismissed"):
            self.cards[task.name] = {"goes": None, "failed": False}
            self.paint(task, "shown")

    def paint(self, task, what):
        texts = task.texts or {text: task.request[text] for text in ("title", "subtitle") if text in task.request}
        self.saw("card", task=task.name, **{"is": what}, **texts)

    def fail_card(self, name):
        if name in self.cards and self.cards[name]["goes"] is None:
            self.cards[name]["failed"] = True
            self.saw("card", task=name, **{"is": "failed"})

    def take_card(self, name):
        del self.cards[name]
        self.saw("card", task=name, **{"is": "gone"})

    def update_title(self, body):
        if task := self.tasks.get(body["task"]):
            task.texts = {"title": body["title"], "subtitle": body["subtitle"]}
            if task.name in self.cards:
                self.paint(task, "changed")

    def person_dismisses(self, body):
        if (task := self.tasks.get(body["task"])) and self.cards.pop(task.name, None):
            task.request["dismissed"] = True

    def person_clears(self, body):
        if self.cards.get(body["task"], {}).get("failed"):
            del self.cards[body["task"]]

    # The debugger and the device.

    def simulate_launch(self, body):
        request = self.requests.get(body["id"])
        if request and request["kind"] != CONTINUED and self.process and not self.running(body["id"]):
            self.launch(request, simulated=True)

    def simulate_expiration(self, body):
        if (task := self.running(body["id"])) and self.facts.get("platform") != "simulator":
            self.expire(task)

    def supported_resources(self, body):
        return {"gpu": bool(self.facts.get("gpu"))}

    def gpu_work(self, body):
        granted = any(task.request.get("gpu") and not task.expired for task in self.tasks.values())
        return "succeeded" if self.process and self.process.front or granted else "failed"

    def neural_engine_work(self, body):
        entitled = INFERENCE_ENTITLEMENT in self.facts["entitlements"]
        return "succeeded" if self.version < (27,) or entitled or self.process and self.process.front else "failed"

    def protected_read(self, body):
        readable = {"complete": not self.device_is["locked"], "none": True}
        return "succeeded" if readable.get(body["class"], self.device_is["unlocked_once"]) else "failed"
