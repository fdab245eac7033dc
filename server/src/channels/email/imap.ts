import { setTimeout as sleep } from 'node:timers/promises';
import { getMailInbox, listMailInboxes, recordHealth, type InboxHealth, type MailInbox } from '../../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../../platform/context.ts';
import { onCommitted } from '../../platform/events/index.ts';
import type { Service } from '../../platform/room.ts';
import { accessToken } from './access/access-token.ts';
import { createByteGate, type ByteGate } from './byte-gate.ts';
import { explainTrouble, type Explanation } from './explain-trouble.ts';
import { fetchNew, waitForNews } from './fetch-folder.ts';
import type { ImapFlow } from 'imapflow';
import { imapClient, type ImapSettings } from './imap-connection.ts';

const LOOK_MS = 10_000;
const LEASE_SECONDS = 45;
const RENEW_MS = 15_000;
const POLL_MS = 30_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const BYTES_IN_HAND = 64 * 1024 * 1024;

interface Running {
  version: number;
  stop: AbortController;
  done: Promise<void>;
}

/**
 * Fetches the mailboxes of all inboxes that have one. Among several processes each mailbox is fetched by one, the holder of its lease; when that
 * dies another takes over where the last committed mail left off.
 */
export function mailboxFetchers(): Service {
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  let watching: Promise<void> = Promise.resolve();
  let unsubscribe = (): void => {};
  return {
    name: 'email.imap',
    role: 'mail',
    async start(platform) {
      const gate = createByteGate(BYTES_IN_HAND);
      const look = { wake: (): void => {} };
      unsubscribe = onCommitted(platform.bus, (events) => {
        if (events.some(({ topic }) => topic === 'inbox.changed')) look.wake();
      });
      watching = watch(platform, running, gate, stopping.signal, look);
    },
    async stop() {
      unsubscribe();
      stopping.abort();
      await watching;
      await Promise.all([...running.values()].map(endFetcher));
    },
  };
}

async function endFetcher({ stop, done }: Running): Promise<void> {
  stop.abort();
  await done;
}

/** Looks again and again, and when an inbox changed, which mailboxes there are; has one fetcher running for each whose lease this process can get. */
async function watch(platform: Platform, running: Map<string, Running>, gate: ByteGate, signal: AbortSignal, look: { wake: () => void }): Promise<void> {
  while (!signal.aborted) {
    const changed = new AbortController();
    look.wake = () => changed.abort();
    try {
      await reconcile(platform, running, gate);
    } catch (error) {
      platform.log.warn({ err: error }, 'mailboxes could not be looked up');
    }
    await sleep(LOOK_MS, undefined, { signal: AbortSignal.any([signal, changed.signal]) }).catch(() => {});
  }
}

async function reconcile(platform: Platform, running: Map<string, Running>, gate: ByteGate): Promise<void> {
  const wanted = new Map((await listMailInboxes(platform)).filter((inbox) => inbox.settings.inbound.kind === 'imap').map((inbox) => [inbox.id, inbox]));
  for (const [id, fetcher] of running) {
    const inbox = wanted.get(id);
    if (inbox !== undefined && inbox.version === fetcher.version && !fetcher.stop.signal.aborted) continue;
    await endFetcher(fetcher);
    running.delete(id);
  }
  for (const inbox of wanted.values()) {
    if (running.has(inbox.id) || !(await platform.leases.hold(leaseOf(inbox), LEASE_SECONDS))) continue;
    const stop = new AbortController();
    running.set(inbox.id, { version: inbox.version, stop, done: fetchWithLease(platform, inbox, gate, stop) });
  }
}

const leaseOf = (inbox: MailInbox): string => `imap:${inbox.id}`;

async function fetchWithLease(platform: Platform, inbox: MailInbox, gate: ByteGate, stop: AbortController): Promise<void> {
  const renewing = renewLease(platform, inbox, stop);
  await fetchUntilStopped(platform, inbox, gate, stop.signal);
  await renewing;
  await platform.leases.release(leaseOf(inbox)).catch((error: unknown) => platform.log.debug({ err: error }, 'lease runs out by itself'));
}

