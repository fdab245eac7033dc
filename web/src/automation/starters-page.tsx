import { starterThemes, type MacroStarter } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { currentLocale, t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select } from '../ui/select.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { MarkedText } from './marked-text.tsx';
import { foldersQuery, refreshMacros, startersQuery } from './queries.ts';

type Language = 'en' | 'de';
const NEW = 'new';
// As the server calls the folder it makes; it is named in the language of its texts.
const newNames: Record<Language, string> = { en: 'First answers', de: 'Erste Antworten' };

interface LineProps {
  starter: MacroStarter;
  language: Language;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function StarterLine({ starter, language, isChosen, onChoose }: LineProps) {
  const [isOpen, setOpen] = useState(false);
  const name = starter.name[language];
  const id = `starter-${starter.key}`;
  return (
    <li className="py-1.5">
      <div className="flex min-h-8 items-center gap-2">
        <div className="min-w-0 grow"><Checkbox isChecked={isChosen} onChange={onChoose} label={<span lang={language}>{name}</span>} /></div>
        <IconButton icon={isOpen ? 'chevron-up' : 'chevron-down'} label={t('starter.read', { name })} aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} />
      </div>
      {isOpen && <div id={id} lang={language} className="my-1 rounded-md border border-line bg-canvas p-3"><MarkedText isNamed text={starter.text[language]} /></div>}
    </li>
  );
}

/** Ready texts by what they are about: choose, read, take up. */
export function StartersPage() {
  const navigate = useNavigate();
  const query = useQuery(startersQuery);
  const folders = (useQuery(foldersQuery).data ?? []).filter((folder) => folder.canEdit);
  const [language, setLanguage] = useState<Language>(currentLocale() === 'de' ? 'de' : 'en');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [folderId, setFolderId] = useState(NEW);
  const choose = (keys: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen);
    for (const key of keys) {
      if (isChosen) next.add(key);
      else next.delete(key);
    }
    setChosen(next);
  };
  const take = useMutation({
    mutationFn: (into: string) => client.macros.takeStarters({ body: { keys: [...chosen], language, ...(into === NEW ? {} : { folderId: into }) } }),
    onSuccess: ({ added, skipped }) => {
      refreshMacros();
      showToast(skipped > 0 ? t('starter.takenSome', { added, skipped }) : t('starter.taken', { added }), { icon: 'check' });
      void navigate({ to: '/admin/macros' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  // Whoever has a folder for first answers sees that one, and whoever has none is told its name.
  const first = folders.find((folder) => folder.name.toLowerCase() === newNames[language].toLowerCase());
  const into = [...(first ? [] : [{ value: NEW, label: newNames[language] }]), ...folders.map((folder) => ({ value: folder.id, label: folder.name }))];
  const value = folderId === NEW && first ? first.id : folderId;
  return (
    <Page title={t('starter.title')} description={t('starter.lead')} before={<Link to="/admin/macros" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.macros')}</Link>}>
      <LoadState query={query} explain={explain}>
        {(items) => (
          <>
            <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
              <Field label={t('starter.language')} hint={t('starter.languageHint')}><Segments label={t('starter.language')} value={language} options={[{ value: 'en', label: 'English' }, { value: 'de', label: 'Deutsch' }]} onChange={setLanguage} /></Field>
            </div>
            <div className="grid items-start gap-4 md:grid-cols-2">
              {starterThemes.map((theme) => {
                const some = items.filter((starter) => starter.theme === theme);
                const isAll = some.every((starter) => chosen.has(starter.key));
                return (
                  <Card key={theme} title={t(`starter.theme.${theme}`)} actions={<Button size="sm" tone="quiet" icon={isAll ? 'check-check' : 'check'} aria-pressed={isAll} onClick={() => choose(some.map((one) => one.key), !isAll)}>{t('starter.all')}</Button>}>
                    <ul className="-my-2 divide-y divide-line">{some.map((starter) => <StarterLine key={starter.key} starter={starter} language={language} isChosen={chosen.has(starter.key)} onChoose={(isChosen) => choose([starter.key], isChosen)} />)}</ul>
                  </Card>
                );
              })}
            </div>
            <div className="sticky bottom-3 flex flex-wrap items-end justify-end gap-3 rounded-lg border border-line bg-raised p-3 shadow-float">
              <div className="flex min-w-0 grow items-center gap-2 md:grow-0">
                <span className="shrink-0 text-sm text-ink-2">{t('starter.into')}</span>
                <Select value={value} options={into} onChange={setFolderId} ariaLabel={t('starter.into')} />
              </div>
              <Button tone="primary" icon="plus" disabled={chosen.size === 0} isBusy={take.isPending} onClick={() => take.mutate(value)}>{t('starter.take', { count: chosen.size })}</Button>
            </div>
          </>
        )}
      </LoadState>
    </Page>
  );
}
