import { Link } from '@tanstack/react-router';
import { formatFull, formatShort } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classes } from '../ui/classes.ts';

export function AddressLine({ entry, isOpen }: { entry: { address: string; mails: number; lastAt: string }; isOpen: boolean }) {
  return (
    <li>
      <Link
        to="/mailbox/$address" params={{ address: entry.address }}
        // The router compares addresses as they are written in the bar, where an @ may be escaped; we know it ourselves.
        activeProps={{}} aria-current={isOpen ? 'page' : undefined}
        className={classes('flex items-center gap-3 border-b border-line px-4 py-3', isOpen ? 'bg-accent-soft shadow-[inset_3px_0_var(--accent)] rtl:shadow-[inset_-3px_0_var(--accent)]' : 'hover:bg-hover')}
      >
        <Avatar name={entry.address} size={36} />
        <span className="min-w-0 grow">
          <bdi className="block truncate font-medium">{entry.address}</bdi>
          <span className="block text-sm text-ink-3">{t('mailbox.mails', { count: entry.mails })}</span>
        </span>
        <time dateTime={entry.lastAt} title={formatFull(entry.lastAt)} className="self-start pt-0.5 text-sm whitespace-nowrap text-ink-3">{formatShort(entry.lastAt)}</time>
      </Link>
    </li>
  );
}
