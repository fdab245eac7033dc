import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';
import type { AnnouncedEvent, VisitorSays } from '@rapport/contract';
import { inAccount, type Platform } from '../../platform/context.ts';
import { onCommitted } from '../../platform/events/index.ts';
import { acceptWebSockets, API, checkOriginHeader, enforceLimit, networkOf } from '../../platform/http/index.ts';
import { gauge } from '../../platform/metrics.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Service } from '../../platform/room.ts';
import { servePages } from './pages.ts';
import { noteArrival, readMessages } from './read-messages.ts';
import { closeCodes, createSeat, type Seat } from './seat.ts';
import { actor, getSite, type Site } from './site.ts';
import { findConversationCase, findReadUpTo } from '../../cases/index.ts';
import { createThere } from './there.ts';
import { conversationOf, getVisitor, visitorOf } from './visitors.ts';

const TICK_MS = 5_000;
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
    if (said?.type === 'hello' && seat.visitorId === undefined) await sitDown(seat, said.key, said.after);
    if (seat.visitorId === undefined) return;
    if (said?.type === 'ping') {
      seat.send({ type: 'pong' });
      await handOn(seat);
    }
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
    const found = await inAccount(platform, seat.site.accountId, actor, async (ctx) => {
      const visitor = await getVisitor(ctx, seat.site, key);
      return { visitor, caseId: await findConversationCase(ctx, conversationOf(visitor.id)) };
    }).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return undefined;
    });
    if (!found) {
      seat.send({ type: 'unknown' });
      seat.close(closeCodes.unknown, 'Not known here.');
      return;
    }
    const { visitor, caseId } = found;
    const mine = ofVisitor.get(visitor.id) ?? new Set();
    if (mine.size >= MOST_SEATS_OF_VISITOR) return seat.close(closeCodes.tooMuch, 'Too many open panels.');
    if (!seat.isOpen()) return;
    ofVisitor.set(visitor.id, mine.add(seat));
    [seat.visitorId, seat.after] = [visitor.id, after];
    await handOn(seat);
    if (caseId === undefined) return;
    there.sit(seat, caseId);
    await tellRead(seat.site.accountId, caseId, [seat]);
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
        const { items, hasMore } = await inAccount(platform, site.accountId, actor, (ctx) => readMessages(ctx, visitorId, seat.after));
        if (items.length > 0) seat.send({ type: 'messages', items });
        seat.after = items.at(-1)?.id ?? seat.after;
        seat.wantsMore ||= hasMore;
      }
    } finally {
      seat.isReading = false;
    }
  }

  /** Their own messages have been read up to here. */
  async function tellRead(accountId: string, caseId: string, whom: Iterable<Seat>): Promise<void> {
    const upTo = await inAccount(platform, accountId, actor, (ctx) => findReadUpTo(ctx, caseId));
    if (upTo !== undefined) for (const seat of whom) seat.send({ type: 'read', upTo });
  }

  function onEvent(event: AnnouncedEvent): void {
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
    }
  }

  function tick(): void {
    there.tick();
    for (const seat of seats) {
      const silentMs = now() - seat.heardAt;
      if (silentMs > (seat.visitorId === undefined ? NAMELESS_MS : SILENT_MS)) seat.close(closeCodes.noAnswer, 'No answer.');
    }
  }

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
