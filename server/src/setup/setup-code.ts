import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { baseUrl } from '../accounts/index.ts';
import type { Config } from '../platform/config.ts';
import type { Platform } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';

// Letters and digits that are not mistaken for one another; 20 of these 32 are 100 bits.
const SIGNS = 'abcdefghjkmnpqrstuvwxyz123456789';
const LENGTH = 20;

const isThisMachine = (host: string) => host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** Whether others than this machine reach the set-up page: by the address that is listened on, or by a proxy in front. Then whoever came first could take the installation. */
export function needsSetupCode(config: Pick<Config, 'host' | 'publicUrl' | 'trustProxy'>): boolean {
  return config.trustProxy || !isThisMachine(config.host) || (config.publicUrl !== undefined && !isThisMachine(new URL(config.publicUrl).hostname));
}

/** Whether this request came from elsewhere although nothing was said of a proxy: under another name than this machine's, or handed on by somebody. */
export function comesFromElsewhere({ host, headers }: Pick<FastifyRequest, 'host' | 'headers'>): boolean {
  const isHandedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return isHandedOn || !isThisMachine(host.replace(/:\d+$/, ''));
}

/** What the set-up asks for: made of the secret key, so that every process and every command beside it know the same one. It is worth nothing once there is an account. */
export function setupCode(secrets: Platform['secrets']): string {
  return [...secrets.deriveKey('setup').subarray(0, LENGTH)].map((byte) => SIGNS.charAt(byte % SIGNS.length)).join('').replace(/(.{5})(?=.)/g, '$1-');
}

/** The set-up page with its code behind the `#`: that part is never sent to a server, and stands in no proxy's log. */
export const setupLink = (platform: Pick<Platform, 'config' | 'secrets'>): string => `${baseUrl(platform.config)}/first-run#code=${setupCode(platform.secrets)}`;

/** Throws `setup_code_needed` where a code is asked for and this is not it. */
export function mustKnowCode(platform: Pick<Platform, 'config' | 'secrets'>, request: Pick<FastifyRequest, 'host' | 'headers'>, given: string | undefined): void {
  if (!needsSetupCode(platform.config) && !comesFromElsewhere(request)) return;
  const plain = (code: string) => Buffer.from(code.trim().toLowerCase().replaceAll('-', ''));
  const [wanted, came] = [plain(setupCode(platform.secrets)), plain(given ?? '')];
  if (wanted.length === came.length && timingSafeEqual(wanted, came)) return;
  throw new Refusal('setup_code_needed', '`npx rapport setup-link` on the server prints the link with the code.');
}
