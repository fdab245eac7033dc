import type { CaseKind, CasePriority } from '@rapport/contract';

const kinds = ['question', 'request', 'problem', 'complaint', 'dispute', 'feedback'] as const satisfies readonly CaseKind[];
const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly CasePriority[];
export const comparisons = ['team', 'inbox', 'agent', 'kind', 'channel', 'priority', 'tag'] as const;
type Comparison = (typeof comparisons)[number];
export const presets = ['7', '28', '90', '365'] as const;

/** What the address of the report says; what is left out is the last 28 days of everything, by team. Own days go before the last so many. */
export interface ReportFilter {
  days?: '7' | '90' | '365';
  from?: string;
  to?: string;
  by?: Exclude<Comparison, 'team'>;
  inbox?: string;
  team?: string;
  agent?: string;
  kind?: CaseKind;
  channel?: string;
  priority?: CasePriority;
  tag?: string;
  untagged?: true;
}

const oneOf = <T extends string>(value: unknown, list: readonly T[]) => list.find((one) => one === String(value));
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

export function readReportFilter(search: Record<string, unknown>): ReportFilter {
  const { from, to } = search;
  const hasOwnDays = isDay(from) && isDay(to) && from <= to;
  const tag = text(search['tag']);
  const read: { [K in keyof ReportFilter]: ReportFilter[K] | undefined } = {
    ...(hasOwnDays ? { from, to } : { days: oneOf(search['days'], ['7', '90', '365'] as const) }),
    by: oneOf(search['by'], ['inbox', 'agent', 'kind', 'channel', 'priority', 'tag'] as const), kind: oneOf(search['kind'], kinds), priority: oneOf(search['priority'], priorities),
    inbox: text(search['inbox']), team: text(search['team']), agent: text(search['agent']), channel: text(search['channel']), tag, untagged: tag === undefined && String(search['untagged']) === 'true' ? true : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

export const shiftDay = (day: string, by: number) => new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
/** Today on the calendar of a time zone. */
export const todayIn = (timeZone: string, now: Date) => new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);

/** The question to the server: whole days on the company's calendar, up to today unless others were chosen. */
export function questionOf({ days, from, to, by = 'team' as never, untagged, ...rest }: ReportFilter, timeZone: string, now = new Date()) {
  const last = to ?? todayIn(timeZone, now);
  return { from: from ?? shiftDay(last, 1 - Number(days ?? 28)), to: last, by: by as Comparison, ...rest, ...(untagged ? { untagged: 'true' as const } : {}) };
}
export type ReportQuestion = ReturnType<typeof questionOf>;
export { kinds, priorities };
