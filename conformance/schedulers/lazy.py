"""Right in the lazy way: it launches nothing by itself (CON-12: a launch is never owed), only what the debugger
simulates (DBG-2). A continued request under `fail` is always refused (SUB-18), one under `queue` waits for ever
(SUB-19).
"""

from core.wire import serve
from steady import Steady


class Lazy(Steady):
    discretion = "autonomous"

    def room(self):
        return False


if __name__ == "__main__":
    serve(Lazy())