/** A process that cannot renew in time stops fetching: another may have begun. */
async function renewLease(platform: Platform, inbox: MailInbox, stop: AbortController): Promise<void> {
  let heldAt = Date.now();
  while (!stop.signal.aborted) {
    await sleep(RENEW_MS, undefined, { signal: stop.signal }).catch(() => {});
    if (stop.signal.aborted) return;
    try {
      if (!(await platform.leases.hold(leaseOf(inbox), LEASE_SECONDS))) stop.abort();
      else heldAt = Date.now();
    } catch {
      if (Date.now() - heldAt > (LEASE_SECONDS * 1000) / 2) stop.abort();
    }
  }
}

/** Connects, fetches, waits for news, and connects again after trouble, ever more slowly and never giving up. */
async function fetchUntilStopped(platform: Platform, inbox: MailInbox, gate: ByteGate, signal: AbortSignal): Promise<void> {
  const settings = inbox.settings.inbound.kind === 'imap' ? inbox.settings.inbound.imap : undefined;
  if (settings === undefined) return;
  for (let failures = 0; !signal.aborted; ) {
    const progress = { step: 'connect' as Explanation['step'], wasOpen: false };
    try {
      await fetchOneConnection(platform, inbox, settings, gate, signal, progress);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures = progress.wasOpen ? 1 : failures + 1;
      const { detail, finding, values } = explainTrouble(error, settings, progress.step);
      platform.log.warn({ err: error, inboxId: inbox.id, step: progress.step, failures }, 'mailbox could not be fetched');
      // One broken connection is everyday business; people hear of it when the next one fails as well.
      if (failures > 1 || !progress.wasOpen) await reportHealth(platform, inbox, { state: 'failing', detail, finding, values });
      const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(10, failures - 1));
      await sleep(waitMs * (1 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }
}

/** Signed in. With consent in place of a password: access that the server does not take (any more) is asked for anew, once. */
async function connect(platform: Platform, inbox: MailInbox, settings: ImapSettings, signal: AbortSignal): Promise<ImapFlow> {
  const access = settings.auth === 'oauth' ? accessToken(platform, inbox.accountId, inbox.id) : undefined;
  for (let isAgain = false; ; isAgain = true) {
    const client = imapClient(settings, { maxBytes: platform.config.mailMaxBytes, accessToken: await access?.(isAgain) });
    const close = (): void => client.close();
    signal.addEventListener('abort', close, { once: true });
    try {
      await client.connect();
      return client;
    } catch (error) {
      client.close();
      if (access === undefined || isAgain || (error as { authenticationFailed?: boolean }).authenticationFailed !== true) throw error;
    } finally {
      signal.removeEventListener('abort', close);
    }
  }
}

async function fetchOneConnection(platform: Platform, inbox: MailInbox, settings: ImapSettings, gate: ByteGate, signal: AbortSignal, progress: { step: Explanation['step']; wasOpen: boolean }): Promise<void> {
  const client = await connect(platform, inbox, settings, signal);
  const close = (): void => client.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    progress.step = 'folder';
    const target = { accountId: inbox.accountId, inboxId: inbox.id, folder: settings.folder, host: settings.host, user: settings.user };
    let hasNews = false;
    client.on('exists', () => (hasNews = true));
    for (let isNews = false; !signal.aborted; ) {
      // Opened anew now and then, because a folder may have been made anew under the same name.
      if (!isNews) await client.mailboxOpen(settings.folder, { readOnly: true });
      hasNews = false;
      await fetchNew(platform, client, target, gate, () => signal.aborted);
      progress.wasOpen = true;
      await reportHealth(platform, inbox, { state: 'ok', detail: null });
      // What came while this was fetched has been told already and would not be told again.
      isNews = hasNews || (await waitForNews(client, POLL_MS, signal));
      if (!client.usable) throw Object.assign(new Error('The connection ended.'), { code: 'EConnectionClosed' });
    }
  } finally {
    signal.removeEventListener('abort', close);
    client.close();
  }
}

async function reportHealth(platform: Platform, inbox: MailInbox, health: InboxHealth): Promise<void> {
  try {
    await inAccount(platform, inbox.accountId, systemActor('email.imap'), async (ctx) => {
      // What is said of settings that were changed meanwhile is of no interest any more.
      if ((await getMailInbox(ctx, inbox.id)).version === inbox.version) await recordHealth(ctx, inbox.id, 'receiving', health);
    });
  } catch (error) {
    platform.log.warn({ err: error, inboxId: inbox.id }, 'health of an inbox could not be noted');
  }
}
