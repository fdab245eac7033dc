import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { AnnouncedEvent, ChatLine, VisitorSays } from '@rapport/contract';
import { inAccount, type Platform } from '../../platform/context.ts';
import { onCommitted } from '../../platform/events/index.ts';
import { acceptWebSockets, API, checkOriginHeader, enforceLimit, networkOf } from '../../platform/http/index.ts';
import { gauge } from '../../platform/metrics.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Service } from '../../platform/room.ts';
import { servePages } from './pages.ts';
import { findLine, findLines, leaveLine } from './line.ts';
import { noteArrival, readMessages } from './read-messages.ts';
import { closeCodes, createSeat, type Seat } from './seat.ts';
import { actor, getSite, type Site } from './site.ts';
import { noteAllHere, noteHere } from './visitor-store.ts';
import { findConversationCase, findReadUpTo } from '../../cases/index.ts';
import { findAskedOf } from './survey.ts';
import { createThere } from './there.ts';
import { conversationOf, getVisitor, isKeyOf, visitorOf } from './visitors.ts';

const TICK_MS = 5_000;
// What moves a line is told together, this often; and how long it takes grows old by itself.
const LINE_AGES_MS = 30_000;
// By which whoever waits counts as still there.
const HERE_MS = 60_000;
const movesLines = new Set(['work.changed', 'presence.changed', 'queues.changed', 'workforce.changed']);
// The panel says something every 20 seconds.
const SILENT_MS = 60_000;
const NAMELESS_MS = 15_000;
const MOST_SEATS_OF_VISITOR = 10;
// An office behind one address opens many; a panel comes back a few times a minute at most.
const LINES = { per: 'address', max: 240, windowSeconds: 60 } as const;

const open = gauge('rapport_chat_visitors', 'Chat panels connected to this process.');

/**
 * The web sockets of visitors: one service of each process that serves the web. What goes to a visitor is read from the database behind the last message they have, so that a hint that is
 * lost or comes twice, a broken line and a restart all end in the same: each message once, in order.
 */
export function chatDoor(): Service {
  let stop = async () => {};
  return { name: 'chat', role: 'web', start: async (platform, app) => void (stop = start(platform, app)), stop: () => stop() };
}

