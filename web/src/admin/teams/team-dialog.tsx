import type { Agent, Team } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { sessionQuery } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { TeamEscalation } from '../../notifications/team-escalation.tsx';
import { refreshPeople } from '../queries.ts';

export function TeamDialog({ team, agents, onClose }: { team: Team | undefined; agents: readonly Agent[]; onClose: () => void }) {
  const id = useId();
  const form = useForm({ name: team?.name ?? '', memberIds: team?.memberIds ?? [] }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name, memberIds }: typeof form.values) => {
      const body = { name: name.trim(), memberIds };
      return team ? client.accounts.updateTeam({ params: { teamId: team.id }, body }) : client.accounts.createTeam({ body });
    },
    onSuccess: () => {
      refreshPeople();
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      showToast(t('ui.saved'), { icon: 'check' });
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const people = agents.filter((agent) => !agent.isBot && (agent.state !== 'disabled' || team?.memberIds.includes(agent.id)));
  return (
    <Dialog
      isOpen onClose={onClose} title={team ? t('teams.editTitle', { name: team.name }) : t('teams.create')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('teams.name')} hint={t('teams.nameHint')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={200} autoComplete="off" /></Field>
        <CheckList
          label={t('teams.members')} chosen={form.values.memberIds} onChange={(memberIds) => form.set('memberIds', memberIds)} empty={t('teams.nobody')}
          options={people.map((agent) => ({ id: agent.id, label: agent.name, before: <Avatar name={agent.name} size={20} /> }))}
        />
      </form>
      {team && <TeamEscalation teamId={team.id} />}
    </Dialog>
  );
}
