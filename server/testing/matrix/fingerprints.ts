import type { TestHouse } from '../test-house.ts';

// What is made of cases in the background, what a run says of cases it was refused, and whether somebody has read what they were told themselves, may change without anybody having changed a case.
const DERIVED = ['bulk_item', 'insight_fact', 'insight_fill', 'notification', 'notification_told', 'mention', 'rule_run', 'webhook_delivery', 'webhook_attempt', 'rule_due', 'escalation'];

/** A fingerprint of all rows, table by table, that hang on these cases. */
export async function fingerprints(house: TestHouse, caseIds: readonly string[]): Promise<Record<string, string>> {
  return ofTables(house, 'case_id', DERIVED, caseIds, { cases: 'id' });
}

/** The same of all rows of an account. */
export async function fingerprintsOfAccount(house: TestHouse, accountId: string, except: readonly string[]): Promise<Record<string, string>> {
  return ofTables(house, 'account_id', [...DERIVED, ...except], [accountId], {});
}

async function ofTables(house: TestHouse, column: string, except: readonly string[], ids: readonly string[], more: Record<string, string>): Promise<Record<string, string>> {
  return house.platform.database.asSystem(async (tx) => {
    const tables = await tx.run<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($2::text[])
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = $1 and not a.attisdropped and a.atttypid = 'uuid'::regtype) order by 1`,
      [column, except],
    );
    const found: Record<string, string> = {};
    for (const [name, by] of [...tables.map((table): [string, string] => [table.name, column]), ...Object.entries(more)]) {
      const [row] = await tx.run<{ print: string | null }>(`select md5(string_agg(t::text, '|' order by t::text)) as print from ${name} t where ${by} = any($1::uuid[])`, [ids]);
      found[name] = row?.print ?? '';
    }
    return found;
  });
}
