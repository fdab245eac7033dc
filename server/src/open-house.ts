import type { FastifyInstance } from 'fastify';
import * as accounts from './accounts/index.ts';
import * as cases from './cases/index.ts';
import * as channels from './channels/index.ts';
import * as customers from './customers/index.ts';
import * as demo from './demo/index.ts';
import * as inboxes from './inboxes/index.ts';
import * as ledger from './ledger/index.ts';
import * as live from './live/index.ts';
import * as setup from './setup/index.ts';
import { migrate } from './platform/database/migrate.ts';
import type { Config } from './platform/config.ts';
import { createHttpServer } from './platform/http/index.ts';
import { registerGroundRoutes } from './platform/http/ground-routes.ts';
import { openPlatform, type OpenOptions, type OpenPlatform } from './platform/open-platform.ts';
import { settleOutbox } from './platform/events/origin.ts';
import { createRelay } from './platform/events/relay-service.ts';
import type { Room, Service } from './platform/room.ts';
import { pruneJob } from './platform/prune.ts';

/** Every room, once. */
export const rooms: Record<string, Room> = { accounts: accounts.room, customers: customers.room, inboxes: inboxes.room, ledger: ledger.room, cases: cases.room, channels: channels.room, live: live.room, setup: setup.room, demo: demo.room };

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
    await platform.jobs.start(platform, [...all('jobs'), relay.job, pruneJob] as never, { work: false });
    return platform;
  } catch (error) {
    await platform.close();
    throw error;
  }
}

/** Opens the whole house: database, jobs, doors and web server. */
export async function openHouse(config: Config, options: OpenOptions = {}): Promise<House> {
  const platform = await openPlatform(config, options);
  const started: Service[] = [];
  const closeAll = async (app?: FastifyInstance) => {
    await app?.close();
    for (const service of started.reverse()) await service.stop().catch((error: unknown) => platform.log.error({ err: error, service: service.name }, 'service did not stop cleanly'));
    await platform.jobs.stop(10_000);
    await platform.close();
  };
  try {
    await migrate(platform.database.pool, (name) => options.onProgress?.(`Updating the database: ${name}`));
    await settleOutbox(platform.database);
    const relay = createRelay(all('listeners'));
    const app = await createHttpServer({ platform, routes: all('routes'), authenticate: accounts.authenticate });
    await registerGroundRoutes(app, platform, all('routes'));
    const works = (role: Service['role']) => config.roles.includes(role);
    await platform.jobs.start(platform, [...all('jobs'), relay.job, pruneJob] as never, { work: works('jobs') });
    const services = [relay.service, ...Object.values(rooms).flatMap((room) => room.services?.(accounts.authenticate) ?? [])].filter((service) => works(service.role));
    for (const service of services) {
      await service.start(platform, app);
      started.push(service);
    }
    const url = await app.listen({ host: config.host, port: config.port });
    const addresses = Object.assign({ web: url }, ...started.map((service) => service.addresses?.() ?? {})) as Record<string, string>;
    return { platform, app, url, addresses, close: () => closeAll(app) };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
