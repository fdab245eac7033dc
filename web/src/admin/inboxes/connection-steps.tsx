import type { ConnectionCheck } from '@rapport/contract';
import { t, type PlainMessageId } from '../../i18n/index.ts';
import { findingWords } from '../../i18n/reason-words.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { ServerSaid } from './server-said.tsx';

const words: Record<ConnectionCheck['step'], PlainMessageId> = { connect: 'check.connect', tls: 'check.tls', sign_in: 'check.signIn', folder: 'check.folder', send: 'check.send' };

interface Props {
  title: string;
  steps: readonly ConnectionCheck['step'][];
  result: ConnectionCheck | null | undefined;
  isBusy: boolean;
}

/** The way to a mail server, step by step: how far it led, and what stood in the way. */
export function ConnectionSteps({ title, steps, result, isBusy }: Props) {
  const reached = result ? steps.indexOf(result.step) : -1;
  // A step failed that is not on the way: nothing is ticked, the words explain.
  const stateOf = (index: number) => (!result ? 'open' : result.ok || index < reached ? 'done' : index === reached ? 'failed' : 'open');
  return (
    <section>
      <h3 className="mb-2 text-sm font-medium text-ink-2"><bdi>{title}</bdi></h3>
      <ol className="flex flex-col gap-2 md:flex-row md:items-center md:gap-0">
        {steps.map((step, index) => {
          const state = stateOf(index);
          return (
            <li key={step} className="flex items-center gap-2 md:grow md:last:grow-0">
              <span className={classes('grid size-6 shrink-0 place-items-center rounded-full border', state === 'done' && 'border-moss bg-moss-soft text-moss', state === 'failed' && 'border-clay bg-clay-soft text-clay', state === 'open' && 'border-dashed border-line-strong text-ink-3', isBusy && 'motion-safe:animate-pulse')}>
                {state === 'done' ? <Icon name="check" size={14} /> : state === 'failed' ? <Icon name="x" size={14} /> : <span className="text-xs">{index + 1}</span>}
              </span>
              <span className={classes('whitespace-nowrap', state === 'failed' ? 'font-medium text-clay' : state === 'done' ? '' : 'text-ink-3')}>
                {t(words[step])}
                {state !== 'open' && <span className="sr-only"> {t(state === 'done' ? 'check.stepDone' : 'check.stepFailed')}</span>}
              </span>
              {index < steps.length - 1 && <span aria-hidden="true" className={classes('mx-3 hidden h-px grow md:block', stateOf(index) === 'done' ? 'bg-moss' : 'bg-line')} />}
            </li>
          );
        })}
      </ol>
      {result && (
        <div className={classes('mt-2.5 rounded-md px-3 py-2 text-pretty', result.ok ? 'bg-moss-soft text-moss' : 'bg-clay-soft text-clay')}>
          <p>{result.ok ? t('check.ok') : null} {findingWords(result.finding, result.values)}</p>
          <ServerSaid said={result.values.said} />
        </div>
      )}
    </section>
  );
}
