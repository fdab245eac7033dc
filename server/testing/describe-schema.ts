import type pg from 'pg';

// pg_dump would do, but the built-in PostgreSQL brings none, and each version of it writes in its own way. PostgreSQL's own functions for showing definitions
// agree between 15 and 18 in all we use, so one file holds for every server the product runs on.
const TABLES = `
  select c.oid::regclass::text as name, c.relpersistence = 'u' as is_unlogged, c.relkind = 'v' as is_view, c.relrowsecurity as is_protected, c.relforcerowsecurity as is_forced, coalesce(array_to_string(c.reloptions, ', '), '') as options,
    case when c.relkind = 'v' then pg_get_viewdef(c.oid, true) end as view,
    (select array_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attcollation <> t.typcollation then ' collate ' || a.attcollation::regcollation else '' end,
        case when a.attgenerated = 's' then ' generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end,
        case when a.attnotnull then ' not null' else '' end) order by a.attnum)
      from pg_attribute a join pg_type t on t.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    (select coalesce(array_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) order by array_position(array['p', 'u', 'f', 'c', 'x'], k.contype::text), k.conname), '{}')
      from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')) as constraints,
    (select coalesce(array_agg(pg_get_indexdef(i.indexrelid) order by i.indexrelid::regclass::text), '{}')
      from pg_index i where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))) as indexes,
    (select coalesce(array_agg(format('policy %I for %s to %s%s%s', p.policyname, lower(p.cmd), array_to_string(p.roles, ', '), ' using ' || p.qual, ' with check ' || p.with_check) order by p.policyname), '{}')
      from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies,
    (select coalesce(array_agg(pg_get_triggerdef(g.oid) order by g.tgname), '{}') from pg_trigger g where g.tgrelid = c.oid and not g.tgisinternal) as triggers,
    (select string_agg(lower(x.privilege_type), ', ' order by x.privilege_type) from aclexplode(c.relacl) x where x.grantee = 'rapport_app'::regrole) as granted,
    (select coalesce(array_agg(format('%s (%s)', privilege, columns) order by privilege), '{}') from (
      select lower(x.privilege_type) as privilege, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns from pg_attribute a, aclexplode(a.attacl) x
      where a.attrelid = c.oid and x.grantee = 'rapport_app'::regrole group by 1) by_column) as granted_columns
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') order by c.relname`;

const FUNCTIONS = `
  select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition,
    coalesce((select bool_or(x.grantee = 0) from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x), false) as is_public,
    coalesce((select bool_or(x.grantee = 'rapport_app'::regrole) from aclexplode(p.proacl) x), false) as is_granted
  from pg_proc p where p.pronamespace = 'public'::regnamespace and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by 1`;

const OTHERS = `
  select 'extension ' || quote_ident(extname) as line from pg_extension where extname <> 'plpgsql'
  union all select format('type %s as enum (%s)', t.oid::regtype, (select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid)) from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype = 'e'
  union all select 'sequence ' || c.oid::regclass from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
  union all select 'statistics ' || pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s where s.stxnamespace = 'public'::regnamespace
  union all select 'text search configuration ' || quote_ident(cfgname) from pg_ts_config where cfgnamespace = 'public'::regnamespace
  order by 1`;

interface Table {
  name: string;
  is_unlogged: boolean;
  is_view: boolean;
  is_protected: boolean;
  is_forced: boolean;
  options: string;
  view: string | null;
  columns: string[];
  constraints: string[];
  indexes: string[];
  policies: string[];
  triggers: string[];
  granted: string | null;
  granted_columns: string[];
}

function describeTable(table: Table): string {
  const { name, granted } = table;
  const body = table.is_view
    ? `create view ${name} as\n${table.view};`
    : `create ${table.is_unlogged ? 'unlogged ' : ''}table ${name} (\n${[...table.columns, ...table.constraints].map((line) => `  ${line}`).join(',\n')}\n)${table.options === '' ? '' : ` with (${table.options})`};`;
  return [
    body,
    ...[...table.indexes, ...table.triggers].map((definition) => `${definition.replace(/^[A-Z ]+(?= \w)/, (words) => words.toLowerCase())};`),
    ...(table.is_protected ? [`alter table ${name} ${table.is_forced ? 'force' : 'enable'} row level security;`] : []),
    ...table.policies.map((policy) => policy.replace(/^policy (\S+)/, `create policy $1 on ${name}`) + ';'),
    ...[granted ?? [], table.granted_columns].flat().map((privileges) => `grant ${privileges} on ${name} to rapport_app;`),
  ].join('\n');
}

/**
 * The whole schema of a database in one text, from its catalogue: tables in the order of their names with columns, constraints, indexes, policies and what the
 * application's role may do, then functions. The same for every supported version of PostgreSQL; meant for reading and comparing, not for running.
 */
export async function describeSchema(on: pg.Pool | pg.PoolClient): Promise<string> {
  const { rows: others } = await on.query<{ line: string }>(OTHERS);
  const { rows: tables } = await on.query<Table>(TABLES);
  const { rows: functions } = await on.query<{ name: string; definition: string; is_public: boolean; is_granted: boolean }>(FUNCTIONS);
  return `${[
    '-- What the migrations make, for reading and for comparing. Written by `npm run db:types`; change it by adding a migration.',
    others.map(({ line }) => `create ${line};`).join('\n'),
    ...tables.map(describeTable),
    ...functions.map(({ name, definition, is_public, is_granted }) => `${definition.trimEnd()};${is_public ? '' : `\nrevoke execute on function ${name} from public;`}${is_granted ? `\ngrant execute on function ${name} to rapport_app;` : ''}`),
  ].join('\n\n')}\n`;
}
