#!/usr/bin/env node
'use strict';
// A bgspec adapter in JavaScript, with Node's own library alone: the wire, and the translation to `scheduler.js`.
//
//   bgspec smoke --adapter 'node conformance/examples/javascript/adapter.js'
//   bgspec test --adapter 'node conformance/examples/javascript/adapter.js'
//
// With `--fault cancel-forgets`, `no-limit` or `launch-before-date` the scheduler breaks a rule on purpose.

const readline = require('node:readline');
const { Scheduler, Raised, Refused } = require('./scheduler.js');

const HELLO = {
  protocol: 1,
  name: 'bgspec JavaScript example',
  version: '1.0',
  kinds: ['refresh', 'processing'],
  areas: ['CFG', 'REG', 'SUB', 'CAN', 'PEN', 'CON', 'LAU', 'CMP'],
  observes: ['launched', 'delivered', 'delivery_raised', 'submission_completed'],
  discretion: 'driven',
};

const faults = new Set(process.argv.slice(2).filter((word) => word !== '--fault'));
const returned = { void: 'returned' };
let scheduler = null;
let observed = [];

const report = (event, body) => observed.push({ at: scheduler.now, event: { [event]: body } });

/** The inputs of the world that this scheduler hears of; it needs none of the others. */
const WORLD = {
  device: (change) => Object.assign(scheduler.device, change),
  updated: (facts) => scheduler.update(facts),
  uninstalled: () => scheduler.uninstall(),
  started: ({ by }) => scheduler.start(by === 'person'),
  launch_finished: () => scheduler.launchFinished(),
  foreground: () => scheduler.move(true),
  background: () => scheduler.move(false),
  force_quit: () => scheduler.endProcess(true),
  crashed: () => scheduler.endProcess(),
  memory_killed: () => scheduler.endProcess(),
  reboot: () => scheduler.reboot(),
  grant: ({ id }) => scheduler.grant(id),
  clock: () => {},
};
const UNHEARD = ['installed', 'kept_awake', 'debugger', 'simulate_launch', 'simulate_expiration', 'take_back'];

/** The calls of the app, each with its answer. */
const CALLS = {
  register: ({ id, queue }, by) => raisingAs('register', () => scheduler.register(id, queue, by)),
  submit: (request, by) =>
    raisingAs('submit', () => {
      scheduler.submit(request, by);
      return 'accepted';
    }),
  submit_async: ({ submission, ...request }, by) =>
    raisingAs('void', () => {
      const { refused } = refusing(() => scheduler.submit(request, by)) ?? {};
      report('submission_completed', refused ? { submission, error: refused } : { submission });
      return 'returned';
    }),
  pending: () => ({ pending: [...scheduler.pending.values()] }),
  cancel: ({ id }) => (scheduler.cancel(id), returned),
  cancel_all: () => (scheduler.cancelAll(), returned),
  complete: ({ task }) => (scheduler.complete(task), returned),
  supported_resources: () => ({ supported_resources: { gpu: false } }),
};
// It keeps copies, expires nothing and runs one thread: nothing depends on these.
const WITHOUT_EFFECT = [
  'change_submitted',
  'change_listed',
  'set_expiration_handler',
  'block_queue',
  'unblock_queue',
  'work_began',
  'work_ended',
];

function refusing(call) {
  try {
    return call();
  } catch (error) {
    if (error instanceof Refused) return { refused: error.code };
    throw error;
  }
}

function raisingAs(answer, call) {
  try {
    return { [answer]: refusing(call) };
  } catch (error) {
    if (error instanceof Raised) return { [answer]: { raised: error.message } };
    throw error;
  }
}

function apply({ at, by, event }) {
  scheduler.now = at;
  const [[name, body]] = Object.entries(event);
  const applied = {};
  if (name in CALLS) applied.answer = CALLS[name](body, by);
  else if (WITHOUT_EFFECT.includes(name)) applied.answer = returned;
  else if (name in WORLD) WORLD[name](body);
  else if (!UNHEARD.includes(name)) throw new Error(`${name} is more than this adapter declares`);
  if (name === 'clock') applied.reached = at;
  applied.observed = observed;
  observed = [];
  return applied;
}

function reply(request) {
  try {
    if (request.hello) return { hello: HELLO };
    if (request.apply) return { applied: apply(request.apply) };
    observed = [];
    scheduler = new Scheduler(request.reset, faults, report);
    return { done: {} };
  } catch (error) {
    // Whatever it is, the runner is to hear of it.
    return { error: `${error.name}: ${error.message}` };
  }
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id: request.id, ...reply(request) })}\n`);
});
