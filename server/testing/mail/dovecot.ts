import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { chownSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ImapFlow } from 'imapflow';
import { eventually, freePort, untilOpen } from './free-port.ts';

export interface MailboxServer {
  imapPort: number;
  lmtpPort: number;
  /** Where a Postfix asks who may send. */
  authPort: number;
  password: string;
  /** Adds a mailbox; mail for others is refused with 550. */
  addUser(address: string): Promise<void>;
  /** The raw mails in a folder of a mailbox, oldest first. */
  read(address: string, folder?: string): Promise<string[]>;
  /** Puts a mail into a mailbox as another program would. */
  append(address: string, raw: string | Buffer, options?: { flags?: string[]; arrivedAt?: Date; folder?: string }): Promise<void>;
  /** What the server numbers the mailbox's folder by. */
  validityOf(address: string, folder?: string): Promise<number>;
  /** Makes a folder; one that is there is taken away first, so that the server numbers it anew. */
  makeFolder(address: string, folder: string): Promise<void>;
  /** Ends the connections a user has open, as a server does when access runs out. */
  kick(address: string): Promise<void>;
  stop(): Promise<void>;
}

const OWNER = 64_000;

/** A real Dovecot on free ports of the loopback: IMAP to read, LMTP to deliver. Needs root; see `lacksMailServers`. */
export async function startDovecot(options: { /** Lets in by access tokens as well (XOAUTH2, OAUTHBEARER), asking this address about each: it posts `token` and wants `{active, email}`. */ introspectionUrl?: string } = {}): Promise<MailboxServer> {
  const root = await mkdtemp(join(tmpdir(), 'rapport-dovecot-'));
  await chmod(root, 0o755);
  const [imapPort, lmtpPort, authPort] = [await freePort(), await freePort(), await freePort()];
  await mkdir(join(root, 'mail'));
  chownSync(join(root, 'mail'), OWNER, OWNER);
  const password = 'mailbox secret';
  const users = join(root, 'users');
  const known = new Set<string>();
  await writeFile(users, '');
  const oauth = options.introspectionUrl === undefined ? '' : `
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${root}/oauth2.conf
}`;
  if (options.introspectionUrl !== undefined) await writeFile(join(root, 'oauth2.conf'), `introspection_mode = post
introspection_url = ${options.introspectionUrl}
username_attribute = email
active_attribute = active
active_value = true
`);
  await writeFile(join(root, 'dovecot.conf'), `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:${root}/mail/%u
mail_uid = ${OWNER}
mail_gid = ${OWNER}
first_valid_uid = 1
auth_mechanisms = plain login${oauth === '' ? '' : ' xoauth2 oauthbearer'}
# A refused token is refused at once, not after a punishment.
auth_failure_delay = 0${oauth}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${users}
}
userdb {
  driver = passwd-file
  args = ${users}
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
service auth {
  inet_listener sasl {
    address = 127.0.0.1
    port = ${authPort}
  }
}
service anvil {
  unix_listener anvil {
    mode = 0666
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`);
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(root, 'dovecot.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.all([untilOpen(imapPort), untilOpen(lmtpPort)]);

  async function withClient<T>(address: string, work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ host: '127.0.0.1', port: imapPort, secure: false, doSTARTTLS: false, auth: { user: address, pass: password }, logger: false });
    client.on('error', () => {});
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.logout();
    }
  }

  return {
    imapPort, lmtpPort, authPort, password,
    async addUser(address) {
      known.add(address);
      // In one step: Dovecot reads the file whenever it has changed, and half of it would lock people out.
      await writeFile(`${users}.new`, [...known].map((user) => `${user}:{PLAIN}${password}:${OWNER}:${OWNER}::${root}/mail/${user}::\n`).join(''));
      await rename(`${users}.new`, users);
      // It looks at the file once a second at most.
      await eventually(`a mailbox for ${address}`, () => withClient(address, async () => true).catch(() => false));
    },
    read: (address, folder = 'INBOX') => withClient(address, async (client) => {
      const { exists } = await client.mailboxOpen(folder, { readOnly: true });
      if (exists === 0) return [];
      return (await client.fetchAll('1:*', { uid: true, source: true })).sort((a, b) => a.uid - b.uid).map(({ source }) => source?.toString('latin1') ?? '');
    }),
    append: (address, raw, { flags = [], arrivedAt, folder = 'INBOX' } = {}) => withClient(address, async (client) => {
      await client.append(folder, raw, flags, arrivedAt);
    }),
    validityOf: (address, folder = 'INBOX') => withClient(address, async (client) => {
      const status = await client.status(folder, { uidValidity: true });
      return status === false ? 0 : Number(status.uidValidity);
    }),
    makeFolder: (address, folder) => eventually(`a new folder ${folder}`, () => withClient(address, async (client) => {
      // While somebody else has it open, Dovecot may not let go of it at once.
      const isThere = (await client.list()).some(({ path }) => path === folder);
      if (isThere) await client.mailboxDelete(folder);
      await client.mailboxCreate(folder);
      return true;
    }).catch(() => false)).then(() => {}),
    async kick(address) {
      await promisify(execFile)('/usr/bin/doveadm', ['-c', join(root, 'dovecot.conf'), 'kick', address]);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}
