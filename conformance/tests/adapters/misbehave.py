"""The reference scheduler behind an adapter that misbehaves in one way: `misbehave.py BGSPEC WAY [ARGUMENT…]`.

Each way is one function below; it is given the number of the request, the request and the right reply, and gives what
is written instead: a reply, bytes, or None for the right reply.
"""

import json
import os
import subprocess
import sys

BGSPEC, WAY, ARGUMENTS = sys.argv[1], sys.argv[2], sys.argv[3:]
STARTED = False  # whether a process of the app was there, for `delivers_to_nobody`


def event_of(request):
    return next(iter(request.get("apply", {}).get("event", {}).items()), (None, None))


def dies(number, request, reply):
    """Ends at its Nth request, or at an event of that name."""
    if ARGUMENTS[0] in (str(number), event_of(request)[0]):
        print("no more paper", file=sys.stderr, flush=True)
        if len(ARGUMENTS) > 1:
            os.kill(os.getpid(), int(ARGUMENTS[1]))
        sys.exit(7)


def fails_once(number, request, reply):
    """Goes wrong at the first cancel of all its processes: the file named first remembers."""
    mark, how = ARGUMENTS
    if event_of(request)[0] != "cancel" or os.path.exists(mark):
        return None
    open(mark, "w").close()
    if how == "dies":
        print("no more paper", file=sys.stderr, flush=True)
        sys.exit(9)
    if how == "reports":
        return {"id": request["id"], "error": "no more paper"}
    return b"no more paper\n"


def answers_twice(number, request, reply):
    if event_of(request)[0] == ARGUMENTS[0]:
        return (json.dumps(reply) + "\n").encode() * 2


def answers_another(number, request, reply):
    if event_of(request)[0] == "cancel":
        return dict(reply, id=request["id"] + 1000)


def closes(number, request, reply):
    """Closes its output at the first cancel, and lives on."""
    if event_of(request)[0] == "cancel":
        os.close(1)
        while sys.stdin.buffer.readline():
            pass
        os._exit(0)


def leaks(number, request, reply):
    """Starts a process that outlives it."""
    if number == 1:
        subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def leaks_and_dies(number, request, reply):
    """Dies, and leaves its output to a process that it started."""
    if event_of(request)[0] == "cancel":
        subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL)
        os._exit(0)


def floods(number, request, reply):
    if event_of(request)[0] == "cancel":
        return b"x" * (9 << 20)


def floods_observations(number, request, reply):
    if event_of(request)[0] == "cancel":
        seen = {"at": request["apply"]["at"], "event": {"card": {"task": "a#1", "is": "gone"}}}
        return dict(reply, applied=dict(reply["applied"], observed=[seen] * 20_000))


def floods_the_list(number, request, reply):
    if event_of(request)[0] == "pending":
        entries = [{"id": f"a{n}", "kind": "refresh"} for n in range(20_000)]
        return dict(reply, applied=dict(reply["applied"], answer={"pending": entries}))


def lies(number, request, reply):
    """Observes what its hello does not declare."""
    if "hello" in reply:
        reply["hello"]["observes"] = ["launched"]


def changes(number, request, reply):
    """Says another version of itself each time that it is asked."""
    if "hello" in reply:
        reply["hello"]["version"] = str(number)


def says_hello(number, request, reply):
    if "hello" in reply:
        reply["hello"].update(json.loads(ARGUMENTS[0]))


def empty_hello(number, request, reply):
    if "hello" in reply:
        return {"id": request["id"], "hello": {}}


def reports(number, request, reply):
    if "apply" in request:
        return {"id": request["id"], "error": "not yet"}


def reaches(number, request, reply):
    if event_of(request)[0] == "clock":
        reply["applied"]["reached"] = int(ARGUMENTS[0])


def raises(number, request, reply):
    text = json.loads(ARGUMENTS[0])
    if event_of(request)[0] == "register":
        reply["applied"]["answer"] = {"register": {"raised": text * int(ARGUMENTS[1])}}


def is_named(number, request, reply):
    if "hello" in reply:
        reply["hello"]["name"] = json.loads(ARGUMENTS[0]) * int(ARGUMENTS[1])


def errs(number, request, reply):
    if event_of(request)[0] == "register":
        return {"id": request["id"], "error": json.loads(ARGUMENTS[0])}


def delivers_to_nobody(number, request, reply):
    """Delivers a task before any process was there."""
    global STARTED
    STARTED = "reset" not in request and (STARTED or event_of(request)[0] in ("started", "grant"))
    if event_of(request)[0] == "clock" and not STARTED:
        delivered = {"delivered": {"task": "com.example.app.sync#1", "kind": "refresh"}}
        reply["applied"]["observed"] = [{"at": reply["applied"]["reached"], "event": delivered}]


def is_early(number, request, reply):
    """Delivers before time began."""
    name, body = event_of(request)
    if name == "submit" and reply["applied"]["answer"] == {"submit": "accepted"}:
        task = {"task": body["id"] + "#1", "kind": body["kind"], "queue": "own"}
        reply["applied"]["observed"] = [{"at": -1, "event": {"delivered": task}}]


def hides_a_request(number, request, reply):
    """Breaks PEN-1: the pending list lacks its last request."""
    listed = reply.get("applied", {}).get("answer", {})
    if isinstance(listed, dict) and listed.get("pending"):
        listed["pending"].pop()


def main():
    change = globals()[WAY]
    serve = subprocess.Popen([BGSPEC, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for number, line in enumerate(iter(sys.stdin.buffer.readline, b""), 1):
        request = json.loads(line)
        serve.stdin.write(line)
        serve.stdin.flush()
        reply = json.loads(serve.stdout.readline())
        if "hello" in reply:
            reply["hello"]["concurrent"] = False
        changed = change(number, request, reply)
        reply = reply if changed is None else changed
        sys.stdout.buffer.write(reply if isinstance(reply, bytes) else json.dumps(reply).encode() + b"\n")
        sys.stdout.buffer.flush()
    serve.stdin.close()
    serve.wait()


main()
