import { answeringAtCase, askForCustomer, customerAtCase, type CustomerState } from '../platform/at-the-case.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { CaseScopeFacts } from '../platform/case-scope.ts';
import { maySee } from './audience.ts';
import { frameOf, type Connection } from './connection.ts';

export type PresenceState = 'viewing' | 'typing';
interface Person {
  agentId: string;
  name: string;
  state: PresenceState;
}
interface Watch {
  accountId: string;
  caseId: string;
  state: PresenceState;
  typedAt: number;
  /** What is typed goes to the customer. */
  isAnswer: boolean;
  /** What was told last, so that nothing is told twice. */
  told: string;
}
/** All people one process has on one case, told as a whole: a letter that is lost or comes twice does no harm. */
interface Letter {
  from: string;
  accountId: string;
  caseId: string;
  people: Person[];
}

const SUBJECT = 'live.presence';
const ASK = 'live.presence.ask';
// A browser that types says so again every few seconds.
const TYPING_MS = 8_000;
const TELL_AGAIN_MS = 15_000;
// Two tellings may be lost before a process that died is forgotten.
const FORGET_MS = 40_000;

/** What one process last saw of a customer. */
interface Sighting {
  state: Exclude<CustomerState, 'gone'>;
  until: number;
}

const keyOf = (accountId: string, caseId: string) => `${accountId}:${caseId}`;

function merge(lists: Iterable<readonly Person[]>): Person[] {
  const people = new Map<string, Person>();
  for (const list of lists) for (const person of list) if (person.state === 'typing' || !people.has(person.agentId)) people.set(person.agentId, person);
  return [...people.values()].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
}

export interface Presence {
  /** The browser looks at this case now (at none with null). Who may not see the case is not there and is told nothing. */
  update(connection: Connection, caseId: string | null, state: PresenceState, isAnswer?: boolean): Promise<void>;
  leave(connection: Connection): void;
  /** The case or somebody's rights changed: who may not see it any more is not there any more. */
  recheckCase(accountId: string, caseId: string): Promise<void>;
  recheckConnection(connection: Connection): Promise<void>;
  /** Lets typing and dead processes' people expire; call about every second. */
  tick(): void;
  stop(): void;
}

/**
 * Who looks at a case and who is writing, over all tabs and processes, and whether the customer of a live conversation is there. Told to those who look at the same case, never to the
 * person itself; the customer's channel hears whether somebody writes to them.
 * `findFacts` answers where a case stands; `self` names this process.
 */
