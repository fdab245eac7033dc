import type { Ctx } from '../../platform/context.ts';

/** How far a folder has been fetched. UIDs grow within one UIDVALIDITY. */
export interface ImapCursor {
  folder: string;
  /** Whose numbers these are. Lower case. */
  host: string;
  user: string;
  uidValidity: number;
  lastUid: number;
  beganAtUid: number;
  connectedAt: Date;
}

interface Row {
  folder: string;
  host: string;
  user_name: string;
  uid_validity: number;
  last_uid: number;
  began_at_uid: number;
  connected_at: Date;
}

export async function findCursor(ctx: Ctx, inboxId: string, folder: string): Promise<ImapCursor | undefined> {
  const [row] = await ctx.tx.run<Row>('select folder, host, user_name, uid_validity, last_uid, began_at_uid, connected_at from imap_cursor where account_id = $1 and inbox_id = $2 and folder = $3', [ctx.accountId, inboxId, folder]);
  return row && { folder: row.folder, host: row.host, user: row.user_name, uidValidity: row.uid_validity, lastUid: row.last_uid, beganAtUid: row.began_at_uid, connectedAt: row.connected_at };
}

/** Begins a folder, or begins it anew when its numbers are others now. */
export async function beginCursor(ctx: Ctx, inboxId: string, cursor: ImapCursor): Promise<void> {
  await ctx.tx.run(
    `insert into imap_cursor (account_id, inbox_id, folder, host, user_name, uid_validity, last_uid, began_at_uid, connected_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (account_id, inbox_id, folder) do update set
       host = excluded.host, user_name = excluded.user_name, uid_validity = excluded.uid_validity, last_uid = excluded.last_uid, began_at_uid = excluded.began_at_uid, connected_at = excluded.connected_at`,
    [ctx.accountId, inboxId, cursor.folder, cursor.host, cursor.user, cursor.uidValidity, cursor.lastUid, cursor.beganAtUid, cursor.connectedAt],
  );
}

/** Moves on, never back, and not at all when the folder was begun anew meanwhile. */
export async function moveCursor(ctx: Ctx, inboxId: string, at: Pick<ImapCursor, 'folder' | 'host' | 'user' | 'uidValidity'>, uid: number): Promise<void> {
  await ctx.tx.run('update imap_cursor set last_uid = greatest(last_uid, $5) where account_id = $1 and inbox_id = $2 and folder = $3 and uid_validity = $4 and host = $6 and user_name = $7', [
    ctx.accountId, inboxId, at.folder, at.uidValidity, uid, at.host, at.user,
  ]);
}
