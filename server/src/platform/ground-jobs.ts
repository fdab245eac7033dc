import { unusedFilesJob } from './files/delete-unused.ts';
import { sweepFilesJob } from './files/sweep.ts';
import { pruneJob } from './prune.ts';

/** What the ground does in the background, whatever the rooms are. */
export const groundJobs = [pruneJob, unusedFilesJob, sweepFilesJob];
