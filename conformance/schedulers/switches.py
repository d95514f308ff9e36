"""Right in that every switch of the person's refuses what it may: Low Power Mode a refresh (SUB-28), Background App
Refresh off a continued request (SUB-29), the denial of background launches with 1 from 27.0 (SUB-22); and it refuses
any identifier of over 100 characters (IDN-9). It drops what is pending while a switch is off (CON-17).
"""

from core.wire import CONTINUED, REFRESH, Refused, serve
from steady import Steady


class Switches(Steady):
    def check(self, request):
        super().check(request)
        if request["kind"] == REFRESH and self.device_is["low_power"]:
            raise Refused(1)
        if self.device_is["background_refresh"] != "available" or len(request["id"]) > 100:
            raise Refused(1)

    def device(self, change):
        super().device(change)
        if self.device_is["background_refresh"] != "available" or self.device_is["background_launches_denied"]:
            self.drop(lambda request: request["kind"] != CONTINUED)


if __name__ == "__main__":
    serve(Switches())
