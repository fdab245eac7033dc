import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../platform/config.ts';
import { openSecrets } from '../platform/secrets.ts';
import { answer, fail, type Verb } from './command.ts';

export const newKey: Verb = (program) => {
  program
    .command('new-key')
    .description('Make a new secret key when the old one is lost for good. What the old one sealed has to be entered again; the doctor says what')
    .option('--json', 'one JSON document')
    .action((options: { json?: boolean }) => {
      try {
        const { dataDir, secretKey } = readConfig();
        const path = join(dataDir, 'secret.key');
        if (secretKey) throw new Error('The secret key comes from RAPPORT_SECRET_KEY. Set that to another one instead.');
        if (existsSync(path)) throw new Error(`There is a key in ${path}. It stays as it is.`);
        openSecrets(dataDir);
        answer({ path }, options, () => `A new key is in ${path}. Keep a copy of it elsewhere. Start Rapport, then npx rapport doctor says what has to be entered again.`);
      } catch (error) {
        fail(error);
      }
    });
};
