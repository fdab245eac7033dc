import type { Fold } from '@rapport/contract';
import { Fragment } from 'react';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { findLinks, partQuoted } from './quoted-text.ts';
import { partFolds, type TextPart } from './text-parts.ts';

function Words({ text }: { text: string }) {
  return findLinks(text).map((piece, index) => (piece.href ? <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">{piece.text}</a> : <Fragment key={index}>{piece.text}</Fragment>));
}

/** What the server has not looked at is parted here, into the text and the old mail at its end. */
function partHere(text: string): TextPart[] {
  const { fresh, quoted } = partQuoted(text);
  return [{ kind: 'shown', text: fresh }, ...(quoted ? [{ kind: 'quote' as const, text: quoted }] : [])];
}

function Folded({ part }: { part: TextPart }) {
  const label = t(part.kind === 'signature' ? 'mail.showSignature' : 'message.showQuoted');
  return (
    <details className="group my-2">
      <summary aria-label={label} title={label} className="inline-grid h-5 w-8 cursor-default list-none place-items-center rounded-sm bg-hover text-ink-2 hover:bg-press [&::-webkit-details-marker]:hidden"><Icon name="ellipsis" size={14} /></summary>
      <div className="mt-2 border-s-2 border-line ps-3 text-ink-2"><Words text={part.text} /></div>
    </details>
  );
}

/** A message or note that is text only, its paragraphs as written, what its mail program carried along folded where it stands. */
export function PlainBody({ text, folds }: { text: string; folds?: readonly Fold[] | undefined }) {
  const parts = folds === undefined ? partHere(text) : partFolds(text, folds);
  return (
    <div dir="auto" className="max-w-[68ch] break-words whitespace-pre-wrap">
      {parts.map((part, index) => (part.kind === 'shown' ? <Words key={index} text={part.text} /> : <Folded key={index} part={part} />))}
    </div>
  );
}
