// The common workload under fast-check: `workload.mjs steps RUNS`, `workload.mjs shrink SEEDS`.

import fc from "fast-check";

const [IDLE, PENDING, FRESH, STALE, EXPIRING] = [0, 1, 2, 3, 4];

class Workload {
  constructor(tasks, most) {
    this.most = most;
    this.tasks = new Array(tasks).fill(IDLE);
    this.network = false;
    this.power = false;
    this.expired = new Array(tasks).fill(0);
  }
  active() {
    return this.tasks.filter((task) => task >= FRESH).length;
  }
  may(what, i) {
    const task = this.tasks[i];
    switch (what) {
      case "network":
      case "power":
        return true;
      case "tick":
        return this.tasks.some((task) => task === FRESH || task === STALE);
      case "submit":
        return task === IDLE;
      case "cancel":
        return task === PENDING;
      case "launch":
        return task === PENDING && (this.network || !(i & 1)) && (this.power || !(i & 2)) && this.active() < this.most;
      case "report":
        return task === STALE;
      default:
        return task >= FRESH;
    }
  }
  step(what, i) {
    if (what === "network" || what === "power") this[what] = !this[what];
    else if (what === "tick") {
      this.tasks.forEach((task, at) => (this.expired[at] += task === STALE ? 1 : 0));
      this.tasks = this.tasks.map((task) => (task === FRESH || task === STALE ? task + 1 : task));
    } else this.tasks[i] = { submit: PENDING, launch: FRESH, report: FRESH }[what] ?? IDLE;
  }
  enabled() {
    const events = [];
    for (const what of ["network", "power", "tick"]) if (this.may(what, 0)) events.push([what, 0]);
    for (let i = 0; i < this.tasks.length; i++)
      for (const what of ["submit", "cancel", "launch", "report", "complete"]) if (this.may(what, i)) events.push([what, i]);
    return events;
  }
}

const [, , question, count] = process.argv;

if (question === "steps") {
  // Every step is enabled: a choice picks one of those that are.
  const property = fc.property(fc.array(fc.nat(), { minLength: 100, maxLength: 100 }), (choices) => {
    const model = new Workload(10, 3);
    const copy = new Workload(10, 3);
    for (const choice of choices) {
      const enabled = model.enabled();
      const [what, i] = enabled[choice % enabled.length];
      model.step(what, i);
      copy.step(what, i);
      if (model.tasks.some((task, at) => task !== copy.tasks[at])) throw new Error("the copy is none");
    }
  });
  const since = process.cpuUsage();
  fc.assert(property, { numRuns: Number(count) });
  const used = process.cpuUsage(since);
  console.log((used.user + used.system) / 1e6, count);
} else {
  class Step {
    constructor(what, i) {
      this.what = what;
      this.i = i;
    }
    check(model) {
      return model.may(this.what, this.i);
    }
    run(model, real) {
      model.step(this.what, this.i);
      real.step(this.what, this.i);
      real.done += 1;
      if (this.what === "complete" && real.expired[this.i] >= 2) throw new Error("it fails");
    }
    toString() {
      return `${this.what} ${this.i}`;
    }
  }
  const of = (what) => fc.nat({ max: 3 }).map((i) => new Step(what, i));
  const commands = [
    ...["network", "power", "tick"].map((what) => fc.constant(new Step(what, 0))),
    ...["submit", "cancel", "launch", "report", "complete"].map(of),
  ];
  for (let seed = 0; seed < Number(count); seed++) {
    let [plays, failed, length] = [0, false, 0];
    const property = fc.property(fc.commands(commands, { maxCommands: 150, size: "max" }), (steps) => {
      plays += failed ? 1 : 0;
      const real = Object.assign(new Workload(4, 2), { done: 0 });
      try {
        fc.modelRun(() => ({ model: new Workload(4, 2), real }), steps);
      } catch (error) {
        failed = true;
        length = real.done;
        throw error;
      }
    });
    const result = fc.check(property, { seed, numRuns: 10000, endOnFailure: false });
    if (result.failed) console.log(length, plays);
  }
}
