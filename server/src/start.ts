import { flushCompileCache } from 'node:module';
import { buildWorkspace } from './build-workspace.ts';
import { openDemo, tellDemo } from './open-demo.ts';
import { openHouse, type House } from './open-house.ts';
import { readConfig, type Config } from './platform/config.ts';
import { findInstalledAccount, needsSetupCode, setupLink } from './setup/index.ts';
import { explainTrouble } from './start-trouble.ts';

// npm passes an interrupt on to us that the terminal has sent us already: one Ctrl+C arrives twice.
const SAME_SIGNAL_MS = 1_000;
// Each part of the house has its own time to end; this is for when even that fails.
const LAST_RESORT_MS = 60_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Where a person on this machine opens it. */
function addressToOpen(config: Config, listening: string): string {
  if (config.publicUrl) return config.publicUrl;
  const { port, hostname } = new URL(listening);
  return `http://${['127.0.0.1', '[::1]', '0.0.0.0', '[::]'].includes(hostname) ? 'localhost' : hostname}:${port}`;
}

async function greet(config: Config, house: House): Promise<void> {
  const { smtp, lmtp } = house.addresses;
  const account = await findInstalledAccount(house.platform);
  say('');
  say(`  Open ${addressToOpen(config, house.url)}`);
  if (!account) {
    say('  There is no account yet: the page leads you through the first steps.');
    if (needsSetupCode(config)) say(`  Others reach this address too, so the first steps ask for a code. It is in this link, to be opened by you alone:\n  ${setupLink(house.platform)}`);
  }
  if (smtp || lmtp) say(`  Mail from outside comes in at ${[smtp, lmtp].filter(Boolean).join(' and ')}.`);
  if (config.roles.includes('mail')) say('  Mail you send stays in the built-in mailbox until an inbox has a mail server of its own.');
  say(`  Everything is kept in ${config.databaseUrl ? `your database and ${config.dataDir}` : config.dataDir}. Stop with Ctrl+C.`);
}

/** Returns whether it has been asked to stop. */
function stopOnSignal(house: House): () => boolean {
  let askedAt: number | undefined;
  const stop = (reason: string, exitCode: number) => {
    if (askedAt !== undefined) {
      // A second signal means: now.
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    askedAt = Date.now();
    say(`Stopping (${reason}): what runs is finished first. Once more to stop at once.`);
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    house.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        house.platform.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal, 0));
  // What nobody foresaw leaves the process in a state nobody knows: end it in order, and let it be started again.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      house.platform.log.error({ err: error }, 'unforeseen fault');
      stop('a fault that nobody foresaw', 1);
    });
  }
  return () => askedAt !== undefined;
}

/** Starts the server as a person at a terminal or a service manager expects it: says what to open, stops on a signal, ends with 1 and a reason when it cannot start. */
export async function start(): Promise<void> {
  let config: Config | undefined;
  try {
    // At a terminal, a line for each request would bury what there is to read.
    config = readConfig({ ...(process.stderr.isTTY ? { RAPPORT_LOG: 'warn' } : {}), ...process.env });
    say('Rapport is starting.');
    const progress = (step: string) => say(`  ${step}`);
    const workspace = config.buildWeb && config.roles.includes('web') ? buildWorkspace(progress) : undefined;
    const house = await openHouse(config, { onProgress: progress, ...(workspace ? { workspace } : {}) });
    const isStopping = stopOnSignal(house);
    await workspace;
    const isDemo = process.argv.includes('--demo');
    if (isDemo) await openDemo(house.platform);
    await greet(config, house);
    if (isDemo) void tellDemo(house.platform, progress, isStopping);
    // So that the next start is quick also when this one does not end in order.
    flushCompileCache();
  } catch (error) {
    process.stderr.write(`Rapport could not start.\n  ${explainTrouble(error, config)}\n`);
    process.exit(1);
  }
}
