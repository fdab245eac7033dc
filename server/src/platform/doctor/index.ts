export { examine, type Diagnosis, type Examined, type RoomCheck } from './examine.ts';
export { ok, problem, warning, type Finding, type Health } from './finding.ts';
