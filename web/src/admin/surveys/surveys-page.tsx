import type { Survey } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { explain } from '../../data/explain.ts';
import { inboxesQuery, teamsQuery } from '../../data/people.ts';
import { surveysQuery } from '../../data/surveys.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { conditionWords, timeWords, type Known } from './survey-words.ts';

function SurveyLine({ survey, known }: { survey: Survey; known: Known }) {
  return (
    <li className="flex items-start justify-between gap-4 px-4 py-3">
      <div className="flex min-w-0 flex-col gap-1">
        <Link to="/admin/surveys/$surveyId" params={{ surveyId: survey.id }} className="font-medium break-words hover:underline" dir="auto">{survey.name}</Link>
        <p className="text-sm text-pretty break-words text-ink-2"><bdi>{t(`surveys.kind.${survey.content.kind}`)} · {conditionWords(survey.content.conditions, known)}</bdi></p>
        <p className="text-sm text-pretty text-ink-2">{timeWords(survey)}</p>
      </div>
      <Badge tone={survey.isActive ? 'moss' : 'neutral'}>{t(survey.isActive ? 'surveys.on' : 'surveys.off')}</Badge>
    </li>
  );
}

/** By what customers are asked how it was. */
export function SurveysPage() {
  const surveys = useQuery(surveysQuery);
  const known: Known = { inboxes: useQuery(inboxesQuery).data ?? [], teams: useQuery(teamsQuery).data ?? [] };
  const create = <Link to="/admin/surveys/new" className={buttonLook('primary')}><Icon name="plus" />{t('surveys.create')}</Link>;
  return (
    <Page title={t('settings.surveys')} description={t('surveys.lead')} actions={create}>
      <LoadState query={surveys} explain={explain}>
        {(items) => items.length === 0
          ? <div className="rounded-lg border border-line bg-surface"><EmptyState icon="smile" title={t('surveys.empty')} action={create}>{t('surveys.emptyLead')}</EmptyState></div>
          : <CardList label={t('settings.surveys')}>{items.map((survey) => <SurveyLine key={survey.id} survey={survey} known={known} />)}</CardList>}
      </LoadState>
    </Page>
  );
}
