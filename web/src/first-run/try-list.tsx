import type { ReactNode } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/icon.tsx';
import { useIsPhone } from '../ui/use-media.ts';

interface Props {
  customer: string;
  caseNumber: number | undefined;
  /** The text of the answer once it has reached the customer. */
  answer: string | undefined;
  onOpen: () => void;
  onMailbox: () => void;
}

function Item({ isDone, isNow, title, children }: { isDone: boolean; isNow: boolean; title: string; children?: ReactNode }) {
  return (
    <li className={classes('flex gap-3 rounded-lg border p-3.5', isNow ? 'border-accent-line bg-accent-soft/40' : 'border-line bg-raised')}>
      <span className={classes('grid size-6 shrink-0 place-items-center rounded-full', isDone ? 'bg-moss text-surface' : isNow ? 'border-2 border-accent' : 'border-2 border-dashed border-line-strong/60')}>{isDone && <Icon name="check" size={14} />}</span>
      <div className="min-w-0 grow"><p className={classes('font-medium', !isDone && !isNow && 'text-ink-3')}>{title}{isDone && <span className="sr-only"> {t('firstRun.isDone')}</span>}</p>{children}</div>
    </li>
  );
}

/** Mail in, answer out, answer there: ticked as it happens. */
export function TryList({ customer, caseNumber, answer, onOpen, onMailbox }: Props) {
  const isPhone = useIsPhone();
  const isAnswered = answer !== undefined;
  return (
    <ol aria-live="polite" className="flex flex-col gap-2.5">
      <Item isDone isNow={false} title={caseNumber === undefined ? t('firstRun.mailIn') : t('firstRun.mailInCase', { number: caseNumber })} />
      <Item isDone={isAnswered} isNow={!isAnswered} title={t(isAnswered ? 'firstRun.answered' : 'firstRun.answerIt')}>
        {!isAnswered && <><p className="mt-0.5 mb-2.5 text-pretty text-ink-2">{t(isPhone ? 'firstRun.answerItHintPhone' : 'firstRun.answerItHint')}</p><Button tone="primary" icon="arrow-right" disabled={caseNumber === undefined} onClick={onOpen}>{t('firstRun.openCase')}</Button></>}
      </Item>
      <Item isDone={isAnswered} isNow={false} title={t(isAnswered ? 'firstRun.arrived' : 'firstRun.arrives', { customer })}>
        {isAnswered && (
          <>
            <blockquote dir="auto" className="mt-2 mb-2.5 line-clamp-4 border-s-2 border-accent-line ps-3 break-words whitespace-pre-wrap text-ink-2">{answer}</blockquote>
            <Button icon="mailbox" onClick={onMailbox}>{t('firstRun.seeMailbox')}</Button>
          </>
        )}
      </Item>
    </ol>
  );
}
