"""Right in that a continued request under `queue` always waits, five seconds at least (SUB-19: with an unknown
capacity every wait is allowed), and then starts wherever the app is, in the background too (LAU-12). One under `fail`
is refused where another waits, and else starts after two seconds (SUB-18: within `reaction_time`); until then it
holds its place and dies with its process (LIF-15). Within a second of leaving it still accepts (SUB-17).
"""

from core.wire import CONTINUED, Refused, serve
from steady import Steady


class BackgroundStarts(Steady):
    places = 5

    def reset(self, header):
        super().reset(header)
        self.patience = {}

    def check_continued(self, request):
        others = [one for one in self.outstanding(CONTINUED) if one["id"] != request["id"]]
        if request.get("strategy") == "fail" and others:
            raise Refused(4)
        process = self.process
        front, left = process and process.front, process and process.left
        if left is not None and self.now - left <= 1_000:
            process.front = True
        try:
            super().check_continued(request)
        finally:
            if process:
                process.front = front

    def accept(self, request):
        self.patience[request["id"]] = self.now + (2_000 if request.get("strategy") == "fail" else 5_000)
        super().accept(request)

    def may_start(self, request):
        room = request.get("strategy") == "fail" or self.room()
        return (not self.process.launching and room and not self.running(request["id"])
                and self.now >= self.patience[request["id"]])

    def due(self):
        first = self.outstanding(CONTINUED)[:1]
        begin = self.patience[first[0]["id"]] if first and self.process and not self.process.doomed else 0
        return min([moment for moment in (super().due(), begin) if moment and moment > self.now], default=None)

    def tick(self):
        super().tick()
        self.start_waiting()

    def end_process(self, body=None):
        super().end_process(body)
        self.drop(lambda request: request.get("strategy") == "fail")

    crashed = memory_killed = end_process


if __name__ == "__main__":
    serve(BackgroundStarts())
