/** What the address of the report says; what is left out is the last 28 days of everything, by team. */
export interface ReportFilter {
  days?: '7' | '90' | '365';
  by?: 'inbox' | 'agent' | 'kind' | 'channel' | 'tag';
  inbox?: string;
  team?: string;
  kind?: 'question' | 'request' | 'problem' | 'complaint' | 'dispute' | 'feedback';
}

const oneOf = <T extends string>(value: unknown, list: readonly T[]) => list.find((one) => one === String(value));
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function readReportFilter(search: Record<string, unknown>): ReportFilter {
  const days = oneOf(search['days'], ['7', '90', '365'] as const);
  const by = oneOf(search['by'], ['inbox', 'agent', 'kind', 'channel', 'tag'] as const);
  const kind = oneOf(search['kind'], ['question', 'request', 'problem', 'complaint', 'dispute', 'feedback'] as const);
  const inbox = text(search['inbox']);
  const team = text(search['team']);
  return { ...(days ? { days } : {}), ...(by ? { by } : {}), ...(kind ? { kind } : {}), ...(inbox ? { inbox } : {}), ...(team ? { team } : {}) };
}

const dayOf = (date: Date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

/** The question to the server: whole days up to today on the calendar of this device. */
export function questionOf({ days = '28' as never, by = 'team' as never, ...rest }: ReportFilter, now = new Date()) {
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - Number(days) + 1);
  return { from: dayOf(from), to: dayOf(now), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, by: by as 'team' | NonNullable<ReportFilter['by']>, ...rest };
}
export type ReportQuestion = ReturnType<typeof questionOf>;
