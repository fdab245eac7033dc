import { randomUUID } from 'node:crypto';
import type pg from 'pg';

interface Column {
  table: string;
  name: string;
  type: string;
  /** The values a check allows, when it is a plain list. */
  allowed: string[];
}

interface Reference {
  table: string;
  columns: string[];
  target: string;
  targetColumns: string[];
}

// Awkward on purpose: quotes, a tab, a line end, a backslash, characters outside of the first plane.
const AWKWARD = `größe 🧾 "quoted" it's\ta\\n line\nand another 日本`;

// Where a check ties columns together, which the catalogue does not tell in a way worth parsing.
const FIXED: Record<string, Record<string, unknown>> = {
  chat_key: { public_key: null },
  case_field: { type: 'text', currency: null, options: '[]' },
  cases: { kind: 'question' },
  customer_field: { type: 'text', currency: null, options: '[]' },
  ledger: { direction: 'in', outcome: 'new_case', state: null },
  case_view: { audience: 'everyone', owner_id: null, team_id: null },
  presence: { state: 'away', until_at: null },
  offer: { outcome: 'accepted' },
  promise: { state: 'open', settled_by_name: null, settled_at: null },
  macro_folder: { audience: 'everyone', owner_id: null, team_id: null },
  survey_ask: { state: 'asked', score: 3 },
  service_clock: { paused_at: null, left_ms: null },
  signature: { agent_id: null },
  sign_in_policy: { idle_minutes: 60, longest_minutes: 600 },
  system_mail: { state: 'queued', sealed_text: Buffer.from('sealed') },
  work_item: { state: 'done' },
  webhook_endpoint: { is_enabled: true, off_reason: null },
};

// Where a row ties two of a kind together: the second is a copy of the first with a higher id.
const TWINS: Record<string, { of: string; column: string; different: (n: number) => Record<string, unknown> }> = {
  case_link: { of: 'cases', column: 'to_case_id', different: (n) => ({ number: 1_000_000 + n }) },
  customer_duplicate: { of: 'customer', column: 'second_id', different: () => ({}) },
};

async function insertRow(client: pg.Client, table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row);
  const sql = `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${names.map((_, i) => `$${i + 1}`).join(', ')})`;
  await client.query(sql, Object.values(row));
}

/**
 * Puts `perTable` rows into every table of the schema, made up from the catalogue, so that a table added tomorrow is filled as well. References point at rows
 * that exist. Returns the number of rows by table; a table whose checks cannot be guessed gets none.
 */
export async function fillDatabase(client: pg.Client, perTable: number, exceptions: string[]): Promise<Map<string, number>> {
  const { columns, references } = await readCatalogue(client);
  const tables = inOrder([...new Set(columns.map((column) => column.table))], references);
  const filled = new Map<string, number>();
  const made = new Map<string, Record<string, unknown>[]>();
  for (const table of tables) {
    if (exceptions.includes(table)) continue;
    const rows: Record<string, unknown>[] = [];
    for (let n = 0; n < perTable; n++) {
      const row = makeRow(columns.filter((column) => column.table === table), n);
      for (const reference of references.filter((each) => each.table === table)) {
        const target = made.get(reference.target)?.[n] ?? made.get(reference.target)?.[0];
        // A row that refers to its own table has nothing to refer to when it is the first; it belongs to its account all the same.
        reference.columns.forEach((name, i) => (row[name] = target?.[reference.targetColumns[i] ?? ''] ?? (name === 'account_id' ? row[name] : null)));
      }
      Object.assign(row, FIXED[table]);
      await client.query('savepoint one_row');
      try {
        const twin = TWINS[table];
        const first = twin && made.get(twin.of)?.[n];
        if (twin && first) {
          row[twin.column] = `ffffffff${String(first['id']).slice(8)}`;
          await insertRow(client, twin.of, { ...first, id: row[twin.column], ...twin.different(n) });
          filled.set(twin.of, (filled.get(twin.of) ?? 0) + 1);
        }
        await insertRow(client, table, row);
        rows.push(row);
      } catch {
        await client.query('rollback to savepoint one_row');
      }
    }
    made.set(table, rows);
    filled.set(table, rows.length);
  }
  return filled;
}

async function readCatalogue(client: pg.Client): Promise<{ columns: Column[]; references: Reference[] }> {
  const { rows: columns } = await client.query<Column & { check: string | null }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
            (select string_agg(pg_get_constraintdef(k.oid), ' ') from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum]) as check
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p' and a.atttypid <> 'xid8'::regtype order by c.relname, a.attnum`,
  );
  for (const column of columns) column.allowed = [...(column.check ?? '').matchAll(/'([^']*)'::text/g)].map((match) => match[1] ?? '');
  const { rows: references } = await client.query<Reference>(
    `select r.relname as table, f.relname as target,
            array(select attname::text from unnest(k.conkey) with ordinality u(n, i) join pg_attribute on attrelid = r.oid and attnum = u.n order by u.i) as columns,
            array(select attname::text from unnest(k.confkey) with ordinality u(n, i) join pg_attribute on attrelid = f.oid and attnum = u.n order by u.i) as "targetColumns"
       from pg_constraint k join pg_class r on r.oid = k.conrelid join pg_class f on f.oid = k.confrelid
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace order by array_length(k.conkey, 1) desc`,
  );
  return { columns, references: references.reverse() };
}

function inOrder(tables: string[], references: Reference[]): string[] {
  const ordered: string[] = [];
  const visit = (table: string, path: string[]): void => {
    if (ordered.includes(table) || path.includes(table)) return;
    for (const reference of references) if (reference.table === table) visit(reference.target, [...path, table]);
    ordered.push(table);
  };
  for (const table of tables) visit(table, []);
  return ordered;
}

function makeRow(columns: Column[], n: number): Record<string, unknown> {
  return Object.fromEntries(columns.map((column) => [column.name, makeValue(column, n)]));
}

function makeValue({ name, type, allowed }: Column, n: number): unknown {
  if (allowed.length > 0) return allowed[n % allowed.length];
  switch (type) {
    case 'uuid': return randomUUID();
    case 'text': return `${AWKWARD} ${name} ${n}`;
    case 'text[]': return [AWKWARD, '', `{${n}}`];
    case 'uuid[]': return [randomUUID()];
    case 'jsonb': return JSON.stringify({ [AWKWARD]: [null, n, 1.5e300, { deep: true }], ten: '\u0001' });
    case 'bytea': return Buffer.from([0, 255, n % 256, 10, 92]);
    case 'boolean': return n % 2 === 0;
    case 'timestamp with time zone': return new Date(Date.UTC(2026, 0, 1, 0, 0, n, 123));
    case 'date': return `2026-01-0${(n % 9) + 1}`;
    case 'integer[]': return [n];
    default: return n + 1;
  }
}
