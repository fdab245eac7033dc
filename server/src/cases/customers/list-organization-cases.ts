import type { CaseRow, Page } from '@rapport/contract';
import { getOrganization } from '../../customers/index.ts';
import { caseReader } from '../../platform/case-scope.ts';
import type { Ctx } from '../../platform/context.ts';
import { readCursor, uuidIn, writeCursor } from '../../platform/cursor.ts';
import { shapeCaseRow } from '../shape-case.ts';
import { selectOfOrganization } from './organization-case-store.ts';

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Cases of an organization's customers that the reader may see, newest first. Refuses `not_found`. */
export async function listCasesOfOrganization(ctx: Ctx, query: { organizationId: string; cursor?: string | undefined; limit: number }): Promise<Page<CaseRow>> {
  await getOrganization(ctx, query.organizationId);
  const binding = ['organization-cases', query.organizationId];
  const position = readCursor(query.cursor, binding, 1);
  const rows = await selectOfOrganization(ctx, caseReader(ctx.actor), query.organizationId, position ? uuidIn(position[0]) : LAST_ID, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return { items: items.map(shapeCaseRow), nextCursor: rows.length > query.limit && last ? writeCursor([last.id], binding) : null };
}
