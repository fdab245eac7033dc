import { channelTraits, type Load } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { listSkillIds, listWorkers, noteNoAnswer, type Worker } from '../../workforce/index.ts';
import { selectExpired, selectOpenOfAll, selectRefused } from './offer-store.ts';
import { createPlan, hasPlace, type Candidate, type Plan, type Waiting } from './plan.ts';
import { selectQueues, type QueueRow } from './queue-store.ts';
import { announceWork, closeOffers, giveAtOnce, offerItems } from './work.ts';
import { holdLine, markOverdue, moveItems, putBack, selectHolders, selectInHand, selectKinds, selectLines, selectOverdue, selectPreferring, selectTurns, type HolderRow, type ItemRow, type LineStart } from './work-store.ts';

/** Who has declined something is not asked for it again for so long. */
const REFUSED_MS = 60_000;
/** What one transaction gives out at most: it is over before anybody notices it. */
const MOST_GIVEN = 200;
const PAGE = 100;
const OVERDUE_BATCH = 500;

/**
 * Brings the lines of an account to where they should be by now: offers that were not answered end, what absent agents had goes back to its place, what has waited too long moves on, and whoever is free is given what
 * is theirs. It looks at how things stand and not at what has happened, so it may be called at any time and any number of times; what one call missed the next one does.
 *
 * Answers how much was given out, and whether there may be more.
 */
export async function settleLines(ctx: Ctx, { mayWait = true }: { mayWait?: boolean } = {}): Promise<{ given: number; mayHaveMore: boolean }> {
  if (!(await holdLine(ctx, { mayWait }))) return { given: 0, mayHaveMore: false };
  await endUnanswered(ctx);
  const queues = await selectQueues(ctx);
  await moveOverdue(ctx, queues);
  const holders = await selectHolders(ctx);
  const workers = await listWorkers(ctx, holders.map(({ agent_id }) => agent_id));
  const hasChanged = await takeBack(ctx, queues, holders, workers);
  return giveOut(ctx, queues, workers, hasChanged ? await selectHolders(ctx) : holders);
}

async function endUnanswered(ctx: Ctx): Promise<void> {
  const due = await selectExpired(ctx);
  if (due.length === 0) return;
  // Whoever accepts at this very moment holds the item: what they took is not put back.
  const back = await putBack(ctx, due.map(({ item_id }) => item_id), 'offered');
  const ended = await closeOffers(ctx, back.map(({ id }) => id), 'expired');
  for (const { agent_id } of ended.sort((a, b) => (a.agent_id < b.agent_id ? -1 : 1))) await noteNoAnswer(ctx, agent_id);
  await announceWork(ctx, back);
}

async function moveOverdue(ctx: Ctx, queues: readonly QueueRow[]): Promise<void> {
  for (const { id, overflow_seconds: most, overflow_queue_id: next } of queues) {
    if (most === null) continue;
    const overdue = (await selectOverdue(ctx, id, new Date(ctx.clock.now().getTime() - most * 1_000), OVERDUE_BATCH)).map((row) => row.id);
    if (overdue.length === 0) continue;
    if (next !== null) await announceWork(ctx, await moveItems(ctx, overdue, next, { isOverdue: true }));
    else for (const row of await markOverdue(ctx, overdue)) await announce(ctx, 'work.overdue', { itemId: row.id, queueId: id, channel: row.channel });
  }
}

