'use strict';
// A small scheduler of its own: the implementation under test. Put yours in its place.
//
// It has refresh and processing, launches what is granted, never expires a task and never suspends the app. It tells
// what it does to whoever listens: `on(event, body)`.

const NO_HANDLER = (id) => `No launch handler registered for task with identifier ${id}`;
const LIMITS = { refresh: 1, processing: 10 };
const MODES = { refresh: 'fetch', processing: 'processing' };

/** It raises in the app, which ends it. */
class Raised extends Error {}

/** A submission fails with this code. */
class Refused extends Error {
  static UNAVAILABLE = 1;
  static TOO_MANY_PENDING = 2;
  static NOT_PERMITTED = 3;

  constructor(code) {
    super(`refused with ${code}`);
    this.code = code;
  }
}

class Scheduler {
  constructor(facts, faults, on) {
    this.on = on;
    this.faults = faults;
    this.os = facts.os.split('.').map(Number);
    this.bundle = facts.bundle;
    this.permitted = facts.permitted ?? [];
    this.modes = facts.modes ?? [];
    this.simulator = facts.platform === 'simulator';
    this.passcode = facts.passcode ?? true;
    this.extensions = new Map((facts.extensions ?? []).map((each) => [each.name, each.schedules]));
    this.device = {
      network: true,
      power: false,
      in_use: false,
      unlocked_once: true,
      low_power: false,
      background_refresh: 'available',
      background_launches_denied: false,
      ...facts.device,
    };
    this.now = 0;
    this.process = null;
    this.forceQuit = false;
    this.pending = new Map(); // identifier -> request
    this.deliveries = new Map(); // identifier -> how many so far
  }

  isAtLeast(major) {
    return this.os[0] >= major;
  }

  // ---- what the app calls

  register(id, queue, extension) {
    if (extension || !this.isPermitted(id)) return this.isPermitted(id);
    if (this.process.handlers.has(id)) {
      throw new Raised(`Launch handler for task with identifier ${id} has already been registered`);
    }
    if (!this.isAtLeast(26) && !this.process.launching) {
      throw new Raised('All launch handlers must be registered before application finishes launching');
    }
    this.process.handlers.set(id, queue ?? 'own');
    return true;
  }

  submit(request, extension) {
    const { id, kind } = request;
    if (!extension && this.isPermitted(id) && !this.process.handlers.has(id)) throw new Raised(NO_HANDLER(id));
    if (!this.isPermitted(id)) throw new Refused(Refused.NOT_PERMITTED);
    if (this.simulator || (extension && !this.extensions.get(extension))) throw new Refused(Refused.UNAVAILABLE);
    if (!this.modes.includes(MODES[kind]) || this.launchesAreDenied()) throw new Refused(Refused.NOT_PERMITTED);
    if (this.device.background_refresh !== 'available') throw new Refused(Refused.UNAVAILABLE);
    const others = [...this.pending.values()].filter((other) => other.kind === kind && other.id !== id);
    const replacesItsKind = this.pending.get(id)?.kind === kind;
    if (others.length >= LIMITS[kind] && !replacesItsKind && !this.faults.has('no-limit')) {
      throw new Refused(Refused.TOO_MANY_PENDING);
    }
    this.pending.set(id, request);
  }

  cancel(id) {
    if (!this.faults.has('cancel-forgets')) this.pending.delete(id);
  }

  cancelAll() {
    this.pending.clear();
  }

  complete(task) {
    this.process.running.delete(task.slice(0, task.lastIndexOf('#')));
  }

  // ---- what the world does

  start(byPerson) {
    this.process = newProcess(byPerson);
    if (byPerson) {
      this.forceQuit = false;
      this.device.in_use = true;
    }
  }

  launchFinished() {
    const { parked } = this.process;
    Object.assign(this.process, { launching: false, parked: [] });
    // Where one raises, the exception ends the process and the others with it.
    parked.every((request) => this.deliver(request));
  }

  move(foreground) {
    this.process.foreground = foreground;
    if (foreground) this.device.in_use = true;
  }

  endProcess(byPerson = false) {
    this.process = null;
    this.forceQuit ||= byPerson;
  }

  reboot() {
    this.endProcess();
    Object.assign(this.device, { locked: this.passcode, unlocked_once: false, in_use: false });
  }

  update(facts) {
    this.endProcess();
    this.permitted = facts.permitted ?? this.permitted;
    this.modes = facts.modes ?? this.modes;
  }

  uninstall() {
    this.endProcess();
    this.pending.clear();
    this.forceQuit = false;
  }

  /** The runner grants a launch: it happens now if nothing stands in its way, or not at all. */
  grant(id) {
    const request = this.pending.get(id);
    if (!request || !this.mayLaunch(request)) return;
    this.pending.delete(id);
    if (!this.process) {
      this.process = newProcess(false);
      this.on('launched', { ids: [id] });
    }
    if (this.process.launching) this.process.parked.push(request);
    else this.deliver(request);
  }

  mayLaunch({ id, kind, earliest, network, power }) {
    const { device, process } = this;
    if (this.now < (earliest ?? this.now) && !this.faults.has('launch-before-date')) return false;
    if ((network && !device.network) || (power && !device.power)) return false;
    if (!device.unlocked_once || device.background_refresh !== 'available' || this.launchesAreDenied()) return false;
    if (kind === 'refresh' && (device.low_power || this.forceQuit)) return false;
    if (kind === 'processing' && (device.in_use || (this.forceQuit && !this.isAtLeast(17)))) return false;
    return !process || (!process.foreground && !process.running.has(id));
  }

  deliver({ id, kind }) {
    const queue = this.process.handlers.get(id);
    if (queue === undefined) {
      this.on('delivery_raised', { id, text: NO_HANDLER(id) });
      return false;
    }
    const n = (this.deliveries.get(id) ?? 0) + 1;
    this.deliveries.set(id, n);
    this.process.running.add(id);
    this.on('delivered', { task: `${id}#${n}`, kind, queue });
    return true;
  }

  // ---- permissions

  isPermitted(id) {
    if (!Array.isArray(this.permitted) || !id) return false;
    if (!this.isAtLeast(26)) return this.permitted.includes(id);
    if (this.permitted.includes(id)) return !id.includes('*');
    return this.permitted
      .filter((entry) => entry.endsWith('.*') && entry.startsWith(`${this.bundle}.`))
      .some((entry) => id.startsWith(entry.slice(0, -1)) && id.length >= entry.length);
  }

  launchesAreDenied() {
    return this.isAtLeast(26) && this.device.background_launches_denied;
  }
}

function newProcess(foreground) {
  return { foreground, launching: true, handlers: new Map(), parked: [], running: new Set() };
}

module.exports = { Scheduler, Raised, Refused };
