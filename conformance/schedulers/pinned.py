"""Right in that it says beforehand which way it goes: nearly every setting that an implementation holds to is pinned
to what it does, and it is then held to that.
"""

from core.wire import serve
from steady import Steady


class Pinned(Steady):
    pins = {
        "unpermitted_register": "returns_false", "late_launch_registration": "returns_true", "wildcard_depth": "any",
        "wildcard_literal_register": "returns_false", "wildcard_for_other_kinds": "refused",
        "continued_bundle_prefix": "accepted", "continued_mode": "none", "refresh_limit": "1", "processing_limit": "10",
        "health_shares_processing_limit": "no", "health_needs_idle": "yes", "sync_submit_errors": "reported",
        "low_power_refuses_submit": "no", "bar_refuses_continued": "no", "continued_resubmit_while_running": "refused",
        "cancel_running_continued": "nothing", "pending_includes_running": "no", "continued_in_pending": "yes",
        "continued_capacity": "2", "waiting_starts_in_background": "no", "pending_kept_when_refresh_off": "yes",
        "low_power_blocks_refresh": "yes", "continued_launch_loss": "never", "expire_on_lost_condition": "no",
        "lock_pauses": "no", "pending_survives_reboot": "yes", "pending_survives_update": "yes",
        "force_quit_drops_refresh": "no", "waiting_survives_process": "yes", "mac_scheduler": "works",
        "reboot_clears_force_quit": "no", "expiration_queue": "background", "reaction_time": "1 s",
        "finished_card_time": "3 s", "processing_needs_idle": "yes", "failed_card_replaced_on_retry": "no",
    }


if __name__ == "__main__":
    serve(Pinned())
