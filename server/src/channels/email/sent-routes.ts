import { mailOut } from '@rapport/contract';
import { getRawKey } from '../../cases/index.ts';
import { inAccount } from '../../platform/context.ts';
import { open, type Route } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { findSent } from './outgoing-store.ts';
import { readHeaders } from './read-headers.ts';
import { readMail } from './read-mail.ts';

/** What was really sent: taken from the bytes that left and what the server was told, not from what the desk meant to send. */
export const sentRoutes: Route[] = [
  open(mailOut.sent, async (platform, { params }, _http, caller) => {
    if (!caller) throw new Refusal('signed_out');
    const { row, rawKey } = await inAccount(platform, caller.accountId, caller, async (ctx) => ({ rawKey: await getRawKey(ctx, params.caseId, params.entryId), row: await findSent(ctx.tx, ctx.accountId, params.entryId) }));
    if (!row) throw new Refusal('not_found', 'This message was not sent from here.');
    const raw = rawKey === null ? undefined : await platform.files.read(rawKey);
    return {
      envelopeFrom: row.envelope_from, envelopeTo: row.envelope_to ?? [], response: row.response, messageId: row.message_id, state: row.state, attempts: row.attempts, handedOverAt: row.handed_over_at?.toISOString() ?? null,
      bytes: raw?.length ?? null, headers: raw ? readHeaders(raw) : [], text: raw ? ((await readMail(raw)).text ?? null) : null,
    };
  }),
];
