import type { Room } from '../platform/room.ts';
import { checkJob, removeJob, resumeJob, runJob, tidyJob } from './jobs.ts';
import { routes } from './routes.ts';

export { alone } from './alone.ts';
export { checkSource, type Checked } from './check-source.ts';
export type { FoundFile, SourceFile } from './found.ts';
export { guessFormat } from './guess-format.ts';
export { createImport, getImport, listImports, listOdd, previewRemoval, removeImport } from './imports.ts';
export { removeMade } from './jobs.ts';
export { openDesk } from './open-desk.ts';
export { reportOf } from './report.ts';
export { runImport } from './run-import.ts';
export { resumeOrCreate } from './resume.ts';

export const room: Room = { routes, jobs: [checkJob, runJob, removeJob, resumeJob, tidyJob] as never };
