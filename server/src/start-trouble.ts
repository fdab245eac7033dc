import type { Config } from './platform/config.ts';

interface SystemError extends Error {
  code?: string;
  port?: number;
  path?: string;
  syscall?: string;
  errors?: unknown[];
}

/** The address without user and password: it may end up in a screenshot. */
function databaseAt(config: Config): string {
  // Not by `URL`: a server on a socket is addressed without a host, which `URL` does not take.
  const [, host = '', path = ''] = /^postgres(?:ql)?:\/\/(?:[^/?]*@)?([^/?@]*)(\/[^?]*)?/.exec(config.databaseUrl ?? '') ?? [];
  return host || path ? `${host || 'its socket'}${path}` : 'DATABASE_URL';
}

function databaseTrouble(code: string, config: Config): string | undefined {
  const where = databaseAt(config);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ECONNRESET':
      return `The database at ${where} does not answer (${code}). Is it running, and is DATABASE_URL right? Without DATABASE_URL, Rapport starts a database of its own.`;
    case '28P01':
    case '28000':
      return `The database at ${where} does not let us in: check user and password in DATABASE_URL.`;
    case '3D000':
      return `The database server has no database ${where.split('/').at(-1)}. Create it, or name another one in DATABASE_URL.`;
    case '42501':
      return `The user in DATABASE_URL may not do what is needed in ${where}. It must own the database and be allowed to create roles.`;
    case '53300':
      return `The database at ${where} has no connection left for us. Raise its max_connections, or lower RAPPORT_DB_POOL.`;
    default:
      return undefined;
  }
}

/** Why Rapport could not start, in words for the person at the terminal, with what to do about it. */
export function explainTrouble(error: unknown, config: Config | undefined): string {
  const { code = '', message, syscall = '', path = '', port, errors } = error as SystemError;
  // Several addresses were tried for one name; each failed alike.
  if (Array.isArray(errors) && errors[0]) return explainTrouble(Object.assign(errors[0] as Error, { code }), config);
  if (!config) return message;
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Is Rapport running already? Stop what uses the port, or choose others with RAPPORT_PORT, RAPPORT_SMTP_PORT and RAPPORT_LMTP_PORT.`;
  if (code === 'EADDRNOTAVAIL') return `This machine does not have the address to listen on. Check RAPPORT_HOST and RAPPORT_SMTP_HOST.`;
  if (code === 'EACCES' && syscall === 'listen') return `Port ${port} may be used by the superuser only. Choose one above 1023.`;
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return `${path || config.dataDir} cannot be written. Give the user who runs Rapport the right to write there, or choose another data directory with RAPPORT_DATA.`;
  if (code === 'ENOSPC') return `The disk is full: ${path || config.dataDir}.`;
  return (config.databaseUrl && databaseTrouble(code, config)) ?? message;
}
