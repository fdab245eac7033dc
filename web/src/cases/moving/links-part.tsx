import type { CaseLink, CaseRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { useCan } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { classes } from '../../ui/classes.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { toneInk } from '../tone-ink.ts';
import { stateOf, statusLook, statusWord } from '../words.ts';
import { linkCases } from './link-cases.ts';
import { roleWord } from './link-words.ts';
import { openMoving } from './open-dialog.ts';
import { linksQuery } from './queries.ts';

function LinkLine({ link, onRemove }: { link: CaseLink; onRemove: (() => void) | undefined }) {
  const { other } = link;
  const state = stateOf(other);
  const look = statusLook(state);
  return (
    <li className="group -mx-2 flex items-start gap-1 rounded-md ps-2 hover:bg-hover focus-within:bg-hover">
      <Link to="/cases/$view/$number" params={{ view: other.shelf === 'merged' ? 'open' : other.shelf, number: String(other.number) }} className="flex min-w-0 grow gap-2 py-1.5">
        <span title={statusWord(state)} className={classes('pt-0.5', toneInk(look.tone))}><Icon name={look.icon} size={14} /><span className="sr-only">{statusWord(state)}</span></span>
        <span className="min-w-0 grow">
          <span className="block text-xs text-ink-3">{roleWord(link.role)}</span>
          <span dir="auto" className="align-frame line-clamp-2 text-sm">{other.subject.trim() || t('case.noSubject')}</span>
          <span className="text-xs text-ink-3"><bdi>#{other.number}</bdi> · <bdi>{other.customerName}</bdi></span>
        </span>
      </Link>
      {onRemove && <IconButton icon="x" size={24} label={t('link.remove', { number: other.number })} onClick={onRemove} className="mt-1.5 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-100" />}
    </li>
  );
}

/** The cases linked to the open one, with their states. */
export function LinksPart({ row }: { row: CaseRow }) {
  const links = useQuery(linksQuery(row.id)).data;
  const canEdit = useCan('case.edit') && row.shelf !== 'merged' && row.shelf !== 'spam' && row.shelf !== 'deleted';
  const remove = (other: CaseLink['other']) => linkCases({ caseId: row.id, other }, undefined).catch((error: unknown) => showTrouble(explain(error)));
  if (!links || (links.length === 0 && !canEdit)) return null;
  return (
    <section className="border-t border-line px-4 py-3.5">
      <header className="mb-1.5 flex min-h-6 items-center justify-between"><h3 className="text-sm font-semibold">{t('link.part')}</h3>{canEdit && <IconButton icon="plus" size={24} label={t('command.case.link')} onClick={() => openMoving({ kind: 'link', caseId: row.id })} />}</header>
      {links.length === 0 ? <p className="text-sm text-ink-3">{t('link.none')}</p> : <ul>{links.map((link) => <LinkLine key={`${link.role} ${link.other.id}`} link={link} onRemove={canEdit && link.id !== null ? () => void remove(link.other) : undefined} />)}</ul>}
    </section>
  );
}
