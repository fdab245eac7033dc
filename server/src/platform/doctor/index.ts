export { examine, type Diagnosis, type Examined, type RoomCheck } from './examine.ts';
export { checkSealed } from './check-sealed.ts';
export { ok, problem, warning, type Finding, type Health } from './finding.ts';
