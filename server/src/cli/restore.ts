import { join } from 'node:path';
import { restore as bring, type RestoreReport } from '../platform/backup/index.ts';
import { readConfig } from '../platform/config.ts';
import { openPlatform } from '../platform/open-platform.ts';
import { answer, fail, progress, type Verb } from './command.ts';
import { showProgress } from './show-progress.ts';

interface Options {
  from: string;
  acceptOtherKey?: boolean;
  json?: boolean;
}

const KEY = {
  same: 'The secret key is the one the backup was made with.',
  installed: 'The secret key of the backup was put in place; the one that was there is kept beside it.',
  other: 'The secret key is another one: enter the passwords of mailboxes again, and have second factors set up anew.',
};

function describe(report: RestoreReport): string {
  const rows = report.tables.reduce((sum, table) => sum + table.rows, 0);
  const filled = report.tables.filter((table) => table.rows > 0);
  const width = Math.max(0, ...filled.map((table) => table.name.length));
  return [
    ...filled.map(({ name, rows: count }) => `  ${name.padEnd(width)}  ${String(count).padStart(10)} rows, equal`),
    `Restored the backup of ${report.createdAt}: ${rows} rows, read back and equal in all ${report.tables.length} tables, and ${report.files.count} files.`,
    ...(report.files.missing.length > 0 ? [`${report.files.missing.length} files were missing already when the backup was made.`] : []),
    KEY[report.secretKey],
    ...(report.migrated.length > 0 ? [`Brought up to date with ${report.migrated.length} newer migrations.`] : []),
    ...(report.pendingEvents > 0 ? [`${report.pendingEvents} events that were not dealt with yet are handed on at the next start.`] : []),
    ...(report.waitingMessages > 0
      ? [`${report.waitingMessages} messages were waiting to be sent when the backup was made, and go out at the next start. If the old installation went on after that, it may have sent them already.`]
      : []),
  ].join('\n');
}

export const restore: Verb = (program) => {
  program
    .command('restore')
    .description('Bring a backup into an empty database')
    .requiredOption('--from <directory>', 'what npx rapport backup wrote')
    .option('--accept-other-key', 'go on without the secret key the backup was made with: what it sealed is lost')
    .option('--json', 'one JSON document')
    .action(async (options: Options) => {
      try {
        const config = readConfig({ RAPPORT_LOG: 'warn', ...process.env });
        const platform = await openPlatform(config, { onProgress: progress, keepDatabaseRunning: true });
        try {
          const wayOut = config.databaseUrl
            ? 'Create a new database (create database rapport_restored owner …) and point DATABASE_URL at it.'
            : `Choose a new data directory (RAPPORT_DATA=/somewhere/else), or stop Rapport and move ${join(config.dataDir, 'postgres')} away.`;
          const report = await bring({
            directory: options.from, connection: { ...platform.connection, applicationName: 'rapport-restore' }, pool: platform.database.pool, files: platform.files, secrets: platform.secrets,
            keyFile: config.secretKey ? undefined : join(config.dataDir, 'secret.key'), wayOut, acceptOtherKey: options.acceptOtherKey === true, onProgress: showProgress(),
          });
          answer(report, options, describe);
        } finally {
          await platform.close();
        }
      } catch (error) {
        fail(error);
      }
    });
};
