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

/** Newest mail first. A trial tool: the newest 500 addresses are enough. */
export async function listMailboxAddresses(tx: Tx, accountId: string): Promise<{ address: string; mails: number; last_at: Date }[]> {
  return tx.run('select address, count(*)::int as mails, max(at) as last_at from mailbox_mail where account_id = $1 group by address order by last_at desc limit 500', [accountId]);
}

export async function listMailboxMails(tx: Tx, accountId: string, address: string): Promise<MailboxRow[]> {
  const rows = await tx.run<MailboxRow>(
    'select id, address, direction, sender, recipients, subject, body, html, message_id, refers_to, at from mailbox_mail where account_id = $1 and address = $2 order by id desc limit 200',
    [accountId, address],
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
