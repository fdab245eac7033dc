import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { fromBrowser, type AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { comparePositions, onCommitted, type StoredEvent } from '../platform/events/index.ts';
import { API, checkOriginHeader, type Authenticate, type Authenticated } from '../platform/http/index.ts';
import { counter, gauge } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Service } from '../platform/room.ts';
import { onRightsChanged } from '../platform/rights-changed.ts';
import { mayHear } from './audience.ts';
import { catchUp } from './catch-up.ts';
import { closeCodes, createConnection, frameOf, type Connection } from './connection.ts';
import { writeCursor } from './cursor.ts';
import { createHub, eventFrame } from './hub.ts';
import { createOutboxReader } from './outbox-reader.ts';
import { createPresence } from './presence.ts';
import { recheck } from './rights.ts';
import { findCaseFacts } from './store.ts';
import { acceptWebSockets } from './upgrade.ts';

const TICK_MS = 1_000;
const PING_MS = 25_000;
const MARK_ALL_MS = 60_000;
// Changes of rights are announced and take effect at once; this is the longest an unannounced one can take.
const RECHECK_MS = 25_000;
const GATHER_MS = 50;
// Nobody has that many tabs; a program that forgets to close its sockets has.
const MOST_SOCKETS_OF_AGENT = 50;

const told = counter('rapport_live_events_told_total', 'Events told to browsers, counted once for each browser.');
const closed = counter('rapport_live_sockets_closed_total', 'Web sockets closed, by close code.', ['code']);
const open = gauge('rapport_live_sockets', 'Web sockets open in this process.');

/** The web sockets of the workspace: one service of each process that serves the web. */
export function createLiveService(authenticate: Authenticate): Service {
  let stop = async () => {};
  return { name: 'live', role: 'web', start: async (platform, app) => void (stop = start(platform, app, authenticate)), stop: () => stop() };
}

