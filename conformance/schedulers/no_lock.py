"""Right in that it knows no lock and no passcode, nor any other condition of the device: it declares neither CON nor
DAT, nor LIF, of which the lock after a boot is a part (LIF-16), and launches what is granted whatever the device is
like (what is not declared is not applicable).
"""

from core.wire import AREAS, serve
from steady import Steady


class NoLock(Steady):
    areas = [area for area in AREAS if area not in ("CON", "DAT", "LIF")]
    more = {}

    def may_launch(self, request):
        return (request.get("earliest", 0) <= self.now and not self.running(request["id"])
                and not (self.process and (self.process.front or self.process.doomed or any(
                    one["id"] == request["id"] for one, _ in self.process.coming))))


if __name__ == "__main__":
    serve(NoLock())
