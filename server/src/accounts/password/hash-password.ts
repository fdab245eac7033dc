import { hash, verify } from '@node-rs/argon2';

// argon2id (2) with 19 MiB, two passes, one lane: the OWASP minimum, about 20 ms here. More memory would let a burst of sign-ins starve a small server.
const COST = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// The same word can reach us composed or decomposed, depending on the keyboard.
const normal = (password: string) => password.normalize('NFKC');

/** The argon2id hash of a password, as a PHC string. Takes about 20 ms on a thread of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(normal(password), COST);
}

let nobodys: Promise<string> | undefined;

/**
 * Whether the password fits. Without a stored hash (nobody has this e-mail, or no password was chosen yet) it is compared with a hash nobody has the password
 * of, so that the answer takes as long and does not tell who has a login.
 */
export async function fitsPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  const decoy = await (nobodys ??= hashPassword(crypto.randomUUID()));
  const fits = await verify(stored ?? decoy, normal(password));
  return fits && typeof stored === 'string';
}
