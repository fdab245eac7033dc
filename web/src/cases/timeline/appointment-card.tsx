import type { Appointment } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { formatDate, formatFull } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';

const dayBefore = (day: string) => new Date(new Date(`${day}T12:00`).getTime() - 86_400_000);

/** When it is, in the reader's own zone; days without a time are the same days everywhere. */
function whenOf({ start, end, isAllDay }: Appointment): string {
  if (start === null) return t('mail.noTime');
  if (isAllDay) {
    const first = formatDate(new Date(`${start}T12:00`));
    const last = end === null ? first : formatDate(dayBefore(end));
    return last === first ? first : t('mail.span', { from: first, to: last });
  }
  return end === null ? formatFull(start) : t('mail.span', { from: formatFull(start), to: formatFull(end) });
}

const tones = { request: 'accent', cancel: 'clay', reply: 'slate', publish: 'neutral', other: 'neutral' } as const;

/** An invitation, a cancellation or an answer to one, as a card. The file itself stays among the attachments. */
export function AppointmentCard({ appointment }: { appointment: Appointment }) {
  const { method, title, place, note, organizer, attendees, repeats, timeZone, isAllDay } = appointment;
  return (
    <section aria-label={t('mail.appointment')} className="mt-3 flex max-w-[68ch] gap-3 rounded-md border border-line bg-raised p-3">
      <Icon name="clock" size={18} className="mt-0.5 text-ink-2" />
      <div className="min-w-0 grow">
        <div className="flex flex-wrap items-center gap-2"><span dir="auto" className={`font-medium break-words ${method === 'cancel' ? 'line-through' : ''}`}>{title || t('mail.appointment')}</span><Badge tone={tones[method]}>{t(`mail.method.${method}`)}</Badge></div>
        <p className="mt-1 text-sm text-ink-2">{whenOf(appointment)}</p>
        {timeZone !== null && !isAllDay && <p className="text-xs text-ink-3">{t('mail.zone', { zone: timeZone })}</p>}
        {repeats !== null && <p className="text-xs text-ink-3">{t('mail.repeats')}</p>}
        {place !== '' && <p dir="auto" className="mt-1 text-sm break-words text-ink-2">{place}</p>}
        {note !== '' && <p dir="auto" className="mt-2 line-clamp-6 text-sm break-words whitespace-pre-line text-ink-2">{note}</p>}
        {(organizer !== null || attendees.length > 0) && (
          <ul className="mt-2 text-xs text-ink-3">
            {organizer !== null && <li><bdi>{t('mail.organizer', { name: organizer })}</bdi></li>}
            {attendees.slice(0, 8).map(({ name, status }, index) => <li key={index}><bdi>{name}</bdi>{(['accepted', 'declined', 'tentative'] as const).map((known) => known === status && <span key={known}> · {t(`mail.attendee.${known}`)}</span>)}</li>)}
            {attendees.length > 8 && <li>+{attendees.length - 8}</li>}
          </ul>
        )}
      </div>
    </section>
  );
}
