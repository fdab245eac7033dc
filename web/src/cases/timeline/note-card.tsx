import type { Entry } from '@rapport/contract';
import { memo } from 'react';
import { t } from '../../i18n/index.ts';
import { formatClock, formatFull } from '../../i18n/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Attachments } from './attachments.tsx';
import { HtmlBody } from './html-body.tsx';
import { PlainBody } from './plain-body.tsx';

/** An internal note, in honey and with its word, so that nobody takes it for something the customer reads. */
export const NoteCard = memo(function NoteCard({ entry }: { entry: Extract<Entry, { kind: 'note' }> }) {
  const told = entry.mentions.filter((one) => one.isTold).map((one) => one.name);
  const untold = entry.mentions.filter((one) => !one.isTold).map((one) => one.name);
  return (
    <article aria-label={t('note.by', { name: entry.author.name, at: formatFull(entry.occurredAt) })} className="ms-6 flex gap-3 md:ms-12">
      <span className="mt-1 grid size-8 shrink-0 place-items-center rounded-full bg-honey-soft text-honey max-md:hidden"><Icon name="sticky-note" /></span>
      <div className="min-w-0 grow rounded-lg border border-honey-line bg-honey-soft px-4 py-3">
        <header className="mb-1 flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm font-semibold text-honey">{t('note.label')}</span>
          <span dir="auto" className="text-sm font-semibold">{entry.author.name}</span>
          <span className="grow" />
          <time dateTime={entry.occurredAt} title={formatFull(entry.occurredAt)} className="text-xs text-ink-2">{formatClock(entry.occurredAt)}</time>
        </header>
        {entry.html === null ? <PlainBody text={entry.text} /> : <HtmlBody entry={{ ...entry, mail: null, hasRemoteContent: false }} />}
        {entry.mentions.length > 0 && (
          <footer className="mt-2 flex flex-col gap-0.5 text-xs text-ink-2">
            {told.length > 0 && <p>{t('mention.told', { names: told.join(', ') })}</p>}
            {untold.length > 0 && <p className="text-clay">{t('mention.notTold', { names: untold.join(', ') })}</p>}
          </footer>
        )}
        <Attachments caseId={entry.caseId} files={entry.attachments} />
      </div>
    </article>
  );
});
