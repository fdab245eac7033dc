import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { chownSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, untilOpen } from './free-port.ts';

export interface MailServer {
  smtpPort: number;
  /** Mails that wait in the queue. */
  waiting(): Promise<number>;
  log(): Promise<string>;
  stop(): Promise<void>;
}

/**
 * A real Postfix on a free port of the loopback that relays for everybody here: mail for each domain of `routes` goes to that LMTP port. It tries again after two
 * seconds. Needs root; see `lacksMailServers`.
 */
export async function startPostfix(routes: Record<string, number>, options: { /** Only who signs in may send; a Dovecot at this port says who that is. */ saslPort?: number } = {}): Promise<MailServer> {
  const root = await mkdtemp(join(tmpdir(), 'rapport-postfix-'));
  await chmod(root, 0o755);
  const smtpPort = await freePort();
  const [conf, queue, data] = ['conf', 'queue', 'data'].map((name) => join(root, name)) as [string, string, string];
  for (const folder of [conf, queue, data]) await mkdir(folder);
  // The owner whom Postfix runs its parts as.
  const { uid, gid } = statSync('/var/lib/postfix');
  chownSync(data, uid, gid);
  await writeFile(join(conf, 'transport'), Object.entries(routes).map(([domain, port]) => `${domain} lmtp:inet:127.0.0.1:${port}\n`).join(''));
  await writeFile(join(conf, 'main.cf'), `
compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.relay.test
mydestination =
mynetworks = 127.0.0.0/8
relay_domains = ${Object.keys(routes).join(', ')}
transport_maps = texthash:${conf}/transport
${options.saslPort === undefined ? 'smtpd_recipient_restrictions = permit_mynetworks, reject' : `smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${options.saslPort}
smtpd_sasl_security_options = noanonymous`}
maillog_file = ${root}/log
maillog_file_prefixes = ${root}
minimal_backoff_time = 2s
maximal_backoff_time = 2s
queue_run_delay = 2s
transport_retry_time = 2s
lmtp_destination_concurrency_limit = 20
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
default_process_limit = 60
message_size_limit = 60000000
alias_maps =
alias_database =
`);
  await writeFile(join(conf, 'master.cf'), `
${smtpPort} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`);
  const child = spawn('/usr/sbin/postfix', ['-c', conf, 'start-fg'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const run = promisify(execFile);
  await untilOpen(smtpPort);
  return {
    smtpPort,
    async waiting() {
      const { stdout } = await run('/usr/sbin/postqueue', ['-c', conf, '-j']);
      return stdout.split('\n').filter((line) => line.trim() !== '').length;
    },
    log: () => readFile(join(root, 'log'), 'utf8').catch(() => ''),
    async stop() {
      await run('/usr/sbin/postfix', ['-c', conf, 'stop']).catch(() => child.kill('SIGTERM'));
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
