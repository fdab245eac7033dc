import type pg from 'pg';
import type { Config } from '../config.ts';
import { readMigrations, type Migration } from '../database/migrate.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const OLDEST_VERSION = 150_000;

interface Server {
  number: number;
  version: string;
  encoding: string;
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
  connections: number;
  most: number;
}

/** The server: its version, whether what it confirms is on the disk, and whether it has connections left. */
export async function checkServer(client: pg.Client, config: Config): Promise<Finding[]> {
  const { rows } = await client.query<Server>(
    `select current_setting('server_version_num')::int as number, split_part(current_setting('server_version'), ' ', 1) as version, current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes, current_setting('synchronous_commit') as synchronous_commit,
            (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections, current_setting('max_connections')::int as most`,
  );
  const server = rows[0] as Server;
  const findings: Finding[] = [];
  const where = config.databaseUrl ? 'of your own' : 'built in';
  if (server.number >= OLDEST_VERSION) findings.push(ok('database', `PostgreSQL ${server.version}, ${where}`));
  else findings.push(problem('database', `PostgreSQL ${server.version} is too old.`, 'Update the server to PostgreSQL 15 or newer.'));
  if (server.encoding !== 'UTF8') findings.push(problem('encoding', `The database stores text as ${server.encoding}.`, "Make a new one with encoding 'UTF8' template template0, and restore a backup into it."));

  const unsafe = [server.fsync === 'off' && 'fsync', server.full_page_writes === 'off' && 'full_page_writes', server.synchronous_commit === 'off' && 'synchronous_commit'].filter((name) => name !== false);
  if (unsafe.length === 0) findings.push(ok('durability', 'What is confirmed is on the disk.'));
  else findings.push(problem('durability', `The server runs with ${unsafe.map((name) => `${name} = off`).join(', ')}: a power failure loses messages that were confirmed, or the database.`, `Switch ${unsafe.join(', ')} on in the server's configuration.`));

  const says = `${server.connections} of ${server.most} connections are in use.`;
  if (server.connections < server.most * 0.8) findings.push(ok('connections', says));
  else findings.push(warning('connections', says, 'Raise max_connections on the server, lower RAPPORT_DB_POOL, or run fewer processes.'));
  return findings;
}

/** Whether the tables are those this release works with. */
export async function checkMigrations(client: pg.Client, known: Migration[] = readMigrations()): Promise<Finding> {
  const check = 'migrations';
  const { rows } = await client
    .query<{ number: number; name: string; checksum: string }>('select number, name, checksum from migration order by number')
    .catch(() => ({ rows: [] }));
  const applied = new Map(rows.map((row) => [row.number, row]));
  const foreign = rows.find((row) => !known.some((migration) => migration.number === row.number));
  if (foreign) return problem(check, `The database has ${foreign.name}, which this release does not know.`, 'Start the newer release, or restore a backup made with this one.');
  const changed = known.find((migration) => applied.has(migration.number) && applied.get(migration.number)?.checksum !== migration.checksum);
  if (changed) return problem(check, `${changed.name} was changed after it had been applied.`, 'Bring the released file back.');
  const missing = known.filter((migration) => !applied.has(migration.number));
  if (missing.length > 0) return warning(check, `${missing.length} of ${known.length} are not applied yet, the first is ${missing[0]?.name}.`, 'The next start applies them; npx rapport migrate does it now.');
  return ok(check, `All ${known.length} are applied.`);
}

/**
 * Whether one company's rows are kept from another's: the role requests run under must not be able to pass row-level security, every table that belongs to
 * accounts must have it, and, tried out, none of them shows a row when no account is chosen.
 */
