import { readConfig } from '../platform/config.ts';
import { migrate as bringUpToDate, type MigrationReport } from '../platform/database/migrate.ts';
import { openPlatform } from '../platform/open-platform.ts';
import { answer, fail, progress, type Verb } from './command.ts';

function describe({ applied, alreadyApplied }: MigrationReport): string {
  return applied.length === 0 ? `The database is up to date (${alreadyApplied} migrations).` : `Applied: ${applied.join(', ')}`;
}

export const migrate: Verb = (program) => {
  program
    .command('migrate')
    .description("Bring the database's tables up to this release. Every start does it too; this is for doing it at a time of your own")
    .option('--json', 'one JSON document')
    .action(async (options: { json?: boolean }) => {
      try {
        const platform = await openPlatform(readConfig({ RAPPORT_LOG: 'warn', ...process.env }), { onProgress: progress, keepDatabaseRunning: true });
        try {
          answer(await bringUpToDate(platform.database.pool, (name) => progress(`  ${name}`)), options, describe);
        } finally {
          await platform.close();
        }
      } catch (error) {
        fail(error);
      }
    });
};
