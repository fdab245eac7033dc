import type { MacroFile, MacroFolder } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useRemoval } from '../commands/use-removal.ts';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { useCan } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { formatShort } from '../i18n/format.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonLook } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icon.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Page } from '../ui/page.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { FolderDialog, RenameDialog } from './folder-dialog.tsx';
import { foldersQuery, macrosQuery, refreshMacros } from './queries.ts';

function download(file: MacroFile): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }));
  Object.assign(document.createElement('a'), { href: url, download: 'rapport-macros.json' }).click();
  URL.revokeObjectURL(url);
}

function FolderHead({ folder }: { folder: MacroFolder }) {
  const [isNaming, setNaming] = useState(false);
  const remove = useRemoval<MacroFolder>({ remove: ({ id }) => client.macros.removeFolder({ params: { folderId: id } }), restore: (wayBack) => client.macros.restoreFolder({ body: { wayBack } }), nameOf: ({ name }) => name, refresh: refreshMacros });
  return (
    <header className="flex min-h-12 items-center gap-2.5 px-4 py-2">
      <Icon name="folder" className="text-ink-3" />
      <h2 dir="auto" className="min-w-0 truncate text-md font-semibold">{folder.name}</h2>
      <Badge>{folder.audience === 'team' ? t('macro.audience.aTeam') : t(`macro.audience.${folder.audience}`)}</Badge>
      <span className="grow" />
      {folder.canEdit && <IconButton icon="pencil" label={t('macro.renameFolder', { name: folder.name })} onClick={() => setNaming(true)} />}
      {folder.canEdit && folder.macroCount === 0 && <IconButton icon="trash-2" label={t('macro.removeFolder', { name: folder.name })} onClick={() => remove.mutate(folder)} />}
      {isNaming && <RenameDialog folder={folder} onClose={() => setNaming(false)} />}
    </header>
  );
}

/** All that an agent may use, by folder; what may be changed leads to where it is written. */
export function MacrosPage() {
  const folders = useQuery(foldersQuery);
  const macros = useQuery(macrosQuery).data ?? [];
  const canShare = useCan('macro.manage');
  const [isAdding, setAdding] = useState(false);
  const picked = useRef<HTMLInputElement>(null);
  const carryOut = useMutation({ mutationFn: () => client.macros.exportAll(), onSuccess: download, onError: (error) => showTrouble(explain(error)) });
  const takeIn = useMutation({
    mutationFn: async (file: File) => client.macros.importAll({ body: { audience: canShare ? 'everyone' : 'personal', file: JSON.parse(await file.text()) as MacroFile } }),
    onSuccess: ({ added, skipped }) => {
      refreshMacros();
      showToast(t('macro.imported', { added, skipped }), { icon: 'check' });
    },
    onError: (error) => showTrouble(error instanceof SyntaxError ? t('macro.noFile') : explain(error)),
  });
  return (
    <Page
      title={t('settings.macros')} description={t('macro.lead')}
      actions={
        <>
          <Button icon="download" isBusy={carryOut.isPending} onClick={() => carryOut.mutate()}>{t('macro.export')}</Button>
          <Button icon="upload" isBusy={takeIn.isPending} onClick={() => picked.current?.click()}>{t('macro.import')}</Button>
          <input ref={picked} type="file" accept="application/json,.json" hidden onChange={(event) => { const file = event.target.files?.[0]; if (file) takeIn.mutate(file); event.target.value = ''; }} />
          <Button icon="folder" onClick={() => setAdding(true)}>{t('macro.newFolder')}</Button>
          <Link to="/admin/macros/starters" className={buttonLook()}><Icon name="sparkles" />{t('starter.title')}</Link>
          <Link to="/admin/macros/new" className={buttonLook('primary')}><Icon name="plus" />{t('macro.create')}</Link>
        </>
      }
    >
      <LoadState query={folders} explain={explain}>
        {(items) => (
          <>
            {items.every((folder) => folder.macroCount === 0) && (
              <EmptyState icon="message-square-text" title={t('starter.emptyTitle')} action={<Link to="/admin/macros/starters" className={buttonLook('primary')}><Icon name="sparkles" />{t('starter.title')}</Link>}>{t('starter.lead')}</EmptyState>
            )}
            {items.map((folder) => (
              <section key={folder.id} aria-label={folder.name} className="rounded-lg border border-line bg-surface">
                <FolderHead folder={folder} />
                <ul className="divide-y divide-line border-t border-line">
                  {macros.filter((macro) => macro.folder.id === folder.id).toSorted((a, b) => a.name.localeCompare(b.name)).map((macro) => (
                    <li key={macro.id}>
                      <Link to="/admin/macros/$macroId" params={{ macroId: macro.id }} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5 hover:bg-hover">
                        <Icon name={macro.hasActions ? 'zap' : 'message-square-text'} size={14} className="translate-y-0.5 text-ink-3" />
                        <span dir="auto" className="font-medium">{macro.name}</span>
                        {macro.isShipped && <Badge>{t('macro.shipped')}</Badge>}
                        {macro.leavers.length > 0 && <Badge tone="honey" icon="triangle-alert">{t('macro.leavers', { names: macro.leavers.join(', ') })}</Badge>}
                        <span className="grow" />
                        <span className="text-xs text-ink-3">{macro.uses > 0 && macro.lastUsedAt ? t('macro.usedLast', { count: macro.uses, at: formatShort(macro.lastUsedAt) }) : t('macro.neverUsed')}</span>
                        <span dir="auto" className="w-full truncate text-sm text-ink-3">{macro.excerpt}</span>
                      </Link>
                    </li>
                  ))}
                  {folder.macroCount === 0 && <li className="px-4 py-3 text-sm text-ink-3">{t('macro.emptyFolder')}</li>}
                </ul>
              </section>
            ))}
          </>
        )}
      </LoadState>
      {isAdding && <FolderDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
