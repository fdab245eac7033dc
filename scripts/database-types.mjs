// Writes server/src/platform/database/tables.ts from a freshly migrated database. `--verify` only checks that it is up to date.
import { spawnSync } from 'node:child_process';
import { createTestDatabase } from '../server/testing/database.ts';

const database = await createTestDatabase();
const args = ['node_modules/kysely-codegen/dist/cli/bin.js', '--dialect', 'postgres', '--url', database.url, '--out-file', 'server/src/platform/database/tables.ts', '--include-pattern', 'public.*', '--exclude-pattern', 'public.migration'];
// 8-byte integers are parsed as numbers, see connection.ts.
args.push('--type-mapping', JSON.stringify({ int8: 'number' }));
if (process.argv.includes('--verify')) args.push('--verify');
const result = spawnSync(process.execPath, args, { stdio: 'inherit' });
await database.drop();
process.exit(result.status ?? 1);
