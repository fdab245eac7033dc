import { join } from 'node:path';
import { backUp, checkBackup, type Manifest } from '../platform/backup/index.ts';
import { readConfig } from '../platform/config.ts';
import { openPlatform } from '../platform/open-platform.ts';
import { answer, fail, progress, type Verb } from './command.ts';
import { showProgress } from './show-progress.ts';

interface Options {
  to?: string;
  check?: string;
  withoutKey?: boolean;
  json?: boolean;
}

interface Told extends Manifest {
  directory: string;
  bytes: number;
}

function tell(directory: string, manifest: Manifest): Told {
  return { directory, bytes: manifest.tables.reduce((sum, table) => sum + table.bytes, manifest.files.bytes), ...manifest };
}

function describe(what: string) {
  return ({ directory, bytes, tables, files, secretKey }: Told): string => {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    return [
      `${what} ${directory}: ${rows} rows of ${tables.length} tables and ${files.count} files, ${(bytes / 1e6).toFixed(1)} MB.`,
      ...(files.missing.length > 0 ? [`${files.missing.length} files that messages refer to are missing or damaged in the store; the manifest names them.`] : []),
      secretKey.isIncluded
        ? 'It holds the secret key: whoever has the backup can read everything, passwords of mailboxes included. Keep it accordingly.'
        : 'It does not hold the secret key. Keep a copy of the key elsewhere; without it the passwords of mailboxes and second factors are lost.',
    ].join('\n');
  };
}

async function make(to: string, options: Options): Promise<void> {
  const config = readConfig({ RAPPORT_LOG: 'warn', ...process.env });
  const platform = await openPlatform(config, { onProgress: progress, keepDatabaseRunning: true });
  const abort = new AbortController();
  const cancel = () => abort.abort(new Error('Cancelled. Nothing was left behind.'));
  process.once('SIGINT', cancel).once('SIGTERM', cancel);
  try {
    const keyFile = config.secretKey || options.withoutKey ? undefined : join(config.dataDir, 'secret.key');
    const { directory, manifest } = await backUp({
      directory: to, connection: { ...platform.connection, applicationName: 'rapport-backup' }, files: platform.files, secrets: platform.secrets, keyFile, onProgress: showProgress(), signal: abort.signal,
    });
    answer(tell(directory, manifest), options, describe('The backup is in'));
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
    await platform.close();
  }
}

export const backup: Verb = (program) => {
  program
    .command('backup')
    .description('Write a complete copy: all rows of one moment, the files, the secret key. The product may go on running')
    .option('--to <directory>', 'a directory that does not exist yet')
    .option('--without-key', 'leave the secret key out (keep a copy of it elsewhere)')
    .option('--check <directory>', 'instead of making one, read a backup through and compare it with its checksums')
    .option('--json', 'one JSON document')
    .action(async (options: Options) => {
      try {
        if (options.check !== undefined) answer(tell(options.check, await checkBackup(options.check, showProgress())), options, describe('Sound is'));
        else if (options.to !== undefined) await make(options.to, options);
        else throw new Error('Say where to: npx rapport backup --to <directory>');
      } catch (error) {
        fail(error);
      }
    });
};
