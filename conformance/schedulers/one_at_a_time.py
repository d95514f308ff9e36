"""Right in that it runs one task at a time, of all kinds together: the next waits until the last is completed
(CON-12: a launch is never owed; SUB-18: under `fail` what cannot start at once is refused; SUB-19: under `queue` it
waits).
"""

from core.wire import serve
from tables import Tables


class OneAtATime(Tables):
    def look(self, _=None):
        busy = self.one("SELECT 1 FROM task UNION SELECT 1 FROM coming")
        while not busy and self.one("SELECT count(*) FROM request")[0]:
            before = self.one("SELECT count(*) FROM request")[0]
            self.launch_one()
            if before == self.one("SELECT count(*) FROM request")[0]:
                break
            busy = self.one("SELECT 1 FROM task UNION SELECT 1 FROM coming")

    def launch_one(self):
        if found := self.next_eligible():
            self.launch(found)
        elif self.world()["alive"] and not self.world()["launching"] and not self.world()["doomed"]:
            self.start_waiting()

    def room(self, id):
        return super().room(id) and not self.one("SELECT 1 FROM task UNION SELECT 1 FROM coming")


if __name__ == "__main__":
    serve(OneAtATime())