/** Whoever is not open to offers is not asked any more, and what somebody had who has been offline for as long as the queue allows, or who has left, goes back. Answers whether anything did. */
async function takeBack(ctx: Ctx, queues: readonly QueueRow[], holders: readonly HolderRow[], workers: readonly Worker[]): Promise<boolean> {
  const byId = new Map(workers.map((worker) => [worker.agentId, worker]));
  const asked = holders.filter(({ agent_id, is_asked }) => is_asked && byId.get(agent_id)?.state !== 'available').map(({ agent_id }) => agent_id);
  const offered = asked.length > 0 ? (await selectOpenOfAll(ctx, asked)).map(({ item_id }) => item_id) : [];
  const back = offered.length > 0 ? await putBack(ctx, offered, 'offered') : [];
  await closeOffers(ctx, back.map(({ id }) => id), 'withdrawn');

  const offlineSeconds = new Map(queues.map((queue) => [queue.id, queue.offline_seconds]));
  const gone: string[] = [];
  for (const { agent_id } of holders) {
    const worker = byId.get(agent_id);
    if (worker && worker.state !== 'offline') continue;
    const awayMs = worker ? ctx.clock.now().getTime() - worker.since.getTime() : Infinity;
    for (const row of await selectInHand(ctx, agent_id)) if (row.state === 'taken' && awayMs >= (offlineSeconds.get(row.queue_id) ?? 0) * 1_000) gone.push(row.id);
  }
  if (gone.length > 0) back.push(...(await putBack(ctx, gone, 'taken')));
  await announceWork(ctx, back);
  return back.length > 0;
}

const isThere = ({ state, answers }: Worker): boolean => answers && (state === 'available' || state === 'wrap_up');

async function candidatesOf(ctx: Ctx, workers: readonly Worker[], holders: readonly HolderRow[]): Promise<Candidate[]> {
  const held = new Map(holders.map((holder) => [holder.agent_id, holder]));
  const turns = await selectTurns(ctx);
  return workers.filter(isThere).map(({ agentId, state, since, teamIds, levels, capacity }) => {
    const { mails = 0, chats = 0, whole = 0, is_asked: isAsked = false } = held.get(agentId) ?? {};
    return { agentId, isAvailable: state === 'available', teamIds, levels, capacity, held: { mails, chats, whole }, isAsked, idleSince: Math.max(since.getTime(), turns.get(agentId)?.getTime() ?? 0) };
  });
}

const refusedLately = (ctx: Ctx) => selectRefused(ctx, new Date(ctx.clock.now().getTime() - REFUSED_MS));
const loadsOf = ({ channels }: QueueRow): Set<Load> => new Set(channels.map((channel) => channelTraits[channel].load));
const waitingOf = (row: ItemRow, queue: QueueRow): Waiting => ({
  id: row.id, teamId: row.team_id, load: row.load, needs: [...queue.skills, ...row.skills], since: row.since.getTime(), preferredAgentId: row.preferred_agent_id, preferredSeconds: queue.preferred_seconds, acceptSeconds: queue.accept_seconds,
});

/** What waits in a queue and needs the same, read page by page as far as it is asked for. */
interface Line extends LineStart {
  queue: QueueRow;
  page: ItemRow[];
  isOver: boolean;
}

const isBefore = (a: ItemRow, b: ItemRow): boolean => a.rank_at < b.rank_at || (a.rank_at.getTime() === b.rank_at.getTime() && a.id < b.id);

async function readOn(ctx: Ctx, lines: readonly Line[], limit: number): Promise<void> {
  if (lines.length === 0) return;
  const rows = Map.groupBy(await selectLines(ctx, lines, limit), ({ queue_id, kind }) => `${queue_id} ${kind}`);
  for (const line of lines) {
    line.page = rows.get(`${line.queue_id} ${line.kind}`) ?? [];
    line.after = line.page.at(-1) ?? line.after;
    line.isOver = line.page.length < limit;
  }
}

/** Nobody is left for what needs as much as this one: the line goes on with those who have waited for the next step of what they need, if there is any. */
function skip(line: Line, item: Waiting, now: number): void {
  const next = Math.min(...item.needs.flatMap(({ steps }) => steps.map(({ afterSeconds }) => afterSeconds * 1_000)).filter((afterMs) => afterMs > now - item.since));
  line.before = new Date(now - next);
  if (next === Infinity) line.isOver = true;
  line.page = next === Infinity ? [] : line.page.filter(({ since }) => since.getTime() <= now - next);
}

/**
 * Walks all lines at once in the order of rank, and asks the plan about each, as long as somebody is left who could take something. Of what nobody is left for only the first is read, however many stand behind it: an
 * agent without anything to do costs no more with ten thousand in line than with ten.
 */
