import type { Role } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { refreshPeople, rolesQuery } from '../queries.ts';
import { RoleCard } from './role-card.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { RoleLine } from './role-line.tsx';
import { RoleMatrix } from './role-matrix.tsx';

export function RolesPage() {
  const roles = useQuery(rolesQuery);
  const [editing, setEditing] = useState<Role | 'new'>();
  const [removing, setRemoving] = useState<Role>();
  const remove = useMutation({
    mutationFn: (role: Role) => client.accounts.removeRole({ params: { roleId: role.id } }),
    onSuccess: (_, role) => {
      refreshPeople();
      showToast(t('roles.removed', { name: role.name }));
    },
    onError: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('roles.inUse') : explain(error)),
    onSettled: () => setRemoving(undefined),
  });
  const create = <Button tone="primary" icon="plus" onClick={() => setEditing('new')}>{t('roles.create')}</Button>;
  return (
    <Page title={t('settings.roles')} description={t('roles.lead')} actions={create}>
      <LoadState query={roles} explain={explain}>
        {(all) => {
          const builtIn = all.filter((role) => role.isBuiltIn);
          const own = all.filter((role) => !role.isBuiltIn);
          return (
            <>
              <section aria-labelledby="own-roles" className="flex flex-col gap-3">
                <h2 id="own-roles" className="text-md font-semibold">{t('roles.own')}</h2>
                {own.length === 0 ? (
                  <div className="rounded-lg border border-dashed border-line-strong/60"><EmptyState icon="shield" title={t('roles.emptyTitle')} action={<Button icon="plus" onClick={() => setEditing('new')}>{t('roles.create')}</Button>}>{t('roles.empty')}</EmptyState></div>
                ) : own.map((role) => <RoleCard key={role.id} role={role} onEdit={() => setEditing(role)} onRemove={() => setRemoving(role)} />)}
              </section>
              <section aria-labelledby="built-in-roles" className="flex flex-col gap-3">
                <h2 id="built-in-roles" className="text-md font-semibold">{t('roles.builtIn')}</h2>
                <CardList label={t('roles.builtIn')}>{builtIn.map((role) => <RoleLine key={role.id} role={role} />)}</CardList>
                <RoleMatrix roles={builtIn} />
              </section>
            </>
          );
        }}
      </LoadState>
      {editing && <RoleDialog role={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
      <Confirm isOpen={removing !== undefined} onClose={() => setRemoving(undefined)} title={t('roles.removeTitle', { name: removing?.name ?? '' })} deed={t('roles.remove')} isBusy={remove.isPending} onConfirm={() => removing && remove.mutate(removing)}>{t('roles.removeLead')}</Confirm>
    </Page>
  );
}
