import { viewColours, type View, type ViewContent } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { toneInk } from '../cases/tone-ink.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { teamsQuery } from '../data/people.ts';
import { queryClient } from '../data/query-client.ts';
import { useCan, useSession } from '../data/session.ts';
import { viewsQuery } from '../data/view-queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Select } from '../ui/select.tsx';
import { showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';

const emoji = ['📥', '🔥', '⏳', '⭐', '💶', '🚚', '🐞', '💬'];

/** Names a view, gives it a face and says who sees it. With `view` it is changed, else a new one is made. */
export function ViewDialog({ view, content, onClose, onSaved }: { view?: View; content: ViewContent; onClose: () => void; onSaved: (view: View) => void }) {
  const id = useId();
  const canShare = useCan('view.share');
  const { agent } = useSession();
  const canSeePeople = useCan('agent.read');
  const teams = (useQuery({ ...teamsQuery, enabled: canShare && canSeePeople }).data ?? []).filter((team) => agent.teamIds.includes(team.id));
  const form = useForm({ name: view?.name ?? '', icon: view?.icon ?? '', colour: view?.colour ?? 'neutral', owner: view?.teamId ?? view?.audience ?? 'personal' }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name, icon, colour, owner }: typeof form.values) => {
      const whose = owner === 'personal' || owner === 'everyone' ? { audience: owner, teamId: null } as const : { audience: 'team', teamId: owner } as const;
      const body = { name: name.trim(), icon: icon.trim(), colour, content, ...whose };
      return view ? client.views.update({ params: { viewId: view.id }, body: { ...body, version: view.version } }) : client.views.create({ body });
    },
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: viewsQuery.queryKey });
      void queryClient.invalidateQueries({ queryKey: ['view-counts'] });
      onSaved(saved);
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  // What others use stays theirs: whoever wants it alone makes one of their own from it.
  const isShared = view !== undefined && view.audience !== 'personal';
  const owners = [...(isShared ? [] : [{ value: 'personal', label: t('views.whose.personal') }]), ...(canShare ? [...teams.map((team) => ({ value: team.id, label: t('views.whose.team', { name: team.name }) })), { value: 'everyone', label: t('views.whose.everyone') }] : [])];
  return (
    <Dialog isOpen onClose={onClose} title={t(view ? 'views.edit' : 'views.save')} actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}>
      <form ref={form.ref} id={id} noValidate className="flex flex-col gap-4" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('views.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus maxLength={60} autoComplete="off" /></Field>
        <div className="flex flex-col gap-1.5">
          <Field label={t('views.icon')} hint={t('views.iconHint')}><Input {...form.text('icon')} maxLength={16} autoComplete="off" className="max-w-24" /></Field>
          <div className="flex flex-wrap gap-1">{emoji.map((sign) => <button key={sign} type="button" aria-pressed={form.values.icon === sign} onClick={() => form.set('icon', form.values.icon === sign ? '' : sign)} className={classes('grid size-8 place-items-center rounded-md text-md hover:bg-hover', form.values.icon === sign && 'bg-accent-soft ring-1 ring-accent')}>{sign}</button>)}</div>
        </div>
        <div role="radiogroup" aria-label={t('views.colour')} className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">{t('views.colour')}</span>
          <div className="flex flex-wrap gap-1">
            {viewColours.map((colour) => (
              <button key={colour} type="button" role="radio" aria-checked={form.values.colour === colour} aria-label={t(`views.colour.${colour}`)} data-tip={t(`views.colour.${colour}`)} onClick={() => form.set('colour', colour)} className={classes('grid size-8 place-items-center rounded-md hover:bg-hover', toneInk(colour), form.values.colour === colour && 'ring-1 ring-line-strong')}>
                <span aria-hidden="true" className="grid size-5 place-items-center rounded-full bg-current">{form.values.colour === colour && <Icon name="check" size={12} className="text-surface" />}</span>
              </button>
            ))}
          </div>
        </div>
        <Field label={t('views.whose')} hint={t(canShare ? 'views.whoseHint' : 'views.onlyOwn')}><Select value={form.values.owner} options={owners} onChange={(owner) => form.set('owner', owner)} ariaLabel={t('views.whose')} /></Field>
      </form>
    </Dialog>
  );
}
