export interface SnoozeTime {
  id: 'hours' | 'evening' | 'tomorrow' | 'nextWeek' | 'week';
  at: Date;
}

/** Likely times to wake a case, all ahead, soonest first. Mornings are at eight by the clock of this device. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const on = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = ((8 - now.getDay()) % 7) || 7;
  const inHours = new Date(now.getTime() + 3 * 3_600_000);
  inHours.setMinutes(0, 0, 0);
  const times: SnoozeTime[] = [{ id: 'hours', at: inHours }];
  if (now.getHours() < 15) times.push({ id: 'evening', at: on(0, 18) });
  times.push({ id: 'tomorrow', at: on(1, 8) });
  if (toMonday !== 1) times.push({ id: 'nextWeek', at: on(toMonday, 8) });
  if (toMonday !== 7) times.push({ id: 'week', at: on(7, 8) });
  return times;
}

/** A moment as `datetime-local` wants it: wall clock without zone. */
export function toLocalInput(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}T${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
