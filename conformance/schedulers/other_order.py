"""Right in that it lists in another order each time it is asked (PEN-1: in any order), and delivers the tasks of one
launch last first (LAU-4).
"""

from core.wire import serve
from steady import Steady


class OtherOrder(Steady):
    def reset(self, header):
        super().reset(header)
        self.asked = 0

    def pending(self, body):
        requests = sorted(super().pending(body), key=lambda request: (len(request["id"]), request["id"]))
        self.asked += 1
        turn = self.asked % (len(requests) or 1)
        return requests[turn:] + requests[:turn]

    def launch_finished(self, body):
        self.process.coming.reverse()
        super().launch_finished(body)


if __name__ == "__main__":
    serve(OtherOrder())
