// Writes server/src/platform/database/tables.ts and server/schema.sql from a freshly migrated database. `--verify` only checks that they are up to date.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createTestDatabase } from '../server/testing/database.ts';
import { describeSchema } from '../server/testing/describe-schema.ts';

const SCHEMA = 'server/schema.sql';

const database = await createTestDatabase();
const args = ['node_modules/kysely-codegen/dist/cli/bin.js', '--dialect', 'postgres', '--url', database.url, '--out-file', 'server/src/platform/database/tables.ts', '--include-pattern', 'public.*', '--exclude-pattern', 'public.migration'];
// 8-byte integers are parsed as numbers, see connection.ts.
args.push('--type-mapping', JSON.stringify({ int8: 'number' }));
const isVerifying = process.argv.includes('--verify');
if (isVerifying) args.push('--verify');
const result = spawnSync(process.execPath, args, { stdio: 'inherit' });
const schema = await describeSchema(database.database.pool);
await database.drop();
const isSame = !isVerifying || readFileSync(SCHEMA, 'utf8') === schema;
if (!isVerifying) writeFileSync(SCHEMA, schema);
if (!isSame) console.error(`${SCHEMA} is not what the migrations make: run \`npm run db:types\`.`);
process.exit(result.status || (isSame ? 0 : 1));
