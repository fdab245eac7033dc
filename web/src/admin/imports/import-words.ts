import type { ImportFormat, ImportOddCode, ImportRun } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import type { Tone } from '../../ui/badge.tsx';

/** The formats a browser can send; a Maildir is a folder on a server. */
export const uploadFormats: readonly ImportFormat[] = ['mbox', 'zendesk', 'freshdesk', 'chatwoot', 'zammad', 'csv_cases', 'csv_customers'];
export const formatWord = (format: ImportFormat): string => t(`imports.format.${format}`);
export const oddWord = (code: ImportOddCode): string => t(`imports.odd.${code}`);
export const isMail = (format: ImportFormat): boolean => format === 'mbox' || format === 'maildir';

export function stateOf(run: ImportRun): { words: string; tone: Tone } {
  const tone: Tone = run.state === 'done' ? 'moss' : run.state === 'stopped' || run.trouble !== null ? 'clay' : run.state === 'checked' ? 'honey' : run.state === 'checking' || run.state === 'running' || run.state === 'removing' ? 'accent' : 'neutral';
  return { words: t(`imports.state.${run.state}`), tone };
}
