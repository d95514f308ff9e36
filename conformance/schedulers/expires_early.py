"""Right in that it expires as early as it may: refresh after two seconds, processing and health research after ten
(EXP-4), a continued task after three, but on a device that is told to be calm at its thirtieth second without
progress (PRG-6). It kills half a second after the expiration (EXP-7: the grace is not documented) and suspends at
once (CMP-5).
"""

from core.wire import CONTINUED, HEALTH, PROCESSING, REFRESH, serve
from tables import Tables


class ExpiresEarly(Tables):
    pins = {}
    limits = {REFRESH: 2_000, PROCESSING: 10_000, HEALTH: 10_000}
    grace, stall, rest = 500, 30_000, 0

    def deliver(self, id, simulated, request):
        super().deliver(id, simulated, request)
        if request["kind"] == CONTINUED and (task := self.one("SELECT name FROM task WHERE id = ?", id)):
            self.alarm(3_000, "hurry", task["name"])

    def hurry(self, name):
        if self.world()["pressure"] != "calm":
            self.expire(name)


if __name__ == "__main__":
    serve(ExpiresEarly())