export async function checkSeparation(client: pg.Client): Promise<Finding[]> {
  const check = 'separation';
  const { rows: roles } = await client.query<{ isPrivileged: boolean; mayUse: boolean; isSuper: boolean }>(
    `select r.rolsuper or r.rolbypassrls or exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace) as "isPrivileged",
            pg_has_role(current_user, r.oid, 'member') as "mayUse", (select rolsuper from pg_roles where rolname = current_user) as "isSuper"
       from pg_roles r where r.rolname = 'rapport_app'`,
  );
  const role = roles[0];
  if (!role) return [problem(check, 'The role rapport_app does not exist.', 'npx rapport migrate makes it in a new database. If it was dropped, restore a backup into a new database.')];
  const findings: Finding[] = [];
  if (role.isPrivileged) findings.push(problem(check, 'The role rapport_app can pass row-level security.', 'alter role rapport_app nosuperuser nobypassrls; and give its tables to the owner of the database.'));
  if (!role.mayUse) findings.push(problem(check, 'The user of DATABASE_URL may not become rapport_app.', 'As a superuser: grant rapport_app to that user.'));
  if (role.isSuper) findings.push(warning('database user', 'The user of DATABASE_URL is a superuser, which is more than Rapport needs.', 'Make a user who owns the database and may create roles, and use that.'));

  const { rows: tables } = await client.query<{ name: string; isProtected: boolean }>(
    `select c.relname as name, c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid) as "isProtected" from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and (c.relname = 'account' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped)
             and has_table_privilege('rapport_app', c.oid, 'select')) order by 1`,
  );
  const open = tables.filter((table) => !table.isProtected && !GLOBAL.has(table.name)).map((table) => table.name);
  if (open.length > 0) findings.push(problem(check, `Without row-level security: ${open.join(', ')}.`, `For each of them: select protect_tenant('…');`));
  const showing = role.mayUse ? await tablesThatShowRows(client, tables.filter((table) => !GLOBAL.has(table.name)).map((table) => table.name)) : [];
  if (showing.length > 0) findings.push(problem(check, `Rows are visible without an account: ${showing.join(', ')}.`, 'Look at the policies of these tables; the one of the other tables is named "tenant".'));
  if (!findings.some((finding) => finding.check === check)) findings.push(ok(check, `Row-level security holds on ${tables.length} tables.`));
  return findings;
}

// Names an account, but is the installation's own: it holds one row that says which company was set up first.
const GLOBAL = new Set(['installation']);

async function tablesThatShowRows(client: pg.Client, tables: string[]): Promise<string[]> {
  const showing: string[] = [];
  await client.query('begin read only');
  try {
    await client.query('set local row_security = on; set local role rapport_app');
    for (const table of tables) {
      const { rowCount } = await client.query(`select from ${client.escapeIdentifier(table)} limit 1`);
      if (rowCount !== 0) showing.push(table);
    }
  } finally {
    await client.query('rollback');
  }
  return showing;
}

/** The clock of this machine against the server's, and against what was written last. */
export async function checkClock(client: pg.Client): Promise<Finding> {
  const before = Date.now();
  const { rows: clocks } = await client.query<{ now: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as now');
  const middle = (before + Date.now()) / 2;
  const { rows: events } = await client
    .query<{ newest: number | null }>('select extract(epoch from max(created_at))::float8 * 1000 as newest from event')
    .catch(() => ({ rows: [] }));
  const newest = events[0]?.newest ?? null;
  return judgeClock((clocks[0]?.now ?? middle) - middle, newest === null ? null : newest - Date.now());
}

/** `aheadMs`: how far the database's clock is ahead of ours; `newestMs`: how far the newest event lies in our future. */
export function judgeClock(aheadMs: number, newestMs: number | null): Finding {
  const check = 'clock';
  const advice = 'Let both machines follow a time server (systemd-timesyncd or chrony). Second factors and due times need the right time.';
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds >= 30) return problem(check, `The database's clock and this machine's are ${seconds} seconds apart.`, advice);
  if (newestMs !== null && newestMs > 60_000) return warning(check, `The newest event lies ${Math.round(newestMs / 1000)} seconds in the future: a clock has gone back.`, advice);
  if (seconds >= 2) return warning(check, `The database's clock and this machine's are ${seconds} seconds apart.`, advice);
  return ok(check, 'The same here and in the database.');
}
