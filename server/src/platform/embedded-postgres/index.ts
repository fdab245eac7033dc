export { startEmbeddedPostgres } from './start.ts';
export type { EmbeddedPostgres, EmbeddedPostgresOptions, Log } from './start.ts';
export { EmbeddedPostgresProblem } from './problem.ts';
