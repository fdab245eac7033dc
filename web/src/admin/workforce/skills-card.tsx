import type { Skill } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useRemoval } from '../../commands/use-removal.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { skillsQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card } from '../../ui/page.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';

const refresh = () => queryClient.invalidateQueries({ queryKey: skillsQuery.queryKey });

function NameForm({ skill, onDone }: { skill?: Skill; onDone?: () => void }) {
  const form = useForm({ name: skill?.name ?? '' }, { name: isFilled });
  const save = useMutation({
    mutationFn: (name: string) => (skill ? client.workforce.renameSkill({ params: { skillId: skill.id }, body: { name } }) : client.workforce.createSkill({ body: { name } })),
    onSuccess: () => {
      form.restart({ name: '' });
      void refresh();
      onDone?.();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  return (
    <form ref={form.ref} noValidate className="flex flex-wrap items-end gap-2" onSubmit={form.onSubmit(({ name }) => save.mutate(name.trim()))}>
      <Field label={t(skill ? 'workforce.skillName' : 'workforce.newSkill')} error={form.errors.name} className="min-w-0 grow basis-48"><Input {...form.text('name')} autoFocus={skill !== undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
      {onDone && <Button onClick={onDone}>{t('ui.cancel')}</Button>}
      <Button type="submit" {...(skill ? { tone: 'primary' as const } : { icon: 'plus' as const })} isBusy={save.isPending}>{t(skill ? 'ui.save' : 'workforce.addSkill')}</Button>
    </form>
  );
}

/** What agents can know: languages, products, machines. */
export function SkillsCard() {
  const query = useQuery(skillsQuery);
  const [renamed, setRenamed] = useState<string>();
  const remove = useRemoval<Skill>({ remove: ({ id }) => client.workforce.removeSkill({ params: { skillId: id } }), restore: (wayBack) => client.workforce.restoreSkill({ body: { wayBack } }), nameOf: ({ name }) => name, refresh });
  return (
    <Card title={t('workforce.skills')} description={t('workforce.skillsLead')}>
      <LoadState query={query} explain={explain}>
        {(skills) => (
          <div className="flex flex-col gap-3">
            {skills.length > 0 && (
              <ul aria-label={t('workforce.skills')} className="divide-y divide-line">
                {skills.map((skill) => (
                  <li key={skill.id} className="flex items-center gap-1 py-1.5">
                    {renamed === skill.id ? <div className="grow"><NameForm skill={skill} onDone={() => setRenamed(undefined)} /></div> : (
                      <>
                        <span className="min-w-0 grow break-words" dir="auto">{skill.name}</span>
                        <IconButton icon="pencil" label={t('workforce.renameSkill', { name: skill.name })} onClick={() => setRenamed(skill.id)} />
                        <IconButton icon="trash-2" label={t('workforce.removeSkill', { name: skill.name })} onClick={() => remove.mutate(skill)} />
                      </>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <NameForm />
          </div>
        )}
      </LoadState>
    </Card>
  );
}
