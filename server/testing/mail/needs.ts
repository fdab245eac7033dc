import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Why a test with real mail servers cannot run here; false when it can. */
export function lacksMailServers(...programs: ('postfix' | 'dovecot' | 'swaks')[]): string | false {
  const paths = { postfix: '/usr/sbin/postfix', dovecot: '/usr/sbin/dovecot', swaks: '/usr/bin/swaks' };
  const missing = programs.filter((program) => !existsSync(paths[program]));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return userInfo().uid === 0 ? false : `${programs.join(' and ')} can only be started by root`;
}
