import { ledger } from '@rapport/contract';
import { caseReader } from '../platform/case-scope.ts';
import { inAccount } from '../platform/context.ts';
import { open, verb, type Route } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { listLedger } from './list-ledger.ts';
import { findRaw } from './store.ts';
import { summariseLedger } from './summarise-ledger.ts';

export const routes: Route[] = [
  verb(ledger.list, (ctx, { query }) => listLedger(ctx, query)),
  verb(ledger.summary, (ctx) => summariseLedger(ctx)),
  open(ledger.raw, async (platform, { params }, _http, actor) => {
    if (!actor) throw new Refusal('signed_out');
    const row = await inAccount(platform, actor.accountId, actor, (ctx) => findRaw(ctx, caseReader(actor), params.ledgerId));
    if (!row?.raw_key) throw new Refusal('not_found', 'No bytes are kept of this message.');
    const stored = await platform.files.head(row.raw_key);
    return { content: await platform.files.get(row.raw_key), mediaType: 'message/rfc822', filename: `${params.ledgerId}.eml`, ...(stored ? { bytes: stored.bytes } : {}) };
  }),
];
