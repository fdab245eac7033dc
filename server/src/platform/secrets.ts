import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Secrets {
  /** AES-256-GCM under the key that lives outside the database. `purpose` is authenticated: a value moved to another place does not open. */
  seal(plain: string, purpose: string): Buffer;
  /** Throws when the value was changed, belongs to another purpose, or the key is another one. */
  open(sealed: Buffer, purpose: string): string;
  /** A key for signing, derived from the same root, 32 bytes. */
  deriveKey(purpose: string): Buffer;
}

function readOrMakeKey(dataDir: string): Buffer {
  const path = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  if (!existsSync(path)) {
    // Written aside and linked into place: of two processes that start at once the first one's key counts, and nobody ever reads half of it.
    const aside = `${path}.${randomBytes(6).toString('hex')}`;
    const fd = openSync(aside, 'wx', 0o600);
    writeSync(fd, randomBytes(32).toString('base64') + '\n');
    fsyncSync(fd);
    closeSync(fd);
    try {
      linkSync(aside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      unlinkSync(aside);
    }
  }
  chmodSync(path, 0o600);
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
}

/** Whether there is a key, without making one. */
export const hasKey = (dataDir: string, configured?: string): boolean => Boolean(configured) || existsSync(join(dataDir, 'secret.key'));

/** The key comes from the configuration or from `<dataDir>/secret.key`, made once. */
export function openSecrets(dataDir: string, configured?: string): Secrets {
  const key = configured ? Buffer.from(configured, 'base64') : readOrMakeKey(dataDir);
  if (key.length !== 32) throw new Error('The secret key must be 32 bytes in base64. Check RAPPORT_SECRET_KEY or secret.key in the data directory.');
  const encryption = createHmac('sha256', key).update('encryption').digest();
  return {
    seal(plain, purpose) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', encryption, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.from([1]), iv, cipher.getAuthTag(), body]);
    },
    open(sealed, purpose) {
      if (sealed[0] !== 1) throw new Error('Unknown format of a sealed secret.');
      const decipher = createDecipheriv('aes-256-gcm', encryption, sealed.subarray(1, 13)).setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(13, 29));
      return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
    },
    deriveKey: (purpose) => createHmac('sha256', key).update(`derive:${purpose}`).digest(),
  };
}

/** What is stored of a random token: its SHA-256. The token has 256 bits of its own, so no slow hash is needed. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
