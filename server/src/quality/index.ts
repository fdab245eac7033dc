import type { Room } from '../platform/room.ts';
import { askJob } from './ask-due.ts';
import { followUpBadAnswers } from './follow-up.ts';
import { surveyPages } from './pages.ts';
import { planAsks } from './plan-asks.ts';
import { routes } from './routes.ts';

// What channels ask: the links of a survey mail, what is asked in a conversation, and the answer.
export { answerAsked, findAsked } from './answer.ts';
export { surveyLinks } from './mail.ts';
export { answersOfPerson, type PersonAnswer } from './ask-store.ts';
export { createDemoSurvey, removeDemoSurveys, retellAnswer } from './demo.ts';

export const room: Room = { routes, jobs: [askJob] as never, listeners: [planAsks, followUpBadAnswers], services: () => [surveyPages()] };
