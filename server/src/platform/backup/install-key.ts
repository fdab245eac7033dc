import { randomUUID } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openSecrets } from '../secrets.ts';
import { fingerprintOf } from './fingerprint.ts';
import { SECRET_KEY } from './manifest.ts';

/**
 * Puts the secret key of the backup in `directory` in the place of the one at `keyFile`, which is kept beside it under another name: an empty database has
 * sealed nothing with it, but throwing keys away is not for a program. Throws when the backup's key is not the one its manifest speaks of.
 */
export async function installKey(directory: string, keyFile: string, fingerprint: string): Promise<void> {
  const text = await readFile(join(directory, SECRET_KEY), 'utf8');
  if (fingerprintOf(openSecrets(dirname(keyFile), text.trim())) !== fingerprint) throw new Error(`${join(directory, SECRET_KEY)} is damaged. Choose another backup.`);
  const aside = `${keyFile}.new-${randomUUID()}`;
  const handle = await open(aside, 'wx', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(keyFile, `${keyFile}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(aside, keyFile);
}
