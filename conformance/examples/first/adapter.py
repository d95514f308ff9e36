import json, sys

HELLO = {"protocol": 1, "name": "first", "version": "0.1", "kinds": ["refresh"], "areas": ["PEN"], "observes": [], "discretion": "driven"}
VOID = "submit_async cancel cancel_all complete set_expiration_handler change_submitted change_listed block_queue unblock_queue work_began work_ended"
pending = {}

def apply(at, name, body):
    if name == "clock": return {"reached": at}
    if name in ("submit", "submit_async"): pending[body["id"]] = {k: v for k, v in body.items() if k != "submission"}
    if name == "cancel": pending.pop(body["id"], None)
    if name in ("cancel_all", "uninstalled"): pending.clear()
    answers = {"register": True, "submit": "accepted", "pending": list(pending.values()), "supported_resources": {"gpu": False}}
    if name in answers: return {"answer": {name: answers[name]}}
    return {"answer": {"void": "returned"}} if name in VOID.split() else {}

for line in sys.stdin:
    request = json.loads(line)
    if "hello" in request: reply = {"hello": HELLO}
    if "reset" in request: pending.clear(); reply = {"done": {}}
    if "apply" in request: reply = {"applied": apply(request["apply"]["at"], *next(iter(request["apply"]["event"].items())))}
    print(json.dumps({"id": request["id"], **reply}), flush=True)
