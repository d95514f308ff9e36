"""What the person and the debugger see and do of `journal`: cards, the hooks, and what the device allows."""

from core.journal_book import NONE
from core.wire import CONTINUED


class Seen:
    # Cards.

    def texts(self, name):
        return self.last("titled", "handed", key=name).value.get("request") or self.last("titled", key=name).value

    def paint(self, name, face, texts=()):
        self.note("face", name, "shown" if face == "changed" else face)
        shown = {text: texts[text] for text in ("title", "subtitle") if text in texts}
        self.saw("card", task=name, **{"is": face}, **shown)

    def show_card(self, name):
        kind = self.running()[name].value["request"]["kind"]
        if kind == CONTINUED and name not in self.faces() and self.last("dismissed", key=name) is NONE:
            self.paint(name, "shown", self.texts(name))

    def show_failure(self, name):
        if name in self.faces():
            self.paint(name, "failed")

    def prompt(self, name):
        self.note("asked on", name)
        self.paint(name, "prompting")

    def take_card(self, name):
        self.note("no face", name)
        self.saw("card", task=name, **{"is": "gone"})

    def update_title(self, body):
        if body["task"] in self.running():
            self.note("titled", body["task"], body)
            if body["task"] in self.faces():
                self.paint(body["task"], "changed", body)

    def person_dismisses(self, body):
        self.note("dismissed", body["task"])
        self.note("no face", body["task"])

    def person_clears(self, body):
        if self.faces().get(body["task"]) == "failed":
            self.note("no face", body["task"])

    # The debugger and the device.

    def simulate_launch(self, body):
        request = self.outstanding().get(body["id"])
        busy = [handed.value["request"]["id"] for handed in self.running().values()] + [*self.coming()]
        if request and request["kind"] != CONTINUED and self.alive and body["id"] not in busy:
            self.launch(request, simulated=True)

    def simulate_expiration(self, body):
        for name, handed in self.running().items():
            if handed.value["request"]["id"] == body["id"] and handed.value["simulated"]:
                self.expire(name)

    def supported_resources(self, body):
        return {"gpu": self.app("gpu", False)}

    def gpu_work(self, body):
        granted = [name for name, handed in self.running().items() if handed.value["request"].get("gpu")]
        return "succeeded" if self.front or granted else "failed"

    def neural_engine_work(self, body):
        entitlement = "com.apple.developer.background-tasks.continued-processing.inference"
        free = self.front or not self.version(27) or entitlement in self.app("entitlements", [])
        return "succeeded" if free else "failed"

    def protected_read(self, body):
        device = self.merged("device")
        closed = not device["unlocked_once"] or body["class"] == "complete" and device["locked"]
        return "failed" if closed else "succeeded"
