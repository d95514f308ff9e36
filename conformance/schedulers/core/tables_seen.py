"""What the person and the debugger see and do of `tables`: cards, the hooks, and what the device allows."""

import json


class Seen:
    # Cards: from the delivery on, in the foreground too (UIX-1); a failed one goes after a minute (UIX-5).

    def face(self, name, face, **texts):
        if self.one("SELECT 1 FROM card WHERE task = ? AND (face IN ('shown', 'changed') OR ? = 'gone')", name, face):
            self.sql("UPDATE card SET face = ? WHERE task = ?", face, name)
            if face == "gone":
                self.sql("DELETE FROM card WHERE task = ?", name)
            elif face == "finished":
                self.alarm(2_000, "goes", name)
            self.saw("card", task=name, **{"is": face}, **texts)

    def goes(self, name):
        self.face(name, "gone")

    def show(self, name):
        if not self.one("SELECT 1 FROM card WHERE task = ?", name):
            self.sql("INSERT INTO card VALUES (?, 'shown', 0)", name)
            request = json.loads(self.task(name)["body"])
            self.saw("card", task=name, **{"is": "shown"},
                     **{text: request[text] for text in ("title", "subtitle") if text in request})

    def update_title(self, body):
        if self.task(body["task"]):
            self.face(body["task"], "changed", title=body["title"], subtitle=body["subtitle"])

    def person_dismisses(self, body):
        self.sql("UPDATE card SET face = 'dismissed' WHERE task = ?", body["task"])

    def person_clears(self, body):
        self.sql("DELETE FROM card WHERE task = ? AND face = 'failed'", body["task"])

    # The debugger and the device.

    def simulate_launch(self, body):
        world = self.world()
        if world["alive"] and self.one("SELECT 1 FROM request WHERE id = ? AND kind <> 'continued' AND id NOT IN"
                                       " (SELECT id FROM task UNION SELECT id FROM coming)", body["id"]):
            self.launch(body["id"], simulated=True)

    def simulate_expiration(self, body):
        if self.header.get("platform") != "simulator":
            for task in self.sql("SELECT name FROM task WHERE id = ? AND simulated", body["id"]):
                self.expire(task["name"], through=True)

    def supported_resources(self, body):
        return {"gpu": bool(self.header.get("gpu"))}

    def gpu_work(self, body):
        granted = self.one("SELECT 1 FROM task WHERE body LIKE '%\"gpu\": true%'")
        return "succeeded" if self.world()["front"] or granted else "failed"

    def neural_engine_work(self, body):
        entitlement = "com.apple.developer.background-tasks.continued-processing.inference"
        free = self.version() < [27] or entitlement in self.header.get("entitlements", [])
        return "succeeded" if free or self.world()["front"] else "failed"

    def protected_read(self, body):
        world = self.world()
        closed = not world["unlocked_once"] or body["class"] == "complete" and world["locked"]
        return "failed" if closed else "succeeded"