function start(platform: Platform, app: FastifyInstance): () => Promise<void> {
  const seats = new Set<Seat>();
  const ofVisitor = new Map<string, Set<Seat>>();
  const now = () => Date.now();
  const there = createThere(platform.bus, now);
  const quietly = (work: Promise<unknown>) => void work.catch((error: unknown) => platform.log.warn({ err: error }, 'chat work failed'));
  let isStopping = false;
  let isTelling = false;

  async function admit(request: Parameters<Parameters<typeof acceptWebSockets>[2]>[0]): Promise<Site> {
    if (isStopping) throw new Refusal('stopping', 'Try again in a moment.');
    checkOriginHeader(request, platform.config);
    await enforceLimit(platform.database, `chat line ${networkOf(request.ip)}`, LINES);
    return getSite(platform, (request.params as { site: string }).site);
  }

  function take(socket: WebSocket, site: Site): void {
    const seat = createSeat(socket, site, now);
    seats.add(seat);
    open.set(seats.size);
    socket.on('error', () => socket.terminate());
    socket.on('message', (data, isBinary) => quietly(hear(seat, isBinary ? undefined : seat.understand(String(data)))));
    socket.on('close', () => {
      seats.delete(seat);
      there.leave(seat);
      open.set(seats.size);
      const others = seat.visitorId === undefined ? undefined : ofVisitor.get(seat.visitorId);
      others?.delete(seat);
      if (others?.size === 0) ofVisitor.delete(seat.visitorId as string);
    });
    if (isStopping) seat.close(closeCodes.restart, 'Restarting.');
  }

  async function hear(seat: Seat, said: VisitorSays | undefined): Promise<void> {
    if (said?.type === 'hello' && !seat.hasGreeted) await sitDown(seat, said.key, said.after);
    if (seat.visitorId === undefined) return;
    if (said?.type === 'ping') {
      seat.send({ type: 'pong' });
      await handOn(seat);
    }
    if (said?.type === 'leave') await leave(seat, seat.visitorId);
    if (said?.type === 'typing') there.type(seat, said.isTyping);
    if (said?.type === 'got' || said?.type === 'seen') await report(seat, seat.visitorId, said.type, said.id);
  }

  /** What a panel has told before, or of what it was never handed, is nothing new. */
  async function report(seat: Seat, visitorId: string, how: 'got' | 'seen', id: string): Promise<void> {
    if (id <= seat.told[how] || (how === 'got' && id <= seat.told.seen)) return;
    seat.told[how] = id;
    await noteArrival(platform, seat.site.accountId, visitorId, how, id);
  }

  async function sitDown(seat: Seat, key: string, after: string | undefined): Promise<void> {
    seat.hasGreeted = true;
    const found = await inAccount(platform, seat.site.accountId, actor, async (ctx) => {
      const visitor = await getVisitor(ctx, seat.site, key);
      return { visitor, caseId: await findConversationCase(ctx, conversationOf(visitor.id)) };
    }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return undefined;
    });
    if (!found) return sendAway(seat);
    const { visitor, caseId } = found;
    const mine = ofVisitor.get(visitor.id) ?? new Set();
    if (mine.size >= MOST_SEATS_OF_VISITOR) return seat.close(closeCodes.tooMuch, 'Too many open panels.');
    if (!seat.isOpen()) return;
    ofVisitor.set(visitor.id, mine.add(seat));
    [seat.visitorId, seat.after, seat.key] = [visitor.id, after, key];
    await handOn(seat);
    await tellOwnLine(seat, visitor.id);
    if (caseId === undefined) return;
    await tellAsked(seat, visitor.id);
    there.sit(seat, caseId);
    await tellRead(seat.site.accountId, caseId, [seat]);
  }

  function sendAway(seat: Seat): void {
    seat.send({ type: 'unknown' });
    seat.close(closeCodes.unknown, 'Not known here.');
  }

  /** Sends everything behind what the panel has. One at a time for each panel; what comes meanwhile is read in another round. */
  async function handOn(seat: Seat): Promise<void> {
    const { visitorId, site } = seat;
    seat.wantsMore = true;
    if (visitorId === undefined || seat.isReading) return;
    seat.isReading = true;
    try {
      while (seat.wantsMore && seat.isOpen()) {
        seat.wantsMore = false;
        // A key may have ended since: at signing in or out, or with the site's own key.
        const found = await inAccount(platform, site.accountId, actor, async (ctx) => ((await isKeyOf(ctx, site, seat.key, visitorId)) ? readMessages(ctx, visitorId, seat.after) : undefined));
        if (!found) return sendAway(seat);
        const { items, hasMore } = found;
        if (items.length > 0) seat.send({ type: 'messages', items });
        seat.after = items.at(-1)?.id ?? seat.after;
        seat.wantsMore ||= hasMore;
      }
    } finally {
      seat.isReading = false;
    }
  }

  function tellLine(seat: Seat, line: ChatLine): void {
    seat.isInLine = line.state === 'waiting';
    const text = JSON.stringify(line);
    if (text === seat.told.line) return;
    seat.told.line = text;
    seat.send({ type: 'line', line });
  }
  /** One look at a time for each panel, so that an older one never comes after a newer. */
  async function tellOwnLine(seat: Seat, visitorId: string): Promise<void> {
    seat.looksAgain = true;
    if (seat.isLooking) return;
    seat.isLooking = true;
    try {
      while (seat.looksAgain && seat.isOpen()) {
        seat.looksAgain = false;
        tellLine(seat, await inAccount(platform, seat.site.accountId, actor, (ctx) => findLine(ctx, seat.site, visitorId)));
      }
    } finally {
      seat.isLooking = false;
    }
  }
  async function leave(seat: Seat, visitorId: string): Promise<void> {
    await inAccount(platform, seat.site.accountId, actor, (ctx) => leaveLine(ctx, visitorId));
    await Promise.all([...(ofVisitor.get(visitorId) ?? [])].map((each) => tellOwnLine(each, visitorId)));
  }

  /** What they are asked about a chat that is over. */
  async function tellAsked(seat: Seat, visitorId: string): Promise<void> {
    const asked = (await inAccount(platform, seat.site.accountId, actor, (ctx) => findAskedOf(ctx, visitorId))) ?? null;
    const text = JSON.stringify(asked);
    if (text === seat.told.asked) return;
    seat.told.asked = text;
    seat.send({ type: 'survey', asked });
  }

  const moved = new Set<string>();
  let [agedAt, hereAt] = [0, 0];
  /** Everybody who waits, where something has moved: one look for each account. */
  async function tellLines(): Promise<void> {
    const isOld = now() - agedAt >= LINE_AGES_MS;
    const isHere = now() - hereAt >= HERE_MS;
    if (isOld) agedAt = now();
    if (isHere) hereAt = now();
    const whom = Map.groupBy([...seats].filter(({ isInLine, site }) => isInLine && (isOld || isHere || moved.has(site.accountId))), ({ site }) => site.accountId);
    moved.clear();
    for (const [accountId, inLine] of whom) {
      const ids = [...new Set(inLine.flatMap(({ visitorId }) => visitorId ?? []))];
      const lines = await inAccount(platform, accountId, actor, async (ctx) => {
        if (isHere) await noteHere(ctx, ids);
        return findLines(ctx, ids);
      });
      for (const seat of inLine) {
        const line = seat.visitorId === undefined ? undefined : lines.get(seat.visitorId);
        if (line && !seat.isLooking) tellLine(seat, line);
        else if (seat.visitorId !== undefined) await tellOwnLine(seat, seat.visitorId);
      }
    }
  }

  /** Their own messages have been read up to here. */
  async function tellRead(accountId: string, caseId: string, whom: Iterable<Seat>): Promise<void> {
    const upTo = await inAccount(platform, accountId, actor, (ctx) => findReadUpTo(ctx, caseId));
    if (upTo !== undefined) for (const seat of whom) seat.send({ type: 'read', upTo });
  }

  function onEvent(event: AnnouncedEvent): void {
    if (movesLines.has(event.topic)) moved.add(event.accountId);
    if (event.topic === 'work.changed' && event.payload.caseId !== null) {
      for (const seat of there.seatsAt({ accountId: event.accountId, caseId: event.payload.caseId })) if (seat.visitorId !== undefined) quietly(tellOwnLine(seat, seat.visitorId));
      return;
    }
    if (event.topic === 'survey.asked' || event.topic === 'survey.answered') {
      for (const seat of there.seatsAt({ accountId: event.accountId, caseId: event.payload.caseId })) if (seat.visitorId !== undefined) quietly(tellAsked(seat, seat.visitorId));
      return;
    }
    if (event.topic === 'case.read') {
      const here = there.seatsAt({ accountId: event.accountId, caseId: event.payload.caseId });
      if (here.length > 0) quietly(tellRead(event.accountId, event.payload.caseId, here));
      return;
    }
    if (event.topic !== 'message.queued' && event.topic !== 'message.received') return;
    const visitorId = event.payload.conversation === undefined ? undefined : visitorOf(event.payload.conversation);
    for (const seat of (visitorId === undefined ? undefined : ofVisitor.get(visitorId)) ?? []) {
      there.sit(seat, event.payload.caseId);
      quietly(handOn(seat));
      if (event.topic === 'message.received' && visitorId !== undefined) quietly(tellOwnLine(seat, visitorId));
    }
  }

  function tick(): void {
    there.tick();
    if (!isTelling) {
      isTelling = true;
      quietly(tellLines().finally(() => { isTelling = false; }));
    }
    for (const seat of seats) {
      const silentMs = now() - seat.heardAt;
      if (silentMs > (seat.visitorId === undefined ? NAMELESS_MS : SILENT_MS)) seat.close(closeCodes.noAnswer, 'No answer.');
    }
  }

  // Nobody could be heard of while nothing ran.
  quietly(platform.database.asSystem((tx) => noteAllHere(tx, platform.clock.now())));
  const stopHearing = onCommitted(platform.bus, (events) => events.forEach(onEvent));
  const timer = setInterval(tick, TICK_MS);
  servePages(app, platform);
  acceptWebSockets(app, `${API}/chat/:site/live`, admit, take);

  const end = async () => {
    isStopping = true;
    clearInterval(timer);
    stopHearing();
    there.stop();
    for (const seat of [...seats]) seat.close(closeCodes.restart, 'Restarting; come back.');
  };
  app.addHook('preClose', end);
  return end;
}
