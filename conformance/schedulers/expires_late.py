"""Right in that it expires as late as it may, and never where nothing demands it: refresh at the end of its thirtieth
second (EXP-1), processing never (EXP-2), a continued task without progress never (PRG-2, PRG-8), use of the device, a
Stop and the like after a minute (`reaction_time`: EXP-9, UIX-3). It kills and suspends nobody (CMP-5, CMP-7).
"""

from core.wire import HEALTH, PROCESSING, REFRESH, serve
from tables import Tables


class ExpiresLate(Tables):
    pins = {}
    limits = {REFRESH: 30_000, PROCESSING: 10**12, HEALTH: 10**12}
    stall = 10**12

    def suspend(self, _):
        pass

    kill = suspend

    def use_begins(self):
        self.world(in_use=1)
        for task in self.sql("SELECT name FROM task WHERE kind = 'processing'"):
            self.alarm(60_000, "expire", task["name"])

    def cancel(self, body):
        self.sql("DELETE FROM request WHERE id = ?", body["id"])

    def person_stops(self, body):
        self.alarm(60_000, "expire", body["task"])


if __name__ == "__main__":
    serve(ExpiresLate())
