/** How satisfied they are (CSAT), how easy it was (customer effort score), whether they would recommend the company (net promoter score). */
export const surveyKinds = ['csat', 'effort', 'nps'] as const;
export type SurveyKind = (typeof surveyKinds)[number];
export const surveyVerdicts = ['bad', 'middling', 'good'] as const;
export type SurveyVerdict = (typeof surveyVerdicts)[number];

/** From the worst score to the best; up to `badTo` an answer is bad, from `goodFrom` on it is good. Of NPS these are detractors and promoters. */
export const surveyScales: Record<SurveyKind, { from: number; to: number; badTo: number; goodFrom: number }> = {
  csat: { from: 1, to: 5, badTo: 2, goodFrom: 4 },
  effort: { from: 1, to: 7, badTo: 3, goodFrom: 5 },
  nps: { from: 0, to: 10, badTo: 6, goodFrom: 9 },
};

/** What a score says. */
export function verdictOf(kind: SurveyKind, score: number): SurveyVerdict {
  const { badTo, goodFrom } = surveyScales[kind];
  return score <= badTo ? 'bad' : score >= goodFrom ? 'good' : 'middling';
}

/** All scores of a scale, the worst first. */
export const scoresOf = (kind: SurveyKind): number[] => Array.from({ length: surveyScales[kind].to - surveyScales[kind].from + 1 }, (_, index) => surveyScales[kind].from + index);