export function createPresence(bus: Bus, self: string, now: () => number, findFacts: (accountId: string, caseId: string) => Promise<CaseScopeFacts | undefined>): Presence {
  const watches = new Map<Connection, Watch>();
  const watchers = new Map<string, Set<Connection>>();
  const elsewhere = new Map<string, Map<string, { people: Person[]; until: number }>>();
  const sightings = new Map<string, Map<string, Sighting>>();
  /** Counts up with every word of a connection, so that a slow answer about the case before never wins over the case after. */
  const latest = new WeakMap<Connection, number>();
  let toldAgainAt = now();

  function* here(key: string): Iterable<Person[]> {
    for (const connection of watchers.get(key) ?? []) {
      const watch = watches.get(connection);
      if (watch) yield [{ agentId: connection.actor.agentId, name: connection.actor.name, state: watch.state }];
    }
  }
  function* everywhere(key: string): Iterable<Person[]> {
    yield* here(key);
    for (const { people } of elsewhere.get(key)?.values() ?? []) yield people;
  }

  function customerOf(key: string): Sighting['state'] | undefined {
    const states = [...(sightings.get(key)?.values() ?? [])].map(({ state }) => state);
    return (['typing', 'there'] as const).find((state) => states.includes(state));
  }
  function tell(key: string): void {
    const set = watchers.get(key);
    if (!set) return;
    const all = merge(everywhere(key));
    const customer = customerOf(key);
    for (const connection of set) {
      const watch = watches.get(connection);
      if (!watch) continue;
      const people = all.filter((person) => person.agentId !== connection.actor.agentId);
      const frame = { type: 'presence' as const, caseId: watch.caseId, people, ...(customer === undefined ? {} : { customer }) };
      const text = JSON.stringify(frame);
      if (text === watch.told) continue;
      watch.told = text;
      connection.send(frameOf(frame));
    }
  }
  function publish(accountId: string, caseId: string): void {
    bus.publish(SUBJECT, { from: self, accountId, caseId, people: merge(here(keyOf(accountId, caseId))) } satisfies Letter);
  }
  function changed(accountId: string, caseId: string): void {
    tell(keyOf(accountId, caseId));
    publish(accountId, caseId);
  }
  const tellCustomer = ({ accountId, caseId }: Watch, name: string | null) => answeringAtCase.tell(bus, { accountId, caseId, name });
  /** What this connection does now; the customer hears when it begins, goes on or ends to write to them. */
  function turn(connection: Connection, watch: Watch, state: PresenceState, isAnswer: boolean): boolean {
    const wasAnswering = watch.state === 'typing' && watch.isAnswer;
    const isOther = watch.state !== state;
    Object.assign(watch, { state, isAnswer });
    if (state === 'typing') watch.typedAt = now();
    if (state === 'typing' && isAnswer) tellCustomer(watch, connection.actor.name);
    else if (wasAnswering) tellCustomer(watch, null);
    return isOther;
  }
  function remove(connection: Connection): void {
    const watch = watches.get(connection);
    if (!watch) return;
    turn(connection, watch, 'viewing', false);
    watches.delete(connection);
    const key = keyOf(watch.accountId, watch.caseId);
    const set = watchers.get(key);
    set?.delete(connection);
    if (set?.size === 0) {
      watchers.delete(key);
      sightings.delete(key);
    }
    changed(watch.accountId, watch.caseId);
  }

  const stops = [
    bus.subscribe(SUBJECT, (payload) => {
      const { from, accountId, caseId, people } = payload as Letter;
      if (from === self) return;
      const key = keyOf(accountId, caseId);
      const processes = elsewhere.get(key) ?? new Map();
      if (people.length > 0) processes.set(from, { people, until: now() + FORGET_MS });
      else processes.delete(from);
      if (processes.size > 0) elsewhere.set(key, processes);
      else elsewhere.delete(key);
      tell(key);
    }),
    customerAtCase.hear(bus, ({ from, accountId, caseId, state }) => {
      const key = keyOf(accountId, caseId);
      // Kept for as long as somebody here looks; whoever begins to look asks.
      if (!watchers.has(key)) return;
      const seen = sightings.get(key) ?? new Map<string, Sighting>();
      if (state === 'gone') seen.delete(from);
      else sightings.set(key, seen.set(from, { state, until: now() + FORGET_MS }));
      tell(key);
    }),
    bus.subscribe(ASK, (from) => {
      if (from !== self) tellAgain();
    }),
  ];
  const tellAgain = () => {
    for (const set of watchers.values()) {
      const [first] = set;
      const watch = first && watches.get(first);
      if (!watch) continue;
      publish(watch.accountId, watch.caseId);
      if (sightings.has(keyOf(watch.accountId, watch.caseId))) askForCustomer.tell(bus, { accountId: watch.accountId, caseId: watch.caseId });
    }
  };
  bus.publish(ASK, self);

  async function isVisible(connection: Connection, caseId: string): Promise<boolean> {
    const facts = await findFacts(connection.accountId, caseId);
    return facts !== undefined && maySee(connection.actor, facts);
  }

  async function recheckConnection(connection: Connection): Promise<void> {
    const watch = watches.get(connection);
    if (!watch) return;
    if (!(await isVisible(connection, watch.caseId)) && watches.get(connection) === watch) remove(connection);
  }

  return {
    async update(connection, caseId, state, isAnswer = false) {
      const word = (latest.get(connection) ?? 0) + 1;
      latest.set(connection, word);
      const before = watches.get(connection);
      if (before && before.caseId === caseId) {
        if (turn(connection, before, state, isAnswer)) changed(connection.accountId, caseId);
        return;
      }
      remove(connection);
      if (caseId === null || !(await isVisible(connection, caseId))) return;
      if (latest.get(connection) !== word || !connection.isOpen()) return;
      const watch: Watch = { accountId: connection.accountId, caseId, state: 'viewing', typedAt: now(), isAnswer: false, told: JSON.stringify({ type: 'presence', caseId, people: [] }) };
      watches.set(connection, watch);
      const key = keyOf(connection.accountId, caseId);
      watchers.set(key, (watchers.get(key) ?? new Set()).add(connection));
      turn(connection, watch, state, isAnswer);
      changed(connection.accountId, caseId);
      askForCustomer.tell(bus, { accountId: connection.accountId, caseId });
    },
    leave: remove,
    async recheckCase(accountId, caseId) {
      await Promise.all([...(watchers.get(keyOf(accountId, caseId)) ?? [])].filter(({ actor }) => actor.caseScope !== 'all' || !actor.permissions.has('case.delete')).map(recheckConnection));
    },
    recheckConnection,
    tick() {
      for (const [connection, watch] of watches) {
        if (watch.state !== 'typing' || now() - watch.typedAt < TYPING_MS) continue;
        turn(connection, watch, 'viewing', false);
        changed(watch.accountId, watch.caseId);
      }
      for (const [key, processes] of elsewhere) {
        const sizeBefore = processes.size;
        for (const [from, { until }] of processes) if (until <= now()) processes.delete(from);
        if (processes.size === 0) elsewhere.delete(key);
        if (processes.size !== sizeBefore) tell(key);
      }
      for (const [key, seen] of sightings) {
        const sizeBefore = seen.size;
        for (const [from, { until }] of seen) if (until <= now()) seen.delete(from);
        if (seen.size !== sizeBefore) tell(key);
      }
      if (now() - toldAgainAt < TELL_AGAIN_MS) return;
      toldAgainAt = now();
      tellAgain();
    },
    stop() {
      for (const stop of stops) stop();
      for (const connection of [...watches.keys()]) remove(connection);
    },
  };
}