function start(platform: Platform, app: FastifyInstance, authenticate: Authenticate): () => Promise<void> {
  const now = () => Date.now();
  const hub = createHub((count) => told.add(count));
  const presence = createPresence(platform.bus, randomUUID(), now, (accountId, caseId) => findCaseFacts(platform, accountId, caseId));
  const quietly = (work: Promise<unknown>) => void work.catch((error: unknown) => platform.log.warn({ err: error }, 'live work failed'));
  let isStopping = false;
  let pingedAt = now();
  let markedAllAt = now();

  const recheckAll = (connections: Iterable<Connection>) => quietly(recheck(platform, authenticate, connections, now(), (connection) => quietly(presence.recheckConnection(connection))));
  // A team of fifty that is set up at once is one change here.
  const toRecheck = new Set<string>();
  const recheckSoon = (accountId: string) => {
    if (toRecheck.size === 0) {
      setTimeout(() => {
        const connections = [...toRecheck].flatMap((each) => [...hub.inAccount(each)]);
        toRecheck.clear();
        recheckAll(connections);
      }, GATHER_MS).unref();
    }
    toRecheck.add(accountId);
  };
  function consequences(event: AnnouncedEvent): void {
    if (event.topic === 'people.changed') recheckSoon(event.accountId);
    if (event.topic === 'case.changed') quietly(presence.recheckCase(event.accountId, event.payload.caseId));
  }
  const tell = (event: AnnouncedEvent) => {
    if (hub.hear(event)) consequences(event);
  };
  const reader = createOutboxReader(platform, {
    onPassed(list: readonly StoredEvent[], position) {
      hub.pass(list, position);
      for (const { event } of list) consequences(event);
    },
    onSeen: tell,
  });

  async function admit(request: FastifyRequest): Promise<{ who: Authenticated; release: () => void }> {
    if (isStopping) throw new Refusal('stopping', 'Try again in a moment.');
    const who = await authenticate(platform, request);
    if (!who) throw new Refusal('signed_out', 'Sign in, or send a valid API key.');
    if (who.by === 'cookie') checkOriginHeader(request, platform.config);
    if (hub.countOfAgent(who.accountId, who.actor.agentId) >= MOST_SOCKETS_OF_AGENT) throw new Refusal('too_many_requests', 'This agent has too many connections open.');
    // From here on the reader keeps up, so that nothing falls between now and the moment the socket joins.
    return { who, ...(await reader.hold()) };
  }

  function welcome(socket: WebSocket, { who, release }: { who: Authenticated; release: () => void }, request: FastifyRequest): void {
    const connection = createConnection(socket, { id: randomUUID(), accountId: who.accountId, actor: who.actor, request, joinedAt: hub.sequence, from: reader.position }, now);
    hub.join(connection);
    open.set(hub.size);
    socket.on('message', (data, isBinary) => hearBrowser(connection, isBinary ? undefined : String(data)));
    socket.on('pong', () => (connection.isAlive = true));
    socket.on('error', (error) => platform.log.debug({ err: error }, 'web socket error'));
    socket.on('close', (code) => {
      closed.add(1, { code: String(code) });
      release();
      hub.leave(connection);
      presence.leave(connection);
      open.set(hub.size);
    });
    if (isStopping) connection.close(closeCodes.restart, 'Restarting.');
    else quietly(begin(connection, (request.query as { cursor?: string }).cursor));
  }

  async function begin(connection: Connection, cursor: string | undefined): Promise<void> {
    try {
      const { history } = reader;
      const result = await catchUp(platform, connection.accountId, cursor, history);
      const missed = result.isResumed ? result.missed.filter(({ event }) => mayHear(connection.actor, event)).map(({ event }) => eventFrame(event)) : [];
      const start = result.isResumed ? result.from : connection.from;
      // A cursor from a process that is ahead of this one: what lies between has been told there.
      if (comparePositions(start, connection.from) > 0) connection.from = start;
      connection.marked = connection.from;
      connection.begin([
        frameOf({ type: 'hello', cursor: writeCursor(history, start), resumed: result.isResumed, connectionId: connection.id }),
        ...missed,
        ...(comparePositions(start, connection.from) < 0 ? [frameOf({ type: 'cursor', cursor: writeCursor(history, connection.from) })] : []),
      ]);
      connection.isCaughtUp = true;
    } catch (error) {
      connection.close(closeCodes.restart, 'Try again in a moment.');
      throw error;
    }
  }

  function hearBrowser(connection: Connection, text: string | undefined): void {
    if (!connection.mayTalk()) return connection.close(closeCodes.tooMuch, 'Too many messages.');
    let said: unknown;
    try {
      said = JSON.parse(text ?? '');
    } catch {
      return connection.close(1003, 'Not JSON.');
    }
    const { success, data: message } = fromBrowser.safeParse(said);
    // A message of a newer browser is passed over; it was made for a newer server.
    if (!success) return;
    connection.isAlive = true;
    if (message.type === 'ping') connection.send(frameOf({ type: 'cursor', cursor: writeCursor(reader.history, connection.marked) }));
    else quietly(presence.update(connection, message.caseId, message.state));
  }

  async function tick(): Promise<void> {
    const at = now();
    presence.tick();
    await reader.read();
    hub.mark(reader.history, at - markedAllAt >= MARK_ALL_MS ? 'everybody' : 'touched');
    if (at - markedAllAt >= MARK_ALL_MS) markedAllAt = at;
    const due = [...hub.all()].filter((connection) => at - connection.checkedAt >= RECHECK_MS);
    if (due.length > 0) recheckAll(due);
    if (at - pingedAt < PING_MS) return;
    pingedAt = at;
    for (const connection of hub.all()) {
      if (!connection.isAlive) connection.close(closeCodes.noAnswer, 'No answer.');
      connection.isAlive = false;
      connection.ping();
    }
  }

  const stops = [
    onCommitted(platform.bus, (events) => {
      for (const event of events) tell(event);
    }),
    onRightsChanged(platform.bus, ({ accountId, agentId }) => recheckAll([...hub.inAccount(accountId)].filter(({ actor }) => agentId === null || actor.agentId === agentId))),
  ];
  const timer = setInterval(() => quietly(tick()), TICK_MS);
  acceptWebSockets(app, `${API}/live`, admit, welcome);

  const end = async () => {
    isStopping = true;
    clearInterval(timer);
    for (const connection of [...hub.all()]) connection.close(closeCodes.restart, 'Restarting; come back with your cursor.');
    for (const each of stops) each();
    presence.stop();
    stops.length = 0;
  };
  // The web server waits for its connections to end before it has closed: sockets go first.
  app.addHook('preClose', end);
  return end;
}
