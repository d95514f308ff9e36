"""Right in that it starts no process: it delivers only into one that lives and has finished launching, and so
declares no `launched` (CON-12: a launch is never owed).
"""

from core.wire import OBSERVES, serve
from tables import Tables


class NoLaunch(Tables):
    observes = [name for name in OBSERVES if name != "launched"]

    def next_eligible(self):
        world = self.world()
        return super().next_eligible() if world["alive"] and not world["launching"] else None


if __name__ == "__main__":
    serve(NoLaunch())
