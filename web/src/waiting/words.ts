import type { HeldItem, PresenceState } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';

/** How each presence looks; the ink only repeats what icon and words say. */
export const presenceLooks: Record<PresenceState, { icon: IconName; ink: string }> = {
  available: { icon: 'circle-check', ink: 'text-moss' }, wrap_up: { icon: 'hourglass', ink: 'text-honey' }, away: { icon: 'circle-pause', ink: 'text-honey' }, offline: { icon: 'circle-dashed', ink: 'text-ink-3' },
};

export const presenceWord = ({ state, reason }: { state: PresenceState; reason: string | null }): string => (reason === null ? t(`presence.is.${state}`) : t('presence.awayFor', { reason }));

/** What it is about, as short as it is known by. */
export const aboutWord = ({ about }: HeldItem): string => about.subject || about.customerName || t('work.withoutCase');

/** A span as a clock shows it: `0:45`, `12:05`, `1:02:33`; never below nothing. */
export function clockWord(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, String(seconds % 60).padStart(2, '0')];
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}
