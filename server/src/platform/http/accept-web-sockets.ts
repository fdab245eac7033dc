import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { Refusal } from '../refusal.ts';

// Presence is the longest thing a browser says, at about 100 bytes.
const MOST_MESSAGE_BYTES = 4_096;

const upgrades = new WeakMap<IncomingMessage, { socket: Duplex; head: Buffer }>();
const upgrading = new WeakSet<FastifyInstance>();

/**
 * A web socket at `url`. The upgrade request goes through the web server as any other does (cookies, the caller's address, security headers), `admit` lets it in or
 * throws a refusal, which is answered as a problem; then `open` gets the socket.
 */
export function acceptWebSockets<T>(app: FastifyInstance, url: string, admit: (request: FastifyRequest) => Promise<T>, open: (socket: WebSocket, admitted: T, request: FastifyRequest) => void): void {
  // Compression costs each socket tens of kilobytes of memory to save bytes of messages that are small already.
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE_BYTES, perMessageDeflate: false, clientTracking: false });

  routeUpgrades(app);

  app.get(url, async (request: FastifyRequest, reply: FastifyReply) => {
    const upgrade = upgrades.get(request.raw);
    if (!upgrade) throw new Refusal('invalid_request', 'This address speaks WebSocket only.');
    const admitted = await admit(request);
    reply.hijack();
    reply.raw.detachSocket(upgrade.socket as never);
    sockets.handleUpgrade(request.raw, upgrade.socket, upgrade.head, (socket) => open(socket, admitted, request));
  });
}

/** Upgrade requests take the way of all others; once for each server. */
function routeUpgrades(app: FastifyInstance): void {
  if (upgrading.has(app)) return;
  upgrading.add(app);
  app.server.on('upgrade', (raw, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(raw);
    upgrades.set(raw, { socket, head });
    response.assignSocket(socket as never);
    response.shouldKeepAlive = false;
    // Reached only when the answer is not an upgrade but a refusal.
    response.on('finish', () => socket.end());
    app.routing(raw, response);
  });
}
