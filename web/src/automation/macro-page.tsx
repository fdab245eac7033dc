import type { Macro, MacroContent } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRemoval } from '../commands/use-removal.ts';
import { client, isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { t } from '../i18n/index.ts';
import { formatFull } from '../i18n/format.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { isFilled } from '../ui/checks.ts';
import { Field, Input } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { useForm } from '../ui/use-form.ts';
import { ActionsCard } from './actions-card.tsx';
import { foldersQuery, macroQuery, refreshMacros, versionsQuery } from './queries.ts';
import { TextsCard, type MacroTextDraft } from './texts-card.tsx';
import { TryCard } from './try-card.tsx';

const route = getRouteApi('/workspace/settings/admin/macros/$macroId');
const keyed = (content: MacroContent): MacroTextDraft[] => (content.texts.length > 0 ? content.texts : [{ when: {}, text: '' }]).map((text, index) => ({ ...text, key: index + 1 }));

function Versions({ macro, onTake }: { macro: Macro; onTake: (content: MacroContent) => void }) {
  const versions = useQuery(versionsQuery(macro.id)).data ?? [];
  if (versions.length < 2) return null;
  return (
    <Card title={t('macro.versions')} description={t('macro.versionsLead')}>
      <ul className="flex flex-col divide-y divide-line">
        {versions.map((one) => (
          <li key={one.version} className="flex items-center gap-3 py-2 text-sm">
            <span className="font-medium">{t('macro.version', { version: one.version })}</span>
            <span className="min-w-0 grow truncate text-ink-3">{t('macro.changedBy', { name: one.changedBy, at: formatFull(one.changedAt) })}</span>
            {one.version !== macro.version && macro.canEdit && <Button size="sm" onClick={() => onTake(one.content)}>{t('macro.takeVersion')}</Button>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function MacroForm({ macro }: { macro: Macro | undefined }) {
  const navigate = useNavigate();
  const folders = useQuery(foldersQuery).data ?? [];
  const usable = folders.filter((folder) => folder.canEdit || folder.id === macro?.folder.id);
  const form = useForm({ name: macro?.name ?? '', folderId: macro?.folder.id ?? '' }, { name: isFilled });
  const [texts, setTexts] = useState(() => keyed(macro?.content ?? { texts: [], actions: {} }));
  const [actions, setActions] = useState(macro?.content.actions ?? {});
  const contentOf = (): MacroContent => ({ texts: texts.filter((text) => text.text.trim() !== '').map(({ when, text, html }) => ({ when, text, ...(html === undefined ? {} : { html }) })), actions });
  const back = () => navigate({ to: '/admin/macros' });
  const folderId = form.values.folderId || usable[0]?.id;
  const save = useMutation({
    mutationFn: async ({ name }: typeof form.values) => {
      // Whoever has no folder yet gets one of their own.
      const body = { name: name.trim(), folderId: folderId ?? (await client.macros.createFolder({ body: { name: t('macro.ownFolder'), audience: 'personal' } })).id, content: contentOf() };
      return macro ? client.macros.update({ params: { macroId: macro.id }, body: { ...body, version: macro.version } }) : client.macros.create({ body });
    },
    onSuccess: () => {
      refreshMacros();
      showToast(t('ui.saved'), { icon: 'check' });
      void back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(isProblem(error, 'macro_empty') ? t('macro.fault.empty') : explain(error))),
  });
  const remove = useRemoval<Macro>({ remove: ({ id }) => client.macros.remove({ params: { macroId: id } }), restore: (wayBack) => client.macros.restore({ body: { wayBack } }), nameOf: ({ name }) => name, refresh: refreshMacros, onRemoved: back });
  const isLocked = macro !== undefined && !macro.canEdit;
  return (
    <Page
      title={macro?.name ?? t('macro.create')} before={<Link to="/admin/macros" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.macros')}</Link>}
      actions={macro?.canEdit && <Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(macro)}>{t('macro.remove')}</Button>}
    >
      {isLocked && <Banner icon="lock" isLive={false}>{t('macro.notYours')}</Banner>}
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <fieldset disabled={isLocked} className="contents">
          <Card>
            <div className="grid gap-4 md:grid-cols-2">
              <Field label={t('macro.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus={macro === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
              <Field label={t('macro.folder')} hint={usable.length === 0 ? t('macro.folderMade') : undefined}>
                <Select value={folderId ?? ''} options={usable.length === 0 ? [{ value: '', label: t('macro.ownFolder') }] : usable.map((folder) => ({ value: folder.id, label: folder.name }))} onChange={(id) => form.set('folderId', id)} ariaLabel={t('macro.folder')} />
              </Field>
            </div>
          </Card>
          <TextsCard texts={texts} onChange={setTexts} />
          <ActionsCard actions={actions} onChange={setActions} />
          {!isLocked && <div className="flex justify-end gap-2"><Button onClick={() => void back()}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>}
        </fieldset>
      </form>
      <TryCard contentOf={contentOf} />
      {macro && <Versions macro={macro} onTake={(content) => { setTexts(keyed(content).map((text) => ({ ...text, key: text.key + 1000 + Date.now() }))); setActions(content.actions); showToast(t('macro.taken')); }} />}
    </Page>
  );
}

export const NewMacroPage = () => <MacroForm macro={undefined} />;

export function MacroPage() {
  const { macroId } = route.useParams();
  const query = useQuery(macroQuery(macroId));
  if (query.data) return <MacroForm key={`${query.data.id}-${query.data.version}`} macro={query.data} />;
  return <Page title={t('settings.macros')}><LoadState query={query} explain={explain}>{() => null}</LoadState></Page>;
}
