import type { DeliveryState, LedgerRow, Outcome } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import type { Tone } from '../ui/badge.tsx';
import type { IconName } from '../ui/icon-names.ts';

export interface Look {
  tone: Tone;
  icon: IconName;
  /** The ground of its part of the bar. */
  bar: string;
}

/** Work first, then what is no work, then what a person should look at. */
export const outcomeOrder: readonly Outcome[] = ['new_case', 'appended', 'delivery_report', 'duplicate', 'ignored', 'set_aside'];
export const outcomeLook: Record<Outcome, Look> = {
  new_case: { tone: 'accent', icon: 'plus', bar: 'bg-accent' },
  appended: { tone: 'accent', icon: 'corner-up-right', bar: 'bg-accent-line' },
  delivery_report: { tone: 'slate', icon: 'mail-warning', bar: 'bg-slate' },
  duplicate: { tone: 'neutral', icon: 'copy', bar: 'bg-line-strong' },
  ignored: { tone: 'neutral', icon: 'undo-2', bar: 'bg-line-strong/45' },
  set_aside: { tone: 'honey', icon: 'triangle-alert', bar: 'bg-honey' },
};

export const stateOrder: readonly DeliveryState[] = ['accepted', 'delivered', 'read', 'queued', 'sending', 'bounced', 'failed', 'unknown'];
export const stateLook: Record<DeliveryState, Look> = {
  accepted: { tone: 'moss', icon: 'check', bar: 'bg-moss' },
  delivered: { tone: 'moss', icon: 'check-check', bar: 'bg-moss' },
  read: { tone: 'moss', icon: 'eye', bar: 'bg-moss/60' },
  queued: { tone: 'neutral', icon: 'clock', bar: 'bg-accent-line' },
  sending: { tone: 'neutral', icon: 'send', bar: 'bg-accent' },
  bounced: { tone: 'clay', icon: 'reply', bar: 'bg-clay' },
  failed: { tone: 'clay', icon: 'x', bar: 'bg-clay/60' },
  unknown: { tone: 'honey', icon: 'mail-question-mark', bar: 'bg-honey' },
};

export const capitalised = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

export const outcomeWords = (outcome: Outcome) => t(`ledger.outcome.${outcome}`);
export const stateWords = (state: DeliveryState) => t(`ledger.state.${state}`);

/** What became of one message: its mark and words, whichever way it went. Standing alone, the words begin with a capital. */
export function fateOf(row: LedgerRow): { look: Look; words: string } {
  if (row.outcome) return { look: outcomeLook[row.outcome], words: capitalised(outcomeWords(row.outcome)) };
  const state = row.state ?? 'unknown';
  return { look: stateLook[state], words: capitalised(stateWords(state)) };
}

/** Rows that a person should look at stand out. */
export const needsAttention = (row: LedgerRow) => row.outcome === 'set_aside' || row.state === 'bounced' || row.state === 'failed' || row.state === 'unknown';
