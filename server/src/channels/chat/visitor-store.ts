import type { Ctx } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';

export interface VisitorRow {
  id: string;
  inbox_id: string;
  customer_id: string | null;
  /** By which their site knows them, when it has signed that. */
  external_id: string | null;
  /** The site says that the address is theirs. */
  is_email_verified: boolean;
  /** As they typed them; nobody has checked it. */
  name: string;
  email: string;
  locale: string;
  page: string;
  /** The last message of ours that has been on their screen. */
  seen_id: string | null;
  /** The last one they were sent as a mail. */
  mailed_id: string | null;
}

const COLUMNS = 'id, inbox_id, customer_id, name, email, locale, page, seen_id, mailed_id, external_id, is_email_verified';
const OF_VISITOR = COLUMNS.replace(/\w+/g, (name) => `v.${name}`);

export async function insertVisitor(ctx: Ctx, visitor: Pick<VisitorRow, 'id' | 'inbox_id' | 'name' | 'email' | 'locale' | 'external_id' | 'is_email_verified'>): Promise<void> {
  await ctx.tx.run('insert into chat_visitor (account_id, id, inbox_id, name, email, locale, external_id, is_email_verified, created_at, last_seen_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)', [
    ctx.accountId, visitor.id, visitor.inbox_id, visitor.name, visitor.email, visitor.locale, visitor.external_id, visitor.is_email_verified, ctx.clock.now(),
  ]);
}

/** One more browser of a visitor. `chatKeyId`, `endsAt`: of one whom the site knows. */
export async function insertVisitorKey(ctx: Ctx, visitorId: string, keyHash: Buffer, { chatKeyId, endsAt }: { chatKeyId: string | null; endsAt: Date | null }): Promise<void> {
  await ctx.tx.run('insert into chat_visitor_key (account_id, key_hash, visitor_id, chat_key_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)', [ctx.accountId, keyHash, visitorId, chatKeyId, ctx.clock.now(), endsAt]);
}

export async function deleteVisitorKey(ctx: Ctx, keyHash: Buffer): Promise<void> {
  await ctx.tx.run('delete from chat_visitor_key where account_id = $1 and key_hash = $2', [ctx.accountId, keyHash]);
}

/** All their browsers. */
export async function deleteVisitorKeys(ctx: Ctx, visitorId: string): Promise<void> {
  await ctx.tx.run('delete from chat_visitor_key where account_id = $1 and visitor_id = $2', [ctx.accountId, visitorId]);
}

/** Over all accounts: keys that are over. */
export async function deleteEndedKeys(tx: Tx, now: Date): Promise<void> {
  await tx.run('delete from chat_visitor_key where expires_at < $1', [now]);
}

export async function findVisitor(ctx: Ctx, inboxId: string, keyHash: Buffer): Promise<VisitorRow | undefined> {
  const [row] = await ctx.tx.named<VisitorRow>(
    'chat_visitor_find', `select ${OF_VISITOR} from chat_visitor_key k join chat_visitor v on v.account_id = $1 and v.id = k.visitor_id where k.account_id = $1 and k.key_hash = $2 and v.inbox_id = $3 and (k.expires_at is null or k.expires_at > $4)`,
    [ctx.accountId, keyHash, inboxId, ctx.clock.now()],
  );
  return row;
}

/** By the site's own word for them, held until the transaction ends: two devices that come at once are one visitor. */
export async function lockByExternalId(ctx: Ctx, inboxId: string, externalId: string): Promise<VisitorRow | undefined> {
  await ctx.tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`chat visitor ${ctx.accountId} ${inboxId} ${externalId}`]);
  const [row] = await ctx.tx.run<VisitorRow>(`select ${COLUMNS} from chat_visitor where account_id = $1 and inbox_id = $2 and external_id = $3 for update`, [ctx.accountId, inboxId, externalId]);
  return row;
}

export async function writeKnown(ctx: Ctx, { id, external_id, name, email, is_email_verified }: Pick<VisitorRow, 'id' | 'external_id' | 'name' | 'email' | 'is_email_verified'>): Promise<void> {
  await ctx.tx.run('update chat_visitor set external_id = $3, name = $4, email = $5, is_email_verified = $6, last_seen_at = $7 where account_id = $1 and id = $2', [ctx.accountId, id, external_id, name, email, is_email_verified, ctx.clock.now()]);
}

