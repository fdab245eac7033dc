import type { Tx } from '../../platform/database/index.ts';

export interface MailboxRow {
  id: string;
  address: string;
  direction: 'to_customer' | 'from_customer';
  sender: string;
  recipients: string[];
  subject: string;
  body: string;
  html: string | null;
  message_id: string;
  refers_to: string[];
  at: Date;
}

/** Once for each address and Message-ID: a repeated attempt finds the mail there. */
export async function insertMailboxMail(tx: Tx, accountId: string, row: MailboxRow, isDemo: boolean): Promise<void> {
  await tx.run(
    `insert into mailbox_mail (account_id, id, address, direction, sender, recipients, subject, body, html, message_id, refers_to, at, is_demo) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (account_id, address, message_id) do nothing`,
    [accountId, row.id, row.address, row.direction, row.sender, row.recipients, row.subject, row.body, row.html, row.message_id, row.refers_to, row.at, isDemo],
  );
}

/** Who looks into the mailbox. */
export interface MailboxReader {
  permissions: ReadonlySet<string>;
  caseScope: string;
}

// While no mail server is connected, invitations and links for a new password arrive here as well. A link to a colleague is as good as their password, so mail to people
// who may do more than the reader stays unseen. Customers' mail lies here whole, whoever's case it belongs to: it is for those who see every case. Values $1 to $4: the
// account, what the reader may do and see, and whether that is every case.
const READABLE = `account_id = $1 and not exists (
  select from agent a join role r on r.account_id = a.account_id and r.id = a.role_id where a.account_id = $1 and a.email = m.address
  and not (r.permissions <@ $2::text[] and array_position(array['own', 'team', 'all'], r.case_scope) <= array_position(array['own', 'team', 'all'], $3::text)))
  and ($4::boolean or exists (select from agent a where a.account_id = $1 and a.email = m.address))`;
const readerValues = (accountId: string, reader: MailboxReader) => [accountId, [...reader.permissions], reader.caseScope, reader.caseScope === 'all' && reader.permissions.has('case.read')];

/** Newest mail first. A trial tool: the newest 500 addresses are enough. */
export async function listMailboxAddresses(tx: Tx, accountId: string, reader: MailboxReader): Promise<{ address: string; mails: number; last_at: Date }[]> {
  return tx.run(`select address, count(*)::int as mails, max(at) as last_at from mailbox_mail m where ${READABLE} group by address order by last_at desc limit 500`, readerValues(accountId, reader));
}

export async function listMailboxMails(tx: Tx, accountId: string, reader: MailboxReader, address: string): Promise<MailboxRow[]> {
  const rows = await tx.run<MailboxRow>(
    `select id, address, direction, sender, recipients, subject, body, html, message_id, refers_to, at from mailbox_mail m where ${READABLE} and address = $5 order by id desc limit 200`,
    [...readerValues(accountId, reader), address],
  );
  return rows.toReversed();
}

export async function findMailboxMail(tx: Tx, accountId: string, id: string): Promise<MailboxRow | undefined> {
  const [row] = await tx.run<MailboxRow>('select id, address, direction, sender, recipients, subject, body, html, message_id, refers_to, at from mailbox_mail where account_id = $1 and id = $2', [accountId, id]);
  return row;
}

export async function deleteDemoMails(tx: Tx, accountId: string): Promise<void> {
  await tx.run('delete from mailbox_mail where account_id = $1 and is_demo', [accountId]);
}

export async function deleteMailsOf(tx: Tx, accountId: string, addresses: readonly string[]): Promise<number> {
  await tx.run('delete from email_auto_reply where account_id = $1 and address = any($2)', [accountId, addresses]);
  const gone = await tx.run('delete from mailbox_mail where account_id = $1 and (lower(address) = any($2) or lower(sender) = any($2) or exists (select from unnest(recipients) r where lower(r) = any($2))) returning 1', [accountId, addresses]);
  return gone.length;
}
