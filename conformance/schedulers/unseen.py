"""Right in that most of what it does is not seen: it declares `delivered` and `expired` alone of all observations. It
expires early and for a lost condition all the same, completes tasks itself (EXP-5) and suspends; it starts and kills
nobody.
"""

from core.wire import serve
from no_launch import NoLaunch


class Unseen(NoLaunch):
    observes, pins = ["delivered", "expired"], {}

    def kill(self, _):
        pass


if __name__ == "__main__":
    serve(Unseen())
