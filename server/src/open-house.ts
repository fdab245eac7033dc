import type { FastifyInstance } from 'fastify';
import * as accounts from './accounts/index.ts';
import * as automation from './automation/index.ts';
import * as cases from './cases/index.ts';
import * as channels from './channels/index.ts';
import * as customers from './customers/index.ts';
import * as demo from './demo/index.ts';
import * as importing from './importing/index.ts';
import * as inboxes from './inboxes/index.ts';
import * as insights from './insights/index.ts';
import * as ledger from './ledger/index.ts';
import * as live from './live/index.ts';
import * as notifications from './notifications/index.ts';
import * as privacy from './privacy/index.ts';
import * as quality from './quality/index.ts';
import * as routing from './routing/index.ts';
import * as setup from './setup/index.ts';
import * as webhooks from './webhooks/index.ts';
import * as workforce from './workforce/index.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Config } from './platform/config.ts';
import { groundJobs } from './platform/ground-jobs.ts';
import { createHttpServer } from './platform/http/index.ts';
import { registerGroundRoutes, workspaceFolder } from './platform/http/ground-routes.ts';
import { openPlatform, type OpenOptions, type OpenPlatform } from './platform/open-platform.ts';
import { settleOutbox } from './platform/events/origin.ts';
import { createRelay } from './platform/events/relay-service.ts';
import type { Room, Service } from './platform/room.ts';

/** Every room, once. */
export const rooms: Record<string, Room> = { accounts: accounts.room, customers: customers.room, inboxes: inboxes.room, ledger: ledger.room, workforce: workforce.room, cases: cases.room, routing: routing.room, quality: quality.room, automation: automation.room, notifications: notifications.room, insights: insights.room, channels: channels.room, live: live.room, webhooks: webhooks.room, setup: setup.room, demo: demo.room, privacy: privacy.room, importing: importing.room };

export interface House {
  platform: OpenPlatform;
  app: FastifyInstance;
  url: string;
  addresses: Record<string, string>;
  /** Graceful: takes nothing new, finishes what runs, then closes the database. */
  close(): Promise<void>;
}

const all = <K extends 'routes' | 'listeners' | 'jobs'>(key: K) => Object.values(rooms).flatMap((room) => (room[key] ?? []) as NonNullable<Room[K]>[number][]);

/** Opens the ground floor and brings the schema up to date; for commands that need no web server. */
export async function openGround(config: Config, options: OpenOptions = {}): Promise<OpenPlatform> {
  const platform = await openPlatform(config, options);
  try {
    await migrate(platform.database.pool, (name) => options.onProgress?.(`Updating the database: ${name}`));
    await settleOutbox(platform.database);
    // The queues must exist before anything can be enqueued, also by a command.
    const relay = createRelay(all('listeners'));
    await platform.jobs.start(platform, [...all('jobs'), relay.job, ...groundJobs] as never, { work: false });
    return platform;
  } catch (error) {
    await platform.close();
    throw error;
  }
}

export interface HouseOptions extends OpenOptions {
  /** Where the built workspace lies, once it is ready; the web server opens without waiting for it. */
  workspace?: Promise<string>;
}

// Something that does not end must not keep a restart waiting for ever; what it was doing is found again in the database.
const DRAIN_MS = 15_000;

/** Opens the whole house: database, jobs, doors and web server. A process without the role `web` answers only for its health and metrics. */
export async function openHouse(config: Config, options: HouseOptions = {}): Promise<House> {
  const platform = await openPlatform(config, options);
  const started: Service[] = [];
  let app: FastifyInstance | undefined;
  const ended = async (name: string, work: Promise<unknown> | undefined) => {
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise((_, reject) => (patience = setTimeout(() => reject(new Error('It did not end in time.')), DRAIN_MS)));
    await Promise.race([work, late]).catch((error: unknown) => platform.log.error({ err: error, part: name }, 'a part of the house did not stop cleanly'));
    clearTimeout(patience);
  };
  const closeAll = async () => {
    await Promise.all([ended('web', app?.close()).then(() => app?.server.closeAllConnections()), ...started.map((service) => ended(service.name, service.stop()))]);
    await ended('jobs', platform.jobs.stop(DRAIN_MS));
    await platform.close();
  };
  try {
    await migrate(platform.database.pool, (name) => options.onProgress?.(`Updating the database: ${name}`));
    await settleOutbox(platform.database);
    const works = (role: Service['role']) => config.roles.includes(role);
    const relay = createRelay(all('listeners'));
    const routes = works('web') ? all('routes') : [];
    app = await createHttpServer({ platform, routes, authenticate: accounts.authenticate });
    await registerGroundRoutes(app, platform, routes, { cookieName: accounts.sessionCookieName(config), workspace: options.workspace ?? Promise.resolve(workspaceFolder) });
    await platform.jobs.start(platform, [...all('jobs'), relay.job, ...groundJobs] as never, { work: works('jobs') });
    const services = [relay.service, ...Object.values(rooms).flatMap((room) => room.services?.(accounts.authenticate) ?? [])].filter((service) => works(service.role));
    for (const service of services) {
      // Before it has started: of two doors the first may be open when the second fails.
      started.push(service);
      await service.start(platform, app);
    }
    const url = await app.listen({ host: config.host, port: config.port });
    const addresses = Object.assign({ web: url }, ...started.map((service) => service.addresses?.() ?? {})) as Record<string, string>;
    return { platform, app, url, addresses, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
