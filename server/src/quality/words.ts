import { surveyLanguages, surveyScales, type SurveyContent, type SurveyKind, type SurveyLanguage } from '@rapport/contract';
import { surveyWords, type SurveyWords } from '@rapport/contract/survey-words';

/** The language somebody is asked in: theirs where we speak it, else the first of ours. */
export const languageFor = (language: string | null): SurveyLanguage => surveyLanguages.find((each) => each === language?.toLowerCase().split(/[-_]/)[0]) ?? 'en';
export const wordsIn = (language: string): SurveyWords => surveyWords[languageFor(language)];
export const directionOf = (language: string): 'ltr' | 'rtl' => (languageFor(language) === 'ar' ? 'rtl' : 'ltr');

/** What is asked: in the company's own words where it has some in this language. */
export const questionOf = (content: Pick<SurveyContent, 'kind' | 'questions'>, language: string): string => content.questions[languageFor(language)] ?? wordsIn(language).questions[content.kind];

/** What the ends of the scale mean: “1 = very dissatisfied, 5 = very satisfied”. */
export function endsOf(kind: SurveyKind, language: string): string {
  const [worst, best] = wordsIn(language).ends[kind];
  return `${surveyScales[kind].from} = ${worst}, ${surveyScales[kind].to} = ${best}`;
}
export const filled = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
