import type { Problem } from '@rapport/contract';

/** Something the agent has done that the server has not heard of yet. */
export interface OutboxItem<Deed> {
  /** Also the idempotency key: however often it is sent, it happens once. */
  id: string;
  agentId: string;
  deed: Deed;
  /** Items of one lane are sent one after the other, in order. */
  lane: string;
  createdAt: number;
  /** Held back until then, so that it can be taken back. */
  notBefore: number;
  attempts: number;
  state: 'waiting' | 'sending' | 'stopped';
  /** Why the server stopped it; the agent decides what to do. */
  problem?: Problem;
}

export type Verdict = { kind: 'done' } | { kind: 'again' } | { kind: 'pause' } | { kind: 'stop'; problem: Problem } | { kind: 'drop' };

export interface QueueOptions<Deed> {
  /** Sends one item and says what became of it; must not throw. */
  send: (item: OutboxItem<Deed>) => Promise<Verdict>;
  keep: (item: OutboxItem<Deed>) => void;
  forget: (id: string) => void;
  now?: () => number;
  wait?: (ms: number, run: () => void) => () => void;
}

const backoffMs = (attempts: number) => Math.min(30_000, 1000 * 2 ** Math.min(attempts, 6)) * (0.75 + Math.random() / 2);

/**
 * Holds what is still to be sent and sends it: in order within a lane, lanes beside each other, again after a passing failure.
 * It knows neither the network nor the browser; both are handed in.
 */
export function createQueue<Deed>({ send, keep, forget, now = Date.now, wait = (ms, run) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); } }: QueueOptions<Deed>) {
  let items: readonly OutboxItem<Deed>[] = [];
  const listeners = new Set<() => void>();
  const restUntil = new Map<string, number>();
  let isPaused = false;
  let cancelTimer: (() => void) | undefined;

  const publish = (next: readonly OutboxItem<Deed>[]) => {
    items = next;
    for (const listener of listeners) listener();
  };
  const replace = (item: OutboxItem<Deed>) => {
    publish(items.map((other) => (other.id === item.id ? item : other)));
    keep(item);
  };
  const remove = (id: string) => {
    publish(items.filter((item) => item.id !== id));
    forget(id);
  };

  async function sendOne(item: OutboxItem<Deed>): Promise<void> {
    replace({ ...item, state: 'sending' });
    const verdict = await send(item);
    const current = items.find((other) => other.id === item.id);
    if (!current) return;
    if (verdict.kind === 'done' || verdict.kind === 'drop') remove(item.id);
    else if (verdict.kind === 'stop') replace({ ...current, state: 'stopped', problem: verdict.problem });
    else {
      if (verdict.kind === 'pause') isPaused = true;
      restUntil.set(item.id, now() + backoffMs(item.attempts));
      replace({ ...current, state: 'waiting', attempts: item.attempts + 1 });
    }
    pump();
  }

  /** Sends whatever may go now and sets the alarm for the next. */
  function pump(): void {
    cancelTimer?.();
    if (isPaused) return;
    const busy = new Set(items.filter((item) => item.state === 'sending').map((item) => item.lane));
    let next = Infinity;
    for (const item of items) {
      if (busy.has(item.lane) || item.state === 'sending') continue;
      busy.add(item.lane);
      if (item.state === 'stopped') continue;
      const at = Math.max(item.notBefore, restUntil.get(item.id) ?? 0);
      if (at <= now()) void sendOne(item);
      else next = Math.min(next, at);
    }
    if (next < Infinity) cancelTimer = wait(Math.max(20, next - now()), pump);
  }

  return {
    items: () => items,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    add(item: OutboxItem<Deed>) {
      if (items.some((other) => other.id === item.id)) return;
      publish([...items, item]);
      keep(item);
      pump();
    },
    /** Takes an item back unless it is on its way. Returns it when it could. */
    takeBack(id: string): OutboxItem<Deed> | undefined {
      const item = items.find((other) => other.id === id);
      if (!item || item.state === 'sending') return undefined;
      remove(id);
      pump();
      return item;
    },
    /** Ends a hold. */
    sendNow(id: string) {
      const item = items.find((other) => other.id === id);
      if (item?.state === 'waiting') replace({ ...item, notBefore: 0 });
      pump();
    },
    /** The connection or the session is back: nothing rests any longer. */
    resume() {
      isPaused = false;
      restUntil.clear();
      pump();
    },
    pause() {
      isPaused = true;
    },
  };
}

export type OutboxQueue<Deed> = ReturnType<typeof createQueue<Deed>>;
