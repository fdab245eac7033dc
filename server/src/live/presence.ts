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

const keyOf = (accountId: string, caseId: string) => `${accountId}:${caseId}`;

function merge(lists: Iterable<readonly Person[]>): Person[] {
  const people = new Map<string, Person>();
  for (const list of lists) for (const person of list) if (person.state === 'typing' || !people.has(person.agentId)) people.set(person.agentId, person);
  return [...people.values()].sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
}

export interface Presence {
  /** The browser looks at this case now (at none with null). Who may not see the case is not there and is told nothing. */
  update(connection: Connection, caseId: string | null, state: PresenceState): Promise<void>;
  leave(connection: Connection): void;
  /** The case or somebody's rights changed: who may not see it any more is not there any more. */
  recheckCase(accountId: string, caseId: string): Promise<void>;
  recheckConnection(connection: Connection): Promise<void>;
  /** Lets typing and dead processes' people expire; call about every second. */
  tick(): void;
  stop(): void;
}

/**
 * Who looks at a case and who is writing, over all tabs and processes. Told to those who look at the same case, never to the person itself.
 * `findFacts` answers where a case stands; `self` names this process.
 */
export function createPresence(bus: Bus, self: string, now: () => number, findFacts: (accountId: string, caseId: string) => Promise<CaseScopeFacts | undefined>): Presence {
  const watches = new Map<Connection, Watch>();
  const watchers = new Map<string, Set<Connection>>();
  const elsewhere = new Map<string, Map<string, { people: Person[]; until: number }>>();
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

  function tell(key: string): void {
    const set = watchers.get(key);
    if (!set) return;
    const all = merge(everywhere(key));
    for (const connection of set) {
      const watch = watches.get(connection);
      if (!watch) continue;
      const people = all.filter((person) => person.agentId !== connection.actor.agentId);
      const text = JSON.stringify(people);
      if (text === watch.told) continue;
      watch.told = text;
      connection.send(frameOf({ type: 'presence', caseId: watch.caseId, people }));
    }
  }
  function publish(accountId: string, caseId: string): void {
    bus.publish(SUBJECT, { from: self, accountId, caseId, people: merge(here(keyOf(accountId, caseId))) } satisfies Letter);
  }
  function changed(accountId: string, caseId: string): void {
    tell(keyOf(accountId, caseId));
    publish(accountId, caseId);
  }
  function remove(connection: Connection): void {
    const watch = watches.get(connection);
    if (!watch) return;
    watches.delete(connection);
    const key = keyOf(watch.accountId, watch.caseId);
    const set = watchers.get(key);
    set?.delete(connection);
    if (set?.size === 0) watchers.delete(key);
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
    bus.subscribe(ASK, (from) => {
      if (from !== self) tellAgain();
    }),
  ];
  const tellAgain = () => {
    for (const set of watchers.values()) {
      const [first] = set;
      const watch = first && watches.get(first);
      if (watch) publish(watch.accountId, watch.caseId);
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
    async update(connection, caseId, state) {
      const turn = (latest.get(connection) ?? 0) + 1;
      latest.set(connection, turn);
      const before = watches.get(connection);
      if (before && before.caseId === caseId) {
        if (state === 'typing') before.typedAt = now();
        if (before.state === state) return;
        before.state = state;
        changed(connection.accountId, caseId);
        return;
      }
      remove(connection);
      if (caseId === null || !(await isVisible(connection, caseId))) return;
      if (latest.get(connection) !== turn || !connection.isOpen()) return;
      watches.set(connection, { accountId: connection.accountId, caseId, state, typedAt: now(), told: '[]' });
      const key = keyOf(connection.accountId, caseId);
      watchers.set(key, (watchers.get(key) ?? new Set()).add(connection));
      changed(connection.accountId, caseId);
    },
    leave: remove,
    async recheckCase(accountId, caseId) {
      await Promise.all([...(watchers.get(keyOf(accountId, caseId)) ?? [])].filter(({ actor }) => actor.caseScope !== 'all' || !actor.permissions.has('case.delete')).map(recheckConnection));
    },
    recheckConnection,
    tick() {
      for (const watch of watches.values()) {
        if (watch.state !== 'typing' || now() - watch.typedAt < TYPING_MS) continue;
        watch.state = 'viewing';
        changed(watch.accountId, watch.caseId);
      }
      for (const [key, processes] of elsewhere) {
        const sizeBefore = processes.size;
        for (const [from, { until }] of processes) if (until <= now()) processes.delete(from);
        if (processes.size === 0) elsewhere.delete(key);
        if (processes.size !== sizeBefore) tell(key);
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
