import type { Role, Team } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { isEmail, isFilled } from '../../ui/checks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { refreshPeople } from '../queries.ts';
import { InvitationLink } from './invitation-link.tsx';
import { PersonFields } from './person-fields.tsx';

export function InviteDialog({ roles, teams, onClose }: { roles: readonly Role[]; teams: readonly Team[]; onClose: () => void }) {
  const id = useId();
  const empty = { email: '', name: '', roleId: roles.find((role) => role.key === 'agent')?.id ?? roles[0]?.id ?? '', teamIds: [] as string[] };
  const form = useForm(empty, { email: isEmail, name: isFilled });
  const invite = useMutation({
    mutationFn: (values: typeof empty) => client.accounts.inviteAgent({ body: { ...values, email: values.email.trim(), name: values.name.trim() } }),
    onSuccess: refreshPeople,
    onError: (error) => (isProblem(error, 'email_taken') ? form.fail('email', t('problem.emailTaken')) : showTrouble(explain(error))),
  });
  if (invite.data) {
    const another = () => {
      form.restart({ ...empty, roleId: form.values.roleId, teamIds: form.values.teamIds });
      invite.reset();
    };
    return <InvitationLink invitation={invite.data} onAnother={another} onClose={onClose} />;
  }
  return (
    <Dialog
      isOpen onClose={onClose} title={t('people.inviteTitle')} description={t('people.inviteLead')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={invite.isPending}>{t('people.inviteDo')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => invite.mutate(values))}>
        <Field label={t('people.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={200} autoComplete="off" /></Field>
        <Field label={t('signIn.email')} error={form.errors.email}><Input {...form.text('email')} type="email" inputMode="email" dir="ltr" autoComplete="off" autoCapitalize="off" spellCheck={false} /></Field>
        <PersonFields roles={roles} teams={teams} roleId={form.values.roleId} teamIds={form.values.teamIds} onRole={(roleId) => form.set('roleId', roleId)} onTeams={(teamIds) => form.set('teamIds', teamIds)} />
      </form>
    </Dialog>
  );
}
