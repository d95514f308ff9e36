#!/usr/bin/env node
// node-schedule behind the adapter protocol, on the clock of @sinonjs/fake-timers.
//
// A submission is a job with a date, a cancel cancels it, the pending list is the library's own, and a task is a job that
// the library runs: what the library does is passed on, and nothing is done in its place. The library lives in the app's
// process and keeps its jobs in memory: they end with the process. README.md says what differs, and whether that is a
// choice or a breach.
//
//     bgspec test --adapter 'node conformance/peers/node-schedule/adapter.js'
//
// With --without CALL it leaves one call of the library out, to see that the suite misses it.

'use strict';

const readline = require('node:readline');

const EPOCH = Date.UTC(2026, 0, 1);
// Before the library is loaded: it is to see no other clock.
const clock = require('@sinonjs/fake-timers').install({
  now: EPOCH,
  toFake: ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
});
const schedule = require('node-schedule');

const CALLS = ['cancelJob', 'cancel', 'date'];
const HELLO = {
  protocol: 1,
  name: 'node-schedule',
  version: require('node-schedule/package.json').version,
  kinds: ['refresh', 'processing'],
  areas: ['SUB', 'CAN', 'PEN', 'CON', 'LAU', 'CMP', 'LIF'],
  // It knows no device, no limits, neither the foreground nor a force-quit, and keeps nothing beyond the process.
  unmodelled: [
    ...['network', 'power', 'in_use', 'unlocked_once', 'low_power', 'background_refresh', 'background_launches'],
    ...['SUB-3', 'SUB-5', 'SUB-6', 'CON-8', 'CON-9', 'CON-10', 'CON-11', 'LIF-1', 'SUB-14'],
  ],
  // What it never does it would tell, so that nobody supposes it to have happened unseen.
  observes: ['delivered', 'delivery_raised', 'suspended', 'killed'],
  discretion: 'autonomous',
};
// Calls that return nothing; those without a function here concern nothing that the library has.
const VOID = new Set([
  ...['submit_async', 'cancel', 'cancel_all', 'complete', 'change_submitted', 'change_listed'],
  ...['set_expiration_handler', 'block_queue', 'unblock_queue', 'work_began', 'work_ended'],
]);

const without = process.argv[2] === '--without' ? process.argv[3] : undefined;
if (without !== undefined && !CALLS.includes(without)) {
  process.stderr.write(`--without ${without}: expected one of ${CALLS.join(', ')}\n`);
  process.exit(2);
}

let seen = []; // observations since the last reply
let running = new Map(); // the name of a task -> what ends it
let deliveries = new Map(); // an identifier -> how many so far

const now = () => Date.now() - EPOCH;

function observe(event, body) {
  seen.push({ at: now(), event: { [event]: body } });
}

// The library runs a job: it lasts until the app completes it.
function deliver(request) {
  const count = (deliveries.get(request.id) ?? 0) + 1;
  deliveries.set(request.id, count);
  const task = `${request.id}#${count}`;
  observe('delivered', { task, kind: request.kind });
  return new Promise((resolve) => running.set(task, resolve));
}

function endProcess() {
  schedule.gracefulShutdown();
  running = new Map();
}

// Time passes until the first moment with observations.
function pass(until) {
  clock.tick(0);
  while (seen.length === 0 && now() < until) {
    const due = Object.values(schedule.scheduledJobs)
      .map((job) => job.nextInvocation())
      .filter((date) => date !== null)
      .map((date) => date.getTime() - EPOCH);
    // Of two jobs of one date the second runs a millisecond later: no timer of Node's is shorter.
    clock.tick(Math.max(Math.min(until, ...due) - now(), 1));
  }
  return now();
}

// ---- what the app calls

const calls = {
  register: () => true,

  supported_resources: () => ({ gpu: false }),

  submit(request) {
    // A second job of a name would leave the first one running: it is cancelled before, as the library wants it.
    if (without !== 'cancel') schedule.scheduledJobs[request.id]?.cancel();
    const date = without === 'date' ? now() : (request.earliest ?? now());
    const job = schedule.scheduleJob(request.id, new Date(EPOCH + date), () => deliver(request));
    schedule.scheduledJobs[request.id].request = structuredClone(request);
    // How it says no.
    return job === null ? { refused: 1, domain: 'node-schedule' } : 'accepted';
  },

  submit_async({ submission, ...request }) {
    calls.submit(request);
  },

  pending: () => Object.values(schedule.scheduledJobs).map((job) => job.request),

  cancel({ id }) {
    if (without !== 'cancelJob') schedule.cancelJob(id);
  },

  cancel_all() {
    for (const job of Object.values(schedule.scheduledJobs)) job.cancel();
  },

  complete({ task }) {
    running.get(task)?.();
    running.delete(task);
  },
};

const ENDS = new Set(['crashed', 'memory_killed', 'force_quit', 'reboot', 'updated', 'uninstalled']);
const ANSWERS = new Set(['register', 'submit', 'pending', 'supported_resources']);

function apply({ at, event }) {
  const [[name, body]] = Object.entries(event);
  const reply = {};
  if (name === 'clock') {
    reply.reached = pass(at);
  } else if (ANSWERS.has(name)) {
    reply.answer = { [name]: calls[name](body) };
  } else if (VOID.has(name)) {
    calls[name]?.(body);
    reply.answer = { void: 'returned' };
  } else if (ENDS.has(name)) {
    endProcess();
  }
  // What is due at once.
  clock.tick(0);
  if (seen.length > 0) reply.observed = seen;
  seen = [];
  return { applied: reply };
}

function reset() {
  endProcess();
  clock.setSystemTime(EPOCH);
  seen = [];
  deliveries = new Map();
  return { done: {} };
}

function reply(request) {
  try {
    if (request.hello) return { hello: HELLO };
    return request.reset ? reset() : apply(request.apply);
  } catch (error) {
    return { error: String(error) };
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id: request.id, ...reply(request) })}\n`);
});
