import ICAL from 'ical.js';
import type { Appointment } from '@rapport/contract';

const MOST_BYTES = 300_000;
const MOST = 5;
const LONGEST = 4_000;

const words = (value: unknown, most = 300): string => (typeof value === 'string' ? value : '').replace(/\r/g, '').trim().slice(0, most);
const METHODS = ['request', 'cancel', 'reply', 'publish'] as const;

/** The appointments in a calendar file (iCalendar, RFC 5545), the first of each series; none when it cannot be read. Never throws. */
export function readAppointments(text: string): Appointment[] {
  if (text.length > MOST_BYTES || !/BEGIN:VCALENDAR/i.test(text)) return [];
  try {
    const calendar = new ICAL.Component(ICAL.parse(text) as never);
    if (calendar.name !== 'vcalendar') return [];
    const method = String(calendar.getFirstPropertyValue('method') ?? '').toLowerCase();
    return calendar.getAllSubcomponents('vevent').filter((event) => event.getFirstProperty('recurrence-id') === null || method !== 'request').slice(0, MOST).map((event) => appointmentOf(event, METHODS.find((known) => known === method) ?? 'other'));
  } catch {
    return [];
  }
}

function appointmentOf(event: ICAL.Component, method: Appointment['method']): Appointment {
  const start = timeOf(event, 'dtstart');
  const end = timeOf(event, 'dtend') ?? afterDuration(event, start);
  const organizer = event.getFirstProperty('organizer');
  const isCancelled = /^cancelled$/i.test(words(event.getFirstPropertyValue('status')));
  const rule = event.getFirstPropertyValue('rrule');
  return {
    method: isCancelled && method !== 'reply' ? 'cancel' : method, title: words(event.getFirstPropertyValue('summary')), place: words(event.getFirstPropertyValue('location')), note: words(event.getFirstPropertyValue('description'), LONGEST),
    start: start?.iso ?? null, end: end?.iso ?? null, isAllDay: start?.isDay ?? false, timeZone: start?.zone ?? null,
    organizer: organizer === null ? null : nameOf(organizer), attendees: event.getAllProperties('attendee').slice(0, 50).map((attendee) => ({ name: nameOf(attendee), status: words(attendee.getFirstParameter('partstat')).toLowerCase() || 'needs-action' })),
    repeats: rule === null ? null : words(String(rule), 500),
  };
}

const nameOf = (property: ICAL.Property): string => words(property.getFirstParameter('cn'), 200) || words(String(property.getFirstValue() ?? '').replace(/^mailto:/i, ''), 254);

interface Moment {
  iso: string;
  isDay: boolean;
  zone: string | null;
}

function timeOf(event: ICAL.Component, name: 'dtstart' | 'dtend'): Moment | undefined {
  const property = event.getFirstProperty(name);
  const value: unknown = property?.getFirstValue();
  if (!(value instanceof ICAL.Time)) return undefined;
  return momentOf(value, words(property?.getFirstParameter('tzid'), 100) || null);
}

const two = (value: number): string => String(value).padStart(2, '0');

/** `zone` is what the file calls it; its own definition counts, else the world's of that name. Without either it is the reader's clock that is meant. */
function momentOf(time: ICAL.Time, zone: string | null): Moment {
  const day = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;
  if (time.isDate) return { iso: day, isDay: true, zone: null };
  const clock = `${day}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
  if (time.zone === ICAL.Timezone.utcTimezone) return { iso: `${clock}Z`, isDay: false, zone: null };
  if (time.zone !== ICAL.Timezone.localTimezone && time.zone.tzid !== 'floating') return { iso: new Date(time.toUnixTime() * 1000).toISOString(), isDay: false, zone };
  return zone === null ? { iso: clock, isDay: false, zone: null } : { iso: inZone(clock, zone) ?? clock, isDay: false, zone };
}

/** The moment at which clocks in a zone of the world show this; undefined for a zone nobody knows. */
function inZone(clock: string, zone: string): string | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const wanted = Date.parse(`${clock}Z`);
    let at = wanted;
    // Twice: near a change of the clocks the first guess may lie on its other side.
    for (let i = 0; i < 2; i++) {
      const of = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
      at += wanted - Date.parse(`${of['year']}-${of['month']}-${of['day']}T${of['hour']}:${of['minute']}:${of['second']}Z`);
    }
    return new Date(at).toISOString();
  } catch {
    return undefined;
  }
}

function afterDuration(event: ICAL.Component, start: Moment | undefined): Moment | undefined {
  const value: unknown = event.getFirstPropertyValue('duration');
  if (start === undefined || !(value instanceof ICAL.Duration) || start.isDay) return undefined;
  const from = Date.parse(start.iso);
  return { ...start, iso: new Date(from + value.toSeconds() * 1000).toISOString() };
}
