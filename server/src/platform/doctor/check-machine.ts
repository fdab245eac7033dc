import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const GIB = 1024 ** 3;
const LITTLE_SPACE = 5 * GIB;
const NO_SPACE = GIB;

/** What can be seen without the database. Changes nothing: no directory and no key is made. */
export async function checkMachine(config: Config): Promise<Finding[]> {
  return [checkNode(process.versions.node), await checkDataDirectory(config.dataDir), ...(await checkSpace(config.dataDir)), await checkSecretKey(config), checkAddress(config)];
}

export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 12)) return ok('node', `Node ${version}`);
  return problem('node', `Node ${version} is too old.`, 'Install Node 24.12 or newer.');
}

async function checkDataDirectory(dataDir: string): Promise<Finding> {
  const there = await stat(dataDir).catch(() => undefined);
  if (!there) return warning('data directory', `${dataDir} does not exist yet.`, 'The first start makes it. If there should be one already, check RAPPORT_DATA and the directory you run this from.');
  const isWritable = await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK).then(() => true, () => false);
  if (!there.isDirectory() || !isWritable) return problem('data directory', `${dataDir} cannot be written to by this user.`, `Run as the user the service runs as, or hand the directory over: chown -R that-user ${dataDir}`);
  return ok('data directory', dataDir);
}

async function checkSpace(dataDir: string): Promise<Finding[]> {
  const space = await statfs(dataDir).catch(() => undefined);
  if (!space) return [];
  return [judgeSpace(space.bavail * space.bsize, space.blocks * space.bsize)];
}

export function judgeSpace(free: number, total: number): Finding {
  const says = `${(free / GIB).toFixed(1)} of ${(total / GIB).toFixed(1)} GiB are free.`;
  const advice = 'Free some space or move the data directory to a larger disk. When the disk is full no message can be taken in.';
  if (free < NO_SPACE) return problem('disk', says, advice);
  return free < LITTLE_SPACE ? warning('disk', says, advice) : ok('disk', says);
}

async function checkSecretKey(config: Config): Promise<Finding> {
  const check = 'secret key';
  if (config.secretKey) {
    if (Buffer.from(config.secretKey, 'base64').length === 32) return ok(check, 'Comes from RAPPORT_SECRET_KEY. Backups do not hold it: keep a copy of your own.');
    return problem(check, 'RAPPORT_SECRET_KEY is not a key of 32 bytes in base64.', 'Set it to the key this installation has always had.');
  }
  const path = join(config.dataDir, 'secret.key');
  const there = await stat(path).catch(() => undefined);
  if (!there) return warning(check, `${path} does not exist.`, 'A first start makes it. If this installation has been running, bring the file back from a backup before the next start, or the stored passwords of mailboxes and second factors cannot be opened.');
  const key = await readFile(path, 'utf8').catch(() => undefined);
  if (key === undefined) return problem(check, `${path} cannot be read by this user.`, 'Run as the user the service runs as.');
  if (Buffer.from(key.trim(), 'base64').length !== 32) return problem(check, `${path} does not hold a key of 32 bytes in base64.`, 'Bring the file back from a backup.');
  if ((there.mode & 0o077) !== 0) return problem(check, `${path} can be read by other users.`, `chmod 600 ${path}`);
  return ok(check, path);
}

function checkAddress(config: Config): Finding {
  const check = 'web address';
  const isLocal = config.host === 'localhost' || config.host === '::1' || (isIP(config.host) === 4 && config.host.startsWith('127.'));
  const isSecure = config.publicUrl?.startsWith('https://') === true;
  if (isLocal || isSecure) return ok(check, config.publicUrl ?? `http://localhost:${config.port}`);
  return warning(check, `The web server listens on ${config.host}, and RAPPORT_URL does not begin with https://.`, 'Put a proxy with TLS in front and set RAPPORT_URL to the address people use. Sign-in over plain HTTP can be listened to.');
}
