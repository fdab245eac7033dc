import type { SurveyContent, SurveyLanguage } from '@rapport/contract';
import { scoresOf } from '@rapport/contract/survey-scales';
import { surveyWords } from '@rapport/contract/survey-words';
import { t } from '../../i18n/index.ts';

/** The question as the customer sees it; nothing here can be pressed. */
export function SurveyPreview({ content: { kind, questions }, language }: { content: Pick<SurveyContent, 'kind' | 'questions'>; language: SurveyLanguage }) {
  const words = surveyWords[language];
  const [worst, best] = words.ends[kind];
  return (
    <figure className="rounded-lg border border-line bg-sunken p-4">
      <figcaption className="mb-3 text-xs text-ink-3">{t('surveys.preview')}</figcaption>
      <div lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'} className="flex max-w-120 flex-col gap-3 rounded-lg border border-line bg-raised p-4">
        <p className="text-md font-semibold text-balance" dir="auto">{questions[language] || words.questions[kind]}</p>
        <p className="flex flex-wrap gap-1.5" aria-hidden="true">{scoresOf(kind).map((score) => <span key={score} className="grid min-h-9 min-w-9 grow place-items-center rounded-md border border-line-strong text-sm font-semibold tabular-nums">{score}</span>)}</p>
        <p className="flex justify-between gap-4 text-sm text-ink-2"><span>{worst}</span><span className="text-end">{best}</span></p>
        <p className="text-sm text-ink-3">{words.whoSees}</p>
      </div>
    </figure>
  );
}
