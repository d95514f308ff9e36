"""Right in that its clock is coarse, as one of its own would be: whatever it does by itself comes at a whole quarter
of a second, early enough for each deadline, and it declares half a second as its tolerance.
"""

from core.wire import HEALTH, PROCESSING, REFRESH, serve
from tables import Tables


class Coarse(Tables):
    pins, more = {}, {"device": True, "tolerance": 500}
    limits = {REFRESH: 28_000, PROCESSING: 500_000, HEALTH: 500_000}

    def alarm(self, after, what, who=None):
        moment = -(-(self.now + after) // 250) * 250
        super().alarm(moment - self.now, what, who)


if __name__ == "__main__":
    serve(Coarse())
