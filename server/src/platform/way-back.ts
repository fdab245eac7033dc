import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Ctx } from './context.ts';
import { Refusal } from './refusal.ts';

const OPEN_MS = 10 * 60_000;
/** Longer ones would not fit into a request. */
export const WAY_BACK_CHARS = 4 * 1024 * 1024;

const purpose = (ctx: Ctx, kind: string) => `way back ${kind} ${ctx.accountId}`;

/**
 * What was removed, sealed for whoever removed it: handed in within ten minutes it is put back as it was, under its own id. It is kept nowhere else, so removed is removed, for an
 * erasure and a backup, too. Null when it is too large to travel.
 */
export function sealWayBack(ctx: Ctx, kind: string, removed: unknown): string | null {
  // Thirty versions of a long text are one text and what differs, to whoever looks back far enough.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  const packed = brotliCompressSync(JSON.stringify({ until: ctx.clock.now().getTime() + OPEN_MS, removed }), { params }).toString('base64');
  const sealed = ctx.platform.secrets.seal(packed, purpose(ctx, kind)).toString('base64url');
  return sealed.length > WAY_BACK_CHARS ? null : sealed;
}

/** Opens what `sealWayBack` sealed in this account for this kind; times come back as text. Refuses `undo_over`. */
export function openWayBack<T>(ctx: Ctx, kind: string, wayBack: string): T {
  const over = () => new Refusal('undo_over', 'This can be undone for ten minutes. Make it anew.');
  let opened: { until: number; removed: T };
  try {
    const packed = ctx.platform.secrets.open(Buffer.from(wayBack, 'base64url'), purpose(ctx, kind));
    opened = JSON.parse(brotliDecompressSync(Buffer.from(packed, 'base64')).toString()) as typeof opened;
  } catch {
    throw over();
  }
  if (opened.until < ctx.clock.now().getTime()) throw over();
  return opened.removed;
}
