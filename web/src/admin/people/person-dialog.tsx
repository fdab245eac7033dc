import type { Agent, Role, Team } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { sessionQuery, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { refreshPeople } from '../queries.ts';
import { PersonFields } from './person-fields.tsx';

export function PersonDialog({ agent, roles, teams, onClose }: { agent: Agent; roles: readonly Role[]; teams: readonly Team[]; onClose: () => void }) {
  const id = useId();
  const me = useSession().agent.id;
  const form = useForm({ name: agent.name, roleId: agent.roleId, teamIds: agent.teamIds }, { name: isFilled });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => client.accounts.updateAgent({ params: { agentId: agent.id }, body: { name: values.name.trim(), teamIds: values.teamIds, ...(values.roleId === agent.roleId ? {} : { roleId: values.roleId }) } }),
    onSuccess: () => {
      refreshPeople();
      if (agent.id === me) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      showToast(t('ui.saved'), { icon: 'check' });
      onClose();
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={agent.name} description={<bdi>{agent.email}</bdi>}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('people.name')} error={form.errors.name}><Input {...form.text('name')} maxLength={200} autoComplete="off" /></Field>
        <PersonFields roles={roles} teams={teams} roleId={form.values.roleId} teamIds={form.values.teamIds} onRole={(roleId) => form.set('roleId', roleId)} onTeams={(teamIds) => form.set('teamIds', teamIds)} />
      </form>
    </Dialog>
  );
}
