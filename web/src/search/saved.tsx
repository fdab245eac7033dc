import type { SavedSearch } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { undoAction } from '../commands/undo-action.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { savedSearchesQuery } from '../data/saved-searches.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Field, Input } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';

const refresh = () => queryClient.invalidateQueries({ queryKey: savedSearchesQuery.queryKey });
const tell = (error: unknown) => showTrouble(isProblem(error, 'too_many_searches') ? t('search.tooMany') : explain(error));

/** Names a search: a new one, or one that is kept already. */
function NameDialog({ saved, q, onClose }: { saved?: SavedSearch; q: string; onClose: () => void }) {
  const id = useId();
  const form = useForm({ name: saved?.name ?? q.slice(0, 60) }, { name: isFilled });
  const save = useMutation({
    mutationFn: ({ name }: { name: string }) => (saved ? client.savedSearches.update({ params: { searchId: saved.id }, body: { name: name.trim() } }) : client.savedSearches.save({ body: { name: name.trim(), q } })),
    onSuccess: () => {
      void refresh();
      showToast(t('search.savedDone'), { icon: 'check' });
      onClose();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : tell(error)),
  });
  return (
    <Dialog
      isOpen onClose={onClose} title={t(saved ? 'search.renameTitle' : 'search.save')} description={saved ? undefined : t('search.saveHint')}
      actions={<><Button onClick={onClose}>{t('ui.cancel')}</Button><Button type="submit" form={id} tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></>}
    >
      <form ref={form.ref} id={id} noValidate onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Field label={t('search.saveName')} error={form.errors.name}><Input {...form.text('name')} autoFocus onFocus={(event) => event.target.select()} maxLength={60} autoComplete="off" /></Field>
      </form>
    </Dialog>
  );
}

/** Keeps what is being looked for; says so when it is kept already. */
export function SaveButton({ q }: { q: string }) {
  const [isOpen, setOpen] = useState(false);
  const kept = useQuery(savedSearchesQuery).data?.find((one) => one.q === q);
  if (kept) return <span className="inline-flex h-7 items-center gap-1.5 text-sm text-ink-3"><Icon name="check" size={14} />{t('search.isSaved', { name: kept.name })}</span>;
  return (
    <>
      <Button size="sm" tone="quiet" icon="save" onClick={() => setOpen(true)}>{t('search.save')}</Button>
      {isOpen && <NameDialog q={q} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The searches to come back to. */
export function SavedSearches() {
  const { data: saved = [] } = useQuery(savedSearchesQuery);
  const [renaming, setRenaming] = useState<SavedSearch>();
  const remove = useMutation({
    mutationFn: (one: SavedSearch) => client.savedSearches.remove({ params: { searchId: one.id } }),
    onSuccess: (_, one) => {
      void refresh();
      showToast(t('search.removedSaved', { name: one.name }), { action: undoAction(() => void client.savedSearches.save({ body: { name: one.name, q: one.q } }).then(refresh, tell)) });
    },
    onError: tell,
  });
  if (saved.length === 0) return null;
  return (
    <section aria-labelledby="saved-searches" className="mt-2">
      <h2 id="saved-searches" className="px-3 pb-1 text-sm font-medium text-ink-3 md:px-4">{t('search.saved')}</h2>
      <ul className="flex flex-col">
        {saved.map((one) => (
          <li key={one.id} className="group flex items-center gap-1 rounded-lg pe-1 hover:bg-hover">
            <Link to="/search" search={{ q: one.q }} data-hit="" className="flex min-w-0 grow flex-wrap items-baseline gap-x-3 rounded-lg px-3 py-2.5 md:px-4">
              <bdi className="font-medium">{one.name}</bdi>
              <bdi className="min-w-0 truncate text-sm text-ink-3">{one.q}</bdi>
            </Link>
            <IconButton icon="pencil" label={t('search.rename', { name: one.name })} onClick={() => setRenaming(one)} />
            <IconButton icon="trash-2" label={t('search.removeSaved', { name: one.name })} onClick={() => remove.mutate(one)} />
          </li>
        ))}
      </ul>
      {renaming && <NameDialog saved={renaming} q={renaming.q} onClose={() => setRenaming(undefined)} />}
    </section>
  );
}
