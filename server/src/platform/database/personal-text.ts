import { searchWords } from '../search-words.ts';
import type { Tx } from './index.ts';

export interface TextColumn {
  schema: string;
  table: string;
  column: string;
  type: 'text' | 'text[]' | 'jsonb';
  hasAccount: boolean;
  /** By which column a row says of which case it is. */
  caseColumn: 'id' | 'case_id' | null;
}

/** Every column of every table in which text can stand, new tables included; generated ones follow by themselves. The job queue's tables are looked at too. */
export async function textColumns(tx: Tx): Promise<TextColumn[]> {
  return tx.run<TextColumn>(
    `select n.nspname as schema, c.relname as table, a.attname as column, case t.typname when '_text' then 'text[]' when 'jsonb' then 'jsonb' else 'text' end as type,
       exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'account_id' and not o.attisdropped) as "hasAccount",
       case when n.nspname = 'public' and c.relname = 'cases' then 'id' else (select o.attname from pg_attribute o where o.attrelid = c.oid and o.attname = 'case_id' and not o.attisdropped) end as "caseColumn"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' join pg_type t on t.oid = a.atttypid
     where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p') and not c.relispartition and t.typname in ('text', 'varchar', '_text', 'jsonb') order by 1, 2, 3`,
  );
}

const name = (column: TextColumn): string => `"${column.schema}"."${column.table}"`;

/** A pattern for a whole address: not within a longer one, in small or large letters. */
export function wholeWord(address: string): string {
  const escaped = address.replace(/[^A-Za-z0-9@\s]/g, (sign) => `\\${sign}`);
  return `(?<![[:alnum:]._%+-])${escaped}(?![[:alnum:]_-]|\\.[[:alnum:]])`;
}

const SEPARATED = '[[:space:]()./_-]{0,3}';
const spaced = (digits: string) => [...digits].join(SEPARATED);
/** What the codes of countries look like: those of one and of two digits are few, all others have three. */
const COUNTRY = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;
const LEAST_DIGITS = 6;

/** A pattern for a telephone number in any spelling of the same digits, with the code of its country or as it is dialled within it: `+4917155512` finds `0171 / 555-12`. */
export function anySpelling(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < LEAST_DIGITS) return wholeWord(phone);
  const international = phone.trim().startsWith('+') ? digits : digits.startsWith('00') ? digits.slice(2) : undefined;
  const code = international === undefined ? '[0-9]{1,3}' : (COUNTRY.exec(international)?.[0] ?? '');
  const number = (international?.slice(code.length) ?? digits).replace(/^0/, '');
  const prefix = `(?:(?:\\+|00)?${SEPARATED}${international === undefined ? code : spaced(code)}${SEPARATED}(?:0${SEPARATED})?|0${SEPARATED})`;
  // Without anything before it, it must not be the end of another country's number.
  return `(?<![[:alnum:]])(?:${prefix}|(?<![+0-9]${SEPARATED}))${spaced(number)}(?![[:alnum:]])`;
}

const SPACE = '(?:[[:space:]]|&nbsp;)+';
const QUOTE = '(?:[\'’]|&#39;|&#x27;|&apos;)';
/** The letters of a word; the database folds small and large ones only as far as its locale knows them. */
const letters = (word: string) => [...word].map((sign) => {
  if (/[A-Za-z0-9]/.test(sign)) return sign;
  if (/['’]/.test(sign)) return QUOTE;
  const [small, large] = [sign.toLowerCase(), sign.toUpperCase()];
  return small === large ? `\\${sign}` : [small, large].every((each) => [...each].length === 1) ? `[${small}${large}]` : sign;
}).join('');

/**
 * A pattern for a full name, the first or the last name first; undefined for what is a single word: `Tom` and `Support` are said of many. Only in the cases of the person: elsewhere the same name may be
 * another's. `spell` makes the pattern of each word.
 */
export function fullName(name: string, spell: (word: string) => string = letters): string | undefined {
  const words = name.split(/[\s,;"]+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).map(spell);
  if (words.length < 2 || name.includes('@')) return undefined;
  const last = words.at(-1) ?? '';
  return `(?<![[:alnum:]])(?:${words.join(SPACE)}|${last},?${SPACE}${words.slice(0, -1).join(SPACE)})(?![[:alnum:]])`;
}

/** The same among the words that search keeps, where a word may have become several. */
export const fullNameInWords = (name: string): string | undefined => fullName(name, (word) => searchWords(word).replaceAll(' ', SPACE));

/** A pattern for the name that stands beside an address in the headers of a message, as the database writes them; the address is its `\1`. */
export const nameBeside = (pattern: string): string => `"name": "(?:[^"\\\\]|\\\\.)*", ("address": "${pattern}")`;

const condition = (column: TextColumn): string => `"${column.column}"::text ~* $1`;

/** How many rows of a column have the pattern, in the account, or anywhere for tables that belong to no account. */
export async function countRows(tx: Tx, column: TextColumn, accountId: string, pattern: string): Promise<number> {
  const [row] = await tx.run<{ count: number }>(`select count(*) as count from ${name(column)} where ${condition(column)}${column.hasAccount ? ' and account_id = $2' : ''}`, column.hasAccount ? [pattern, accountId] : [pattern]);
  return row?.count ?? 0;
}

/** Puts `instead` in the place of the pattern, in rows of the given cases only where there are any; answers in how many rows. Only for tables of an account. */
export async function replaceText(tx: Tx, column: TextColumn, accountId: string, pattern: string, instead: string, caseIds?: readonly string[]): Promise<number> {
  const ofCases = caseIds ? ` and "${column.caseColumn}" = any($4::uuid[])` : '';
  const rows = await tx.run(
    `update ${name(column)} set "${column.column}" = regexp_replace("${column.column}"::text, $1, $3, 'gi')::${column.type} where ${condition(column)} and account_id = $2${ofCases} returning 1`, caseIds ? [pattern, accountId, instead, caseIds] : [pattern, accountId, instead],
  );
  return rows.length;
}
