"""Right in that it always lists the request of a running task (PEN-2: the header says "not yet completed"), the one
of a continued task too, and beside it the request that was submitted under its identifier since (SUB-8).
"""

from core.wire import serve
from steady import Steady


class RunningListed(Steady):
    def pending(self, body):
        running = [{name: value for name, value in task.request.items() if name != "dismissed"}
                   for task in self.tasks.values()]
        return running + super().pending(body)


if __name__ == "__main__":
    serve(RunningListed())
