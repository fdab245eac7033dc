import { resolve } from 'node:path';
import { z } from 'zod';

interface Setting<T extends z.ZodType = z.ZodType> {
  variable: string;
  doc: string;
  schema: T;
  isSecret?: boolean;
}
const setting = <T extends z.ZodType>(variable: string, doc: string, schema: T, isSecret = false): Setting<T> => ({ variable, doc, schema, isSecret });
const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);
const flag = (fallback: boolean) => z.enum(['true', 'false', '1', '0', 'on', 'off']).default(fallback ? 'true' : 'false').transform((value) => ['true', '1', 'on'].includes(value));
// PostgreSQL's own rules, not those of web addresses: a unix socket is written with no host at all, postgresql:///rapport?host=/run/postgresql.
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://').optional();

/** Everything an operator can set, in one place: each with its variable, meaning and default. docs/guides/configuration.md is made from this list. */
export const settings = {
  dataDir: setting('RAPPORT_DATA', 'Directory in which everything the product writes lives: the embedded database, files, the secret key.', z.string().min(1).default('./data').transform((path) => resolve(path))),
  databaseUrl: setting('DATABASE_URL', 'A PostgreSQL of your own (15 or newer). Empty: the embedded one is started.', postgresUrl, true),
  databaseDirectUrl: setting('DATABASE_DIRECT_URL', 'Address of the PostgreSQL server itself, when DATABASE_URL goes through a transaction pooler. Used to listen for news.', postgresUrl, true),
  natsUrl: setting('NATS_URL', 'A NATS server that carries live events between several app processes. Empty: PostgreSQL carries them.', z.string().optional().transform((url) => url || undefined), true),
  host: setting('RAPPORT_HOST', 'Address the web server listens on. Only this machine by default; put a TLS proxy in front for others.', z.string().default('127.0.0.1')),
  port: setting('RAPPORT_PORT', 'Port of the web server. 0 takes a free one.', port(8400)),
  publicUrl: setting('RAPPORT_URL', 'How people reach Rapport, for links in mails and the origin check. Empty: http://localhost:<port>.', z.string().url().optional().or(z.literal('').transform(() => undefined))),
  trustProxy: setting('RAPPORT_TRUST_PROXY', 'Whether a proxy in front sets X-Forwarded-For and X-Forwarded-Proto.', flag(false)),
  smtpHost: setting('RAPPORT_SMTP_HOST', 'Address the mail doors (SMTP and LMTP) listen on.', z.string().default('127.0.0.1')),
  smtpPort: setting('RAPPORT_SMTP_PORT', 'Port of the SMTP door. 0 takes a free one.', port(8425)),
  lmtpPort: setting('RAPPORT_LMTP_PORT', 'Port of the LMTP door, for a mail server on the same machine. 0 takes a free one.', port(8424)),
  smtpTlsCert: setting('RAPPORT_SMTP_TLS_CERT', 'Certificate file (PEM) for STARTTLS at the mail doors.', z.string().optional()),
  smtpTlsKey: setting('RAPPORT_SMTP_TLS_KEY', 'Key file (PEM) of that certificate.', z.string().optional()),
  mailMaxBytes: setting('RAPPORT_MAIL_MAX_BYTES', 'Largest mail taken in, in bytes.', z.coerce.number().int().min(65536).default(50 * 1024 * 1024)),
  checkSenders: setting('RAPPORT_CHECK_SENDERS', 'Whether mail is checked for forged senders (SPF, DKIM, DMARC), which asks name servers about the domains of those who write.', flag(true)),
  dnsServers: setting('RAPPORT_DNS_SERVERS', 'Name servers to ask about senders, comma-separated, as address or address:port. Empty: the system’s.', z.string().default('').transform((list) => list.split(',').map((server) => server.trim()).filter(Boolean))),
  systemMailUrl: setting('RAPPORT_SYSTEM_MAIL_URL', 'SMTP server for invitations and password resets, as smtp://user:password@host:port or smtps://. Empty: the first inbox that sends by SMTP is used, else the built-in mailbox.', z.string().optional(), true),
  files: setting('RAPPORT_FILES', 'Where attachments and raw mails are kept: `disk` (below the data directory) or s3://bucket/prefix?endpoint=…&region=…', z.string().default('disk')),
  s3AccessKey: setting('RAPPORT_S3_ACCESS_KEY', 'Access key for S3; empty: the usual AWS sources.', z.string().optional(), true),
  s3SecretKey: setting('RAPPORT_S3_SECRET_KEY', 'Secret key for S3.', z.string().optional(), true),
  secretKey: setting('RAPPORT_SECRET_KEY', 'Key (32 bytes, base64) that encrypts stored secrets. Empty: a key file in the data directory, made at the first start. Back it up.', z.string().optional(), true),
  databasePool: setting('RAPPORT_DB_POOL', 'Database connections of one app process.', z.coerce.number().int().min(2).max(200).default(12)),
  databasePrepare: setting('RAPPORT_DB_PREPARE', 'Named prepared statements; off behind a transaction pooler.', flag(true)),
  buildWeb: setting('RAPPORT_BUILD_WEB', 'Whether the server builds the workspace at its start when the sources have changed since the last build.', flag(true)),
  logLevel: setting('RAPPORT_LOG', 'Least level that is logged: debug, info, warn, error.', z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info')),
  internalHosts: setting('RAPPORT_INTERNAL_HOSTS', 'Hosts in your own network, comma-separated, that addresses typed in by people may lead to (a company’s sign-in); they may also speak http. Empty: such addresses lead to the internet only, by https.', z.string().default('').transform((list) => list.split(',').map((host) => host.trim().toLowerCase()).filter(Boolean))),
  roles: setting('RAPPORT_ROLES', 'What this process does, comma-separated: web, mail, jobs.', z.string().default('web,mail,jobs').transform((list) => list.split(',').map((role) => role.trim())).pipe(z.array(z.enum(['web', 'mail', 'jobs'], 'use web, mail and jobs, with commas between')).min(1))),
  metricsToken: setting('RAPPORT_METRICS_TOKEN', 'Bearer token for /metrics; without one, /metrics answers this machine only.', z.string().optional(), true),
} as const satisfies Record<string, Setting>;

export type Config = { [Name in keyof typeof settings]: z.output<(typeof settings)[Name]['schema']> };

/** Reads the settings from environment variables. Throws one error that lists every setting that is not as it should be. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const config: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, { variable, schema }] of Object.entries(settings)) {
    const value = env[variable];
    const parsed = schema.safeParse(value === '' ? undefined : value);
    if (parsed.success) config[name] = parsed.data;
    else wrong.push(`${variable}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
  }
  if (wrong.length > 0) throw new Error(`The configuration is not right.\n  ${wrong.join('\n  ')}`);
  return config as Config;
}
