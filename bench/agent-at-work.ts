import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CaseRow } from '@rapport/contract';
import { createClient, ProblemError, type Client } from '@rapport/sdk';

/** Measures one operation under a name; an error is counted and does not end the agent's day. */
export type Timed = (name: string, work: () => Promise<unknown>) => Promise<void>;

interface Work {
  url: string;
  key: string;
  agentId: string;
  /** Searched for by turns. */
  words: readonly string[];
  /** Mean time between two deeds, in milliseconds. */
  thinkMs: number;
  timed: Timed;
  signal: AbortSignal;
}

const VIEWS = [{ shelf: 'open' }, { shelf: 'open', assignee: 'none' }, { shelf: 'open', assignee: 'me' }, { shelf: 'pending' }] as const;

interface Hand {
  client: Client;
  rows: readonly CaseRow[];
  opened: { id: string; customer: string; version: number; seenEntryId: string | undefined } | undefined;
}

/** A refusal because a colleague was quicker is an answer, not an error: the workspace shows what changed. */
async function unlessOvertaken(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ProblemError && ['newer_message', 'changed_meanwhile', 'case_closed'].includes(error.code))) throw error;
  }
}

/** Fetches what the workspace fetches for a case, and says that it was read. */
async function openCase(hand: Hand, row: CaseRow): Promise<void> {
  const params = { caseId: row.id };
  const [found, { items }] = await Promise.all([hand.client.cases.get({ params }), hand.client.cases.listEntries({ params })]);
  const seenEntryId = items.at(-1)?.id;
  if (seenEntryId) await hand.client.cases.markRead({ params, body: { entryId: seenEntryId } });
  const customer = items.findLast((each) => each.kind === 'message' && each.direction === 'in');
  hand.opened = { id: row.id, customer: customer?.kind === 'message' ? customer.from.address : 'nobody@customers.example', version: found.version, seenEntryId };
}

/**
 * One agent's time at the desk until `signal`: looks at lists, opens cases, searches, answers, notes, takes and sets aside, with pauses of exponentially distributed
 * length in between, as people have them.
 */
export async function workAsAgent({ url, key, agentId, words, thinkMs, timed, signal }: Work): Promise<void> {
  const hand: Hand = { client: createClient({ baseUrl: url, apiKey: key }), rows: [], opened: undefined };
  const { client } = hand;
  const look = () => timed('list', async () => {
    const [page] = await Promise.all([client.cases.list({ query: { ...VIEWS[Math.floor(Math.random() * VIEWS.length)], limit: 25 } }), client.cases.counts()]);
    hand.rows = page.items;
  });
  const open = async () => {
    const row = hand.rows[Math.floor(Math.random() * hand.rows.length)];
    if (!row) return look();
    await timed('open', () => openCase(hand, row));
  };
  const deed = async (): Promise<void> => {
    const dice = Math.random();
    const { opened } = hand;
    if (dice < 0.27) return look();
    if (dice < 0.62 || !opened) return open();
    const seen = opened.seenEntryId === undefined ? {} : { seenEntryId: opened.seenEntryId };
    const params = { caseId: opened.id };
    // What was done with the case is done; the next deed begins with another.
    if (dice > 0.7) hand.opened = undefined;
    if (dice < 0.7) return timed('search', () => client.cases.search({ query: { q: words[Math.floor(Math.random() * words.length)] ?? 'cup' } }));
    if (dice < 0.82) return timed('reply', () => unlessOvertaken(client.cases.reply({ params, body: { text: 'Thank you for writing. A new cup is on its way to you and reaches you on Friday.', to: [opened.customer], ...seen }, idempotencyKey: randomUUID() })));
    if (dice < 0.9) return timed('note', () => unlessOvertaken(client.cases.addNote({ params, body: { text: 'Called the depot; they have it in stock.' } })));
    return timed('assign', () => unlessOvertaken(client.cases.update({ params, body: { assigneeId: agentId, priority: Math.random() < 0.5 ? 'high' : 'normal', version: opened.version } })));
  };
  await sleep(Math.random() * thinkMs, undefined, { signal }).catch(() => {});
  while (!signal.aborted) {
    await deed();
    await sleep(Math.min(thinkMs * 5, -Math.log(1 - Math.random()) * thinkMs), undefined, { signal }).catch(() => {});
  }
}
