import type { MacroAudience, MacroFolder } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { refreshMacros } from './queries.ts';

/** A new folder: whose it is decides who sees what stands in it. */
export function FolderDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const canShare = useCan('macro.manage');
  const teams = useQuery({ ...teamsQuery, enabled: canShare }).data ?? [];
  const form = useForm({ name: '', owner: 'personal' }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name, owner }: typeof form.values) => client.macros.createFolder({ body: { name: name.trim(), ...(owner === 'personal' || owner === 'everyone' ? { audience: owner as MacroAudience } : { audience: 'team' as const, teamId: owner }) } }),
    onSuccess: () => {
      refreshMacros();
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const owners = [{ value: 'personal', label: t('macro.audience.personal') }, ...(canShare ? [...teams.map((team) => ({ value: team.id, label: t('macro.audience.team', { name: team.name }) })), { value: 'everyone', label: t('macro.audience.everyone') }] : [])];
  return (
    <Dialog isOpen onClose={onClose} title={t('macro.newFolder')} actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}>
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('macro.folderName')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={100} autoComplete="off" /></Field>
        <Field label={t('macro.whose')} hint={canShare ? undefined : t('macro.onlyOwn')}><Select value={form.values.owner} options={owners} onChange={(owner) => form.set('owner', owner)} ariaLabel={t('macro.whose')} /></Field>
      </form>
    </Dialog>
  );
}

/** A folder under another name; whose it is stays. */
export function RenameDialog({ folder, onClose }: { folder: MacroFolder; onClose: () => void }) {
  const id = useId();
  const form = useForm({ name: folder.name }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name }: typeof form.values) => client.macros.renameFolder({ params: { folderId: folder.id }, body: { name: name.trim() } }),
    onSuccess: () => {
      refreshMacros();
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('macro.renameTitle')} actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}>
      <form ref={form.ref} id={id} noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('macro.folderName')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={100} autoComplete="off" dir="auto" /></Field>
      </form>
    </Dialog>
  );
}
