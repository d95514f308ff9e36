"""Right in the smallest way: it declares four areas and two kinds, and of those keeps registration, submission,
cancelling and the pending list; it launches nothing, so it declares no observation at all. What is not declared is
not applicable to it (PROTOCOL.md), and a launch is never owed (CON-12).

A core of its own: two sets and a dictionary.
"""

from core.wire import PROCESSING, REFRESH, Raised, Refused, Wire, serve


class FourAreas(Wire):
    kinds, areas, observes = [REFRESH, PROCESSING], ["REG", "SUB", "CAN", "PEN"], []
    discretion, more = "autonomous", {}

    def reset(self, header):
        super().reset(header)
        self.header, self.requests, self.version = header, {}, [int(part) for part in header["os"].split(".")]
        self.switches = {"background_refresh": "available", "background_launches_denied": False, **header.get("device", {})}
        self.end()

    def end(self, _=None):
        self.handlers, self.launching = set(), True

    crashed = memory_killed = force_quit = reboot = end

    def updated(self, body):
        self.end()
        self.header.update({name: value for name, value in body.items() if value is not None})

    def uninstalled(self, _):
        self.end()
        self.requests.clear()

    def device(self, change):
        self.switches.update(change)

    def launch_finished(self, _):
        self.launching = False

    def permits(self, id):
        return id and isinstance(self.header.get("permitted"), list) and id in self.header["permitted"]

    def register(self, body):
        id = body["id"]
        if self.by or not self.permits(id):
            return False
        if id in self.handlers:
            raise Raised(f"Launch handler for task with identifier {id} has already been registered")
        if self.version < [26] and not self.launching:
            raise Raised("All launch handlers must be registered before application finishes launching")
        self.handlers.add(id)
        return True

    def submit(self, body):
        id, kind = body["id"], body["kind"]
        if not self.permits(id):
            raise Refused(3)
        if not self.by and id not in self.handlers:
            raise Raised(f"No launch handler registered for task with identifier {id}")
        if self.switches["background_launches_denied"] and self.version >= [26]:
            raise Refused(3)
        if self.switches["background_refresh"] != "available":
            raise Refused(1)
        others = [one for one in self.requests.values() if one["kind"] == kind and one["id"] != id]
        if len(others) >= {REFRESH: 1, PROCESSING: 10}[kind]:
            raise Refused(2)
        self.requests[id] = {name: value for name, value in body.items() if value is not None}
        return "accepted"

    def cancel(self, body):
        self.requests.pop(body["id"], None)

    def cancel_all(self, _):
        self.requests.clear()

    def pending(self, _):
        return list(self.requests.values())


if __name__ == "__main__":
    serve(FourAreas())
