"""Right in that it takes calls from several threads, each a while on its way before and after its effect, and answers
them in the order in which they are done (SUB-25: as if one after another).
"""

import sys
import threading

from core.wire import json, reply
from steady import Steady


class Overlapping(Steady):
    more = {"device": True, "concurrent": True}


def serve(scheduler):
    lock, out, open_calls = threading.Lock(), threading.Lock(), []

    def answer(line):
        with lock:
            text = reply(scheduler, line)
        with out:
            print(text, flush=True)

    for line in sys.stdin:
        if "apply" in json.loads(line):
            open_calls.append(threading.Thread(target=answer, args=(line,)))
            open_calls[-1].start()
        else:
            for call in open_calls:
                call.join()
            open_calls.clear()
            answer(line)


if __name__ == "__main__":
    serve(Overlapping())