async function* walk(ctx: Ctx, queues: readonly QueueRow[], candidates: readonly Candidate[], plan: Plan): AsyncGenerator<{ row: ItemRow; queue: QueueRow; agentId: string }> {
  const byId = new Map(queues.map((queue) => [queue.id, queue]));
  const free = candidates.filter((each) => each.isAvailable && !each.isAsked).map(({ agentId }) => agentId);
  // Who knows the customer is asked also for what they would not be asked for otherwise.
  const preferring = await selectPreferring(ctx, free, PAGE);
  const asked = new Set<string>();
  const now = ctx.clock.now().getTime();
  const lines = (await selectKinds(ctx, queues.filter((queue) => plan.hasRoom(queue.team_id, loadsOf(queue))).map(({ id }) => id))).flatMap((each): Line[] => {
    const queue = byId.get(each.queue_id);
    return queue ? [{ ...each, queue, page: [], isOver: false }] : [];
  });
  const limit = Math.min(PAGE, free.length + 1);
  for (;;) {
    const open = lines.filter(({ queue, page, isOver }) => (page.length > 0 || !isOver) && plan.hasRoom(queue.team_id, loadsOf(queue)));
    await readOn(ctx, open.filter(({ page, isOver }) => page.length === 0 && !isOver), limit);
    let first: Line | undefined;
    for (const line of open) if (line.page[0] && (!first?.page[0] || isBefore(line.page[0], first.page[0]))) first = line;
    const isPreferring = preferring[0] !== undefined && (!first?.page[0] || isBefore(preferring[0], first.page[0]));
    const row = isPreferring ? preferring.shift() : first?.page.shift();
    if (!row) return;
    const queue = byId.get(row.queue_id);
    if (!queue || asked.has(row.id)) continue;
    if (isPreferring) asked.add(row.id);
    const item = waitingOf(row, queue);
    const agentId = plan.choose(item);
    if (agentId !== undefined) {
      asked.add(row.id);
      yield { row, queue, agentId };
    } else if (!isPreferring && first && plan.isHopeless(item)) skip(first, item, now);
  }
}

async function giveOut(ctx: Ctx, queues: readonly QueueRow[], workers: readonly Worker[], holders: readonly HolderRow[]): Promise<{ given: number; mayHaveMore: boolean }> {
  const candidates = await candidatesOf(ctx, workers, holders);
  if (!candidates.some((each) => each.isAvailable && !each.isAsked)) return { given: 0, mayHaveMore: false };
  const plan = createPlan(candidates, await listSkillIds(ctx), await refusedLately(ctx), ctx.clock.now().getTime());
  const given: { itemId: string; agentId: string; acceptSeconds: number }[] = [];
  for await (const { row, queue, agentId } of walk(ctx, queues, candidates, plan)) {
    given.push({ itemId: row.id, agentId, acceptSeconds: queue.accept_seconds });
    if (given.length === MOST_GIVEN) break;
  }
  await offerItems(ctx, given.filter(({ acceptSeconds }) => acceptSeconds > 0));
  await giveAtOnce(ctx, given.filter(({ acceptSeconds }) => acceptSeconds === 0));
  return { given: given.length, mayHaveMore: given.length === MOST_GIVEN };
}

/** The first of these lines that is for this agent, who asks for it themselves. Refuses `hands_full`. Whoever calls holds the line. */
export async function findNextFor(ctx: Ctx, queues: readonly QueueRow[], agentId: string): Promise<string | undefined> {
  const workers = await listWorkers(ctx, [agentId]);
  const candidates = (await candidatesOf(ctx, workers.map((worker) => (worker.agentId === agentId ? { ...worker, state: 'available' } : worker)), await selectHolders(ctx)))
    .map((each): Candidate => ({ ...each, isAvailable: each.agentId === agentId, isAsked: false }));
  const own = candidates.find((each) => each.agentId === agentId);
  if (own && !queues.some((queue) => [...loadsOf(queue)].some((load) => hasPlace(own, load)))) throw new Refusal('hands_full', 'Finish something first.');
  const plan = createPlan(candidates, await listSkillIds(ctx), new Map(), ctx.clock.now().getTime());
  for await (const { row } of walk(ctx, queues, candidates, plan)) return row.id;
  return undefined;
}
