import type { FastifyInstance } from 'fastify';
import type { Platform } from './context.ts';
import type { RoomCheck } from './doctor/index.ts';
import type { Listener } from './events/index.ts';
import type { Authenticate, Route } from './http/index.ts';
import type { Job } from './jobs/index.ts';

/** Something that runs beside the web server as long as the house is open: a mail door, a web socket hub, a relay. */
export interface Service {
  name: string;
  /** The process role it belongs to. */
  role: 'web' | 'mail' | 'jobs';
  /** Resolves when it is ready; throws when it cannot be. */
  start(platform: Platform, app: FastifyInstance): Promise<void>;
  /** Takes nothing new, finishes what runs, then resolves. */
  stop(): Promise<void>;
  /** Where it can be reached, for the line printed at the start: `smtp://127.0.0.1:8425`. */
  addresses?(): Record<string, string>;
}

/** What a room brings to the house. */
export interface Room {
  routes?: readonly Route[];
  listeners?: readonly Listener[];
  jobs?: readonly Job<never>[];
  /** What the doctor asks of the room. */
  checks?: readonly RoomCheck[];
  services?: (authenticate: Authenticate) => Service[];
}
