"""Right in that the synchronous submit reports success for whatever it refuses (SUB-12), and loses it: an older
request of the identifier stays as it was. What SUB-12 does not name is reported: a missing handler, an unpermitted
identifier, a lack of room, a missing entitlement. It is lossy from 27.0 on, as both profiles allow.
"""

from core.steady_calls import HEALTH_ENTITLEMENT
from core.wire import CONTINUED, HEALTH, Refused, serve
from steady import Steady


class Lossy(Steady):
    since = (27,)

    def submit(self, body):
        try:
            return super().submit(body)
        except Refused as refused:
            if self.version < self.since or "submission" in body or self.always_told(body, refused.args[0]):
                raise
            return "accepted"

    def always_told(self, request, code):
        """What SUB-12 does not speak of."""
        kind, permitted = request["kind"], self.permits(request["id"])
        entitled = HEALTH_ENTITLEMENT in self.facts["entitlements"] and self.facts["study_opt_in"]
        unscheduled = any(one["name"] == self.by and not one["schedules"] for one in self.facts.get("extensions", []))
        return (code == 4 or not permitted or self.facts.get("platform") == "simulator" or unscheduled
                or kind == HEALTH and not entitled or kind != CONTINUED and permitted != "exactly"
                or kind == CONTINUED and self.running(request["id"]))


if __name__ == "__main__":
    serve(Lossy())
