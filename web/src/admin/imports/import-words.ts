import type { ImportFormat, ImportOddCode, ImportRun } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import type { Tone } from '../../ui/badge.tsx';

/** The formats a browser can send; a Maildir is a folder on a server. */
export const uploadFormats: readonly ImportFormat[] = ['mbox', 'zendesk', 'freshdesk', 'chatwoot', 'zammad', 'csv_cases', 'csv_customers'];
export const formatWord = (format: ImportFormat): string => t(`imports.format.${format}`);
export const oddWord = (code: ImportOddCode): string => t(`imports.odd.${code}`);
/** Whether its cases are known by numbers that another system of its kind may give out as well. */
export const hasNumbers = (format: ImportFormat): boolean => !isMail(format) && format !== 'csv_customers';
export const isMail = (format: ImportFormat): boolean => format === 'mbox' || format === 'maildir';

/** Files that are not here, or not as a whole. */
export const missingOf = ({ files }: Pick<ImportRun, 'files'>): ImportRun['files'] => files.filter(({ bytes, expectedBytes }) => expectedBytes !== null && bytes !== expectedBytes);

export function stateOf(run: ImportRun): { words: string; tone: Tone } {
  if (run.state === 'uploading' && missingOf(run).length > 0) return { words: t('imports.missingTitle'), tone: 'honey' };
  const tone: Tone = run.state === 'done' ? 'moss' : run.state === 'stopped' || run.trouble !== null ? 'clay' : run.state === 'checked' ? 'honey' : run.state === 'checking' || run.state === 'running' || run.state === 'removing' ? 'accent' : 'neutral';
  return { words: t(`imports.state.${run.state}`), tone };
}
