export { backUp, type BackupReport } from './back-up.ts';
export { checkBackup } from './check.ts';
export { readManifest, type Manifest } from './manifest.ts';
export type { OnProgress, Progress } from './progress.ts';
export { restore, type RestoreReport } from './restore.ts';
export { fileKeysQuery, tablesToCopy } from './tables.ts';
export { connectForLong } from './connect.ts';
