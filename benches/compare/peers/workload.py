"""The common workload under Hypothesis: `workload.py steps RUNS`, `workload.py shrink SEEDS`."""

import sys
import time

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

IDLE, PENDING, FRESH, STALE, EXPIRING = range(5)


class Workload:
    def __init__(self, tasks, active):
        self.most, self.tasks, self.conditions = active, [IDLE] * tasks, [False, False]

    def active(self):
        return sum(task >= FRESH for task in self.tasks)

    def enabled(self):
        events = [("network", 0), ("power", 0)]
        if FRESH in self.tasks or STALE in self.tasks:
            events.append(("tick", 0))
        for i, task in enumerate(self.tasks):
            if task == IDLE:
                events.append(("submit", i))
            elif task == PENDING:
                events.append(("cancel", i))
                met = (self.conditions[0] or not i & 1) and (self.conditions[1] or not i & 2)
                if met and self.active() < self.most:
                    events.append(("launch", i))
            else:
                events.append(("complete", i))
                if task == STALE:
                    events.append(("report", i))
        return events

    def step(self, event):
        what, i = event
        if what == "network":
            self.conditions[0] = not self.conditions[0]
        elif what == "power":
            self.conditions[1] = not self.conditions[1]
        elif what == "tick":
            self.tasks = [task + 1 if task in (FRESH, STALE) else task for task in self.tasks]
        else:
            self.tasks[i] = {"submit": PENDING, "launch": FRESH, "report": FRESH}.get(what, IDLE)


class Copies(RuleBasedStateMachine):
    runs = 0

    def __init__(self):
        super().__init__()
        Copies.runs += 1
        self.model, self.copy = Workload(10, 3), Workload(10, 3)

    @rule(data=st.data())
    def step(self, data):
        event = data.draw(st.sampled_from(self.model.enabled()))
        self.model.step(event)
        self.copy.step(event)
        assert self.model.tasks == self.copy.tasks


class Faulty(RuleBasedStateMachine):
    plays, failed, last = 0, False, 0

    def __init__(self):
        super().__init__()
        Faulty.plays += Faulty.failed
        self.model, self.expired, self.steps = Workload(4, 2), [0] * 4, 0

    @rule(data=st.data())
    def step(self, data):
        event = data.draw(st.sampled_from(self.model.enabled()))
        self.steps += 1
        if event[0] == "tick":
            self.expired = [n + (task == STALE) for n, task in zip(self.expired, self.model.tasks)]
        self.model.step(event)
        if event[0] == "complete" and self.expired[event[1]] >= 2:
            Faulty.failed, Faulty.last = True, self.steps
            raise AssertionError("it fails")


def options(runs, steps, phases):
    return settings(
        max_examples=runs,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        verbosity=Verbosity.quiet,
        phases=phases,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )


if sys.argv[1] == "steps":
    since = time.process_time()
    run_state_machine_as_test(Copies, settings=options(int(sys.argv[2]), 100, [Phase.generate]))
    print(time.process_time() - since, Copies.runs)
else:
    for number in range(int(sys.argv[2])):
        Faulty.plays, Faulty.failed, Faulty.last = 0, False, 0
        machine = seed(number)(type(f"Seed{number}", (Faulty,), {}))
        try:
            run_state_machine_as_test(machine, settings=options(2000, 150, [Phase.generate, Phase.shrink]))
        except AssertionError:
            print(Faulty.last, Faulty.plays)
