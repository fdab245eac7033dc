import { Fragment } from 'react';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { findLinks, partQuoted } from './quoted-text.ts';

function Words({ text }: { text: string }) {
  return findLinks(text).map((piece, index) => (piece.href ? <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">{piece.text}</a> : <Fragment key={index}>{piece.text}</Fragment>));
}

/** A message or note that is text only, its paragraphs as written, the old mail below it folded. */
export function PlainBody({ text }: { text: string }) {
  const { fresh, quoted } = partQuoted(text);
  return (
    <div dir="auto" className="max-w-[68ch] break-words whitespace-pre-wrap">
      <Words text={fresh} />
      {quoted && (
        <details className="group mt-2">
          <summary aria-label={t('message.showQuoted')} title={t('message.showQuoted')} className="inline-grid h-5 w-8 cursor-default list-none place-items-center rounded-sm bg-hover text-ink-2 hover:bg-press [&::-webkit-details-marker]:hidden"><Icon name="ellipsis" size={14} /></summary>
          <div className="mt-2 border-s-2 border-line ps-3 text-ink-2"><Words text={quoted} /></div>
        </details>
      )}
    </div>
  );
}
