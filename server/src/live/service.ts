import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { AnnouncedEvent } from '@rapport/contract';
import type { Platform } from '../platform/context.ts';
import { onCommitted } from '../platform/events/index.ts';
import { acceptWebSockets, API, checkOriginHeader, type Authenticate, type Authenticated } from '../platform/http/index.ts';
import { counter, gauge } from '../platform/metrics.ts';
import { Refusal } from '../platform/refusal.ts';
import { onRightsChanged } from '../platform/rights-changed.ts';
import type { Service } from '../platform/room.ts';
import { closeCodes, createConnection, frameOf, type Connection } from './connection.ts';
import { writeCursor } from './cursor.ts';
import { hearBrowser } from './hear-browser.ts';
import { createHub, type Hub } from './hub.ts';
import { createOutboxReader } from './outbox-reader.ts';
import { createPresence } from './presence.ts';
import { createRechecks } from './rechecks.ts';
import { findCaseFacts } from './store.ts';
import { welcome, type Arrival } from './welcome.ts';
import { noteHeard, type HeardOf } from '../workforce/index.ts';

const TICK_MS = 1_000;
const PING_MS = 25_000;
const MARK_ALL_MS = 60_000;
// Nobody has that many tabs; a program that forgets to close its sockets has.
const MOST_SOCKETS_OF_AGENT = 50;

const told = counter('rapport_live_events_told_total', 'Events told to browsers, counted once for each browser.');
const closed = counter('rapport_live_sockets_closed_total', 'Web sockets closed, by close code.', ['code']);
const open = gauge('rapport_live_sockets', 'Web sockets open in this process.');

interface Admitted {
  who: Authenticated;
  release: () => void;
}

/** The web sockets of the workspace: one service of each process that serves the web. */
export function createLiveService(authenticate: Authenticate): Service {
  let stop = async () => {};
  return { name: 'live', role: 'web', start: async (platform, app) => void (stop = start(platform, app, authenticate)), stop: () => stop() };
}

/** Disconnects who has not answered the last ping, and sends the next. */
function pingAll(hub: Hub): void {
  for (const connection of hub.all()) {
    if (!connection.isAlive) connection.close(closeCodes.noAnswer, 'No answer.');
    connection.isAlive = false;
    connection.ping();
  }
}

function start(platform: Platform, app: FastifyInstance, authenticate: Authenticate): () => Promise<void> {
  const now = () => Date.now();
  const quietly = (work: Promise<unknown>) => void work.catch((error: unknown) => platform.log.warn({ err: error }, 'live work failed'));
  const hub = createHub((count) => told.add(count));
  const presence = createPresence(platform.bus, randomUUID(), now, (accountId, caseId) => findCaseFacts(platform, accountId, caseId));
  const rechecks = createRechecks(platform, authenticate, hub, (connection) => quietly(presence.recheckConnection(connection)));
  // Whose browsers have just shown that they are there; told together, once a tick.
  const heard = new Map<string, HeardOf>();
  const hearOf = ({ accountId, actor: { agentId } }: Connection) => heard.set(`${accountId}:${agentId}`, { accountId, agentId });
  let isStopping = false;
  let pingedAt = now();
  let markedAllAt = now();

  function consequences(event: AnnouncedEvent): void {
    if (event.topic === 'people.changed') rechecks.account(event.accountId);
    if (event.topic === 'case.changed') quietly(presence.recheckCase(event.accountId, event.payload.caseId));
  }
  const tell = (event: AnnouncedEvent) => {
    if (hub.hear(event)) consequences(event);
  };
  const reader = createOutboxReader(platform, {
    onPassed(list, position) {
      hub.pass(list, position);
      for (const { event } of list) consequences(event);
    },
    onSeen: tell,
  });

  async function admit(request: FastifyRequest): Promise<Admitted> {
    if (isStopping) throw new Refusal('stopping', 'Try again in a moment.');
    const who = await authenticate(platform, request);
    if (!who) throw new Refusal('signed_out', 'Sign in, or send a valid API key.');
    if (who.by === 'cookie') checkOriginHeader(request, platform.config);
    if (hub.countOfAgent(who.accountId, who.actor.agentId) >= MOST_SOCKETS_OF_AGENT) throw new Refusal('too_many_requests', 'This agent has too many connections open.');
    // From here on the reader keeps up, so that nothing falls between now and the moment the socket joins.
    return { who, ...(await reader.hold()) };
  }

  function take(socket: WebSocket, { who, release }: Admitted, request: FastifyRequest): void {
    const connection = createConnection(socket, { id: randomUUID(), accountId: who.accountId, actor: who.actor, request, joinedAt: hub.sequence, from: reader.position }, now);
    hub.join(connection);
    hearOf(connection);
    open.set(hub.size);
    socket.on('message', (data, isBinary) => answer(connection, isBinary ? undefined : String(data)));
    socket.on('pong', () => {
      connection.isAlive = true;
      hearOf(connection);
    });
    socket.on('error', (error) => platform.log.debug({ err: error }, 'web socket error'));
    socket.on('close', (code) => {
      closed.add(1, { code: String(code) });
      release();
      hub.leave(connection);
      presence.leave(connection);
      open.set(hub.size);
    });
    if (isStopping) connection.close(closeCodes.restart, 'Restarting.');
    else quietly(welcome(platform, connection, reader.history, request.query as Arrival));
  }

  function answer(connection: Connection, text: string | undefined): void {
    const message = hearBrowser(connection, text);
    if (message?.type === 'ping') connection.send(frameOf({ type: 'cursor', cursor: writeCursor(reader.history, connection.marked) }));
    if (message?.type === 'presence') quietly(presence.update(connection, message.caseId, message.state, message.isAnswer));
  }

  async function tick(): Promise<void> {
    const at = now();
    presence.tick();
    if (heard.size > 0) {
      const who = [...heard.values()];
      heard.clear();
      quietly(noteHeard(platform, who));
    }
    rechecks.old(at);
    if (at - pingedAt >= PING_MS) {
      pingedAt = at;
      pingAll(hub);
    }
    await reader.read();
    const isForAll = at - markedAllAt >= MARK_ALL_MS;
    if (isForAll) markedAllAt = at;
    hub.mark(reader.history, isForAll ? 'everybody' : 'touched');
  }

  const stops = [
    onCommitted(platform.bus, (events) => {
      for (const event of events) tell(event);
    }),
    onRightsChanged(platform.bus, ({ accountId, agentId }) => rechecks.agent(accountId, agentId)),
  ];
  const timer = setInterval(() => quietly(tick()), TICK_MS);
  acceptWebSockets(app, `${API}/live`, admit, take);

  const end = async () => {
    isStopping = true;
    clearInterval(timer);
    for (const connection of [...hub.all()]) connection.close(closeCodes.restart, 'Restarting; come back with your cursor.');
    for (const each of stops.splice(0)) each();
    presence.stop();
  };
  // The web server waits for its connections to end before it has closed: sockets go first.
  app.addHook('preClose', end);
  return end;
}
