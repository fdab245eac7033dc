import type { Role } from '@rapport/contract';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { iconButtonLook } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Menu } from '../../ui/menu.tsx';
import { canGive, permissionGroups, permissionWords, roleName, scopeSentence } from './role-words.ts';
import { ScopePicture } from './scope-picture.tsx';

interface Props {
  role: Role;
  onEdit: () => void;
  onRemove: () => void;
}

/** A role of one's own making in plain words: which cases, what it allows. */
export function RoleCard({ role, onEdit, onRemove }: Props) {
  const session = useSession();
  const name = roleName(role);
  const granted = permissionGroups.map((group) => ({ ...group, permissions: group.permissions.filter((permission) => role.permissions.includes(permission)) })).filter((group) => group.permissions.length > 0);
  return (
    <article aria-label={name} className="rounded-lg border border-line bg-surface px-4 py-4 md:px-5">
      <div className="flex items-start gap-4">
        <ScopePicture scope={role.caseScope} className="mt-1 w-20" />
        <div className="min-w-0 grow">
          <h3 className="flex flex-wrap items-baseline gap-x-2 text-md font-semibold">{name}<span className="text-sm font-normal text-ink-3">{t('roles.people', { count: role.agentCount })}</span></h3>
          <p className="mt-0.5 text-ink-2">{scopeSentence(role.caseScope)}</p>
        </div>
        {canGive(session, role) && (
          <Menu
            trigger={<button type="button" aria-label={t('roles.actions', { name })} className={`${iconButtonLook} -me-1.5 size-8`}><Icon name="ellipsis" /></button>}
            groups={[[{ id: 'edit', label: t('roles.edit'), icon: 'pencil', run: onEdit }], [{ id: 'remove', label: t('roles.remove'), icon: 'trash-2', isDanger: true, run: onRemove }]]}
          />
        )}
      </div>

      <dl className="mt-3 grid gap-x-6 gap-y-3 border-t border-line pt-3 md:grid-cols-2">
        {granted.map((group) => (
          <div key={group.message}>
            <dt className="text-sm font-medium text-ink-3">{t(group.message)}</dt>
            {group.permissions.map((permission) => <dd key={permission} className="mt-0.5 flex items-start gap-1.5"><Icon name="check" size={14} className="mt-1 text-moss" />{permissionWords(permission)}</dd>)}
          </div>
        ))}
        {granted.length === 0 && <dd className="text-ink-3">{t('roles.nothing')}</dd>}
      </dl>
    </article>
  );
}
