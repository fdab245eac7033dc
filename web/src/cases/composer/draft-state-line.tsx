import type { DraftView } from '../../data/drafts.ts';
import { useConnection } from '../../data/live.ts';
import { t } from '../../i18n/index.ts';
import { formatClock } from '../../i18n/format.ts';
import { Icon } from '../../ui/icon.tsx';

/** Where the draft is safe. It is written out, so that nobody has to trust. */
export function DraftStateLine({ draft }: { draft: DraftView }) {
  const connection = useConnection();
  if (draft.state === 'empty' || draft.state === 'loading') return null;
  const isHere = draft.state === 'kept' && connection === 'offline';
  return (
    <span className="flex min-w-0 items-center gap-1.5 truncate text-xs text-ink-3 max-md:large-text:order-first max-md:large-text:basis-full max-md:large-text:px-2">
      <Icon name={isHere ? 'cloud-off' : draft.state === 'saved' ? 'check' : 'pencil-line'} size={12} />
      {draft.state === 'saved' ? t('draft.saved', { at: formatClock(draft.content.changedAt) }) : isHere ? t('draft.kept') : t('draft.saving')}
    </span>
  );
}