/** Held until the transaction ends: two tabs that report at once wait for each other. */
export async function lockVisitor(ctx: Ctx, id: string): Promise<VisitorRow | undefined> {
  const [row] = await ctx.tx.named<VisitorRow>('chat_visitor_lock', `select ${COLUMNS} from chat_visitor where account_id = $1 and id = $2 for update`, [ctx.accountId, id]);
  return row;
}

export async function noteWriting(ctx: Ctx, id: string, customerId: string, page: string): Promise<void> {
  await ctx.tx.named('chat_visitor_wrote', 'update chat_visitor set customer_id = $3, page = $4, last_seen_at = $5 where account_id = $1 and id = $2', [ctx.accountId, id, customerId, page, ctx.clock.now()]);
}

export async function noteAddress(ctx: Ctx, id: string, email: string): Promise<void> {
  await ctx.tx.named('chat_visitor_address', 'update chat_visitor set email = $3 where account_id = $1 and id = $2', [ctx.accountId, id, email]);
}

/** They wait in a line from now on, and have just been heard of. */
export async function noteInLine(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.named('chat_visitor_in_line', 'update chat_visitor set is_in_line = true, here_at = $3 where account_id = $1 and id = $2', [ctx.accountId, id, ctx.clock.now()]);
}

/** Their browsers are still there. */
export async function noteHere(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.tx.named('chat_visitor_here', 'update chat_visitor set here_at = $3 where account_id = $1 and id = any($2) and is_in_line', [ctx.accountId, ids, ctx.clock.now()]);
}

/** Over all accounts: whoever waits counts as heard of now. */
export async function noteAllHere(tx: Tx, now: Date): Promise<void> {
  await tx.run('update chat_visitor set here_at = $1 where is_in_line', [now]);
}

/** Over all accounts: who was put into a line and has not been heard of since `before`; `isReachable`: an answer can find them as a mail. */
export function selectGone(tx: Tx, before: Date, most: number): Promise<{ account_id: string; id: string; isReachable: boolean }[]> {
  return tx.run(
    `select v.account_id, v.id, v.email <> '' and coalesce(i.settings->>'mailInboxId', '') <> '' as "isReachable" from chat_visitor v join inbox i on i.account_id = v.account_id and i.id = v.inbox_id where v.is_in_line and v.here_at < $1 order by v.here_at limit $2`,
    [before, most],
  );
}

/** The first of them sets the time. */
export async function noteAnswerWaits(ctx: Ctx, id: string): Promise<void> {
  await ctx.tx.run('update chat_visitor set answer_waits_since = $3 where account_id = $1 and id = $2 and answer_waits_since is null', [ctx.accountId, id, ctx.clock.now()]);
}

/** Over all accounts: for whom an answer has waited since `before`. */
export function selectUnanswered(tx: Tx, before: Date, most: number): Promise<{ account_id: string; id: string }[]> {
  return tx.run('select account_id, id from chat_visitor where answer_waits_since < $1 order by answer_waits_since limit $2', [before, most]);
}

/** Nothing waits for them any more; `upTo`: what they were sent as a mail, if anything. */
export async function noteMailed(ctx: Ctx, id: string, upTo: string | null): Promise<void> {
  await ctx.tx.run('update chat_visitor set answer_waits_since = null, mailed_id = coalesce($3, mailed_id) where account_id = $1 and id = $2', [ctx.accountId, id, upTo]);
}

export async function noteOutOfLine(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.tx.run('update chat_visitor set is_in_line = false where account_id = $1 and id = any($2)', [ctx.accountId, ids]);
}

export async function noteSeen(ctx: Ctx, id: string, entryId: string): Promise<void> {
  await ctx.tx.named('chat_visitor_seen', 'update chat_visitor set seen_id = $3, last_seen_at = $4 where account_id = $1 and id = $2', [ctx.accountId, id, entryId, ctx.clock.now()]);
}

export async function deleteVisitors(ctx: Ctx, customerIds: readonly string[], addresses: readonly string[]): Promise<number> {
  return (await ctx.tx.run('delete from chat_visitor where account_id = $1 and (customer_id = any($2) or id::text = any($3)) returning 1', [ctx.accountId, customerIds, addresses])).length;
}

/** Over all accounts: browsers that began a chat before `before` and never wrote. */
export async function deleteSilent(tx: Tx, before: Date): Promise<number> {
  return (await tx.run('delete from chat_visitor where customer_id is null and last_seen_at < $1 returning 1', [before])).length;
}
