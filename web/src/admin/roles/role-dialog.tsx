import { caseScopes, type CaseScope, type Role } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { can, sessionQuery, useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { refreshPeople } from '../queries.ts';
import { permissionGroups, permissionWords } from './role-words.ts';
import { ScopePicture } from './scope-picture.tsx';

const usual = ['case.read', 'case.reply', 'case.note', 'case.edit', 'customer.read', 'agent.read'];

/** Name, sight and rights of a role of one's own making. What the one at the screen may not do cannot be given. */
export function RoleDialog({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const id = useId();
  const session = useSession();
  const reach = caseScopes.indexOf(session.caseScope);
  const form = useForm(
    { name: role?.name ?? '', caseScope: role?.caseScope ?? (reach === 0 ? 'own' : ('team' as CaseScope)), permissions: role?.permissions ?? usual.filter((permission) => session.permissions.includes(permission)) },
    { name: isFilled },
  );
  const { permissions } = form.values;
  const save = useMutation({
    mutationFn: (values: typeof form.values) => {
      const body = { ...values, name: values.name.trim() };
      return role ? client.accounts.updateRole({ params: { roleId: role.id }, body }) : client.accounts.createRole({ body });
    },
    onSuccess: () => {
      refreshPeople();
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
      showToast(t('ui.saved'), { icon: 'check' });
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  return (
    <Dialog
      isOpen onClose={onClose} width="lg" title={role ? t('roles.editTitle', { name: role.name }) : t('roles.create')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field className="max-w-sm" label={t('roles.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus={!role} maxLength={200} autoComplete="off" /></Field>
        <section className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">{t('roles.scope')}</h3>
          <RadioCards<CaseScope>
            label={t('roles.scope')} columns={3} value={form.values.caseScope} onChange={(scope) => form.set('caseScope', scope)}
            options={caseScopes.map((scope, index) => ({ value: scope, title: t(`scope.${scope}`), hint: t(`scope.${scope}.sentence`), picture: <ScopePicture scope={scope} className="w-28" />, isDisabled: index > reach }))}
          />
        </section>
        <section className="flex flex-col gap-2">
          <h3 className="text-sm font-medium">{t('roles.rights')}</h3>
          <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
            {permissionGroups.map((group) => (
              <fieldset key={group.message} className="flex flex-col gap-2">
                <legend className="mb-1.5 text-sm text-ink-3">{t(group.message)}</legend>
                {group.permissions.map((permission) => (
                  <Checkbox
                    key={permission} isChecked={permissions.includes(permission)} isDisabled={!can(session, permission)} label={permissionWords(permission)}
                    onChange={(isOn) => form.set('permissions', isOn ? [...permissions, permission] : permissions.filter((other) => other !== permission))}
                  />
                ))}
              </fieldset>
            ))}
          </div>
        </section>
      </form>
    </Dialog>
  );
}
