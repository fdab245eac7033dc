// Writes docs/guides/configuration.md from the settings in server/src/platform/config.ts. `--verify` only checks that the page is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settings } from '../server/src/platform/config.ts';

const page = fileURLToPath(new URL('../docs/guides/configuration.md', import.meta.url));

const groups = [
  ['Where things are kept', ['dataDir', 'databaseUrl', 'databaseDirectUrl', 'databasePool', 'databasePrepare', 'files', 's3AccessKey', 's3SecretKey', 'secretKey']],
  ['The web server', ['host', 'port', 'publicUrl', 'trustProxy', 'buildWeb', 'metricsToken']],
  ['Mail', ['smtpHost', 'smtpPort', 'lmtpPort', 'smtpTlsCert', 'smtpTlsKey', 'mailMaxBytes', 'systemMailUrl']],
  ['Processes', ['roles', 'natsUrl', 'logLevel']],
];

/** What holds when the variable is not set, as an operator would write it. */
function defaultOf({ schema }) {
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return '';
  if (typeof parsed.data === 'boolean') return parsed.data ? '`on`' : '`off`';
  // The directory is resolved where the program runs; the page says what it is resolved from.
  if (parsed.data === resolve('./data')) return '`./data`';
  return `\`${Array.isArray(parsed.data) ? parsed.data.join(',') : parsed.data}\``;
}

const listed = new Set(groups.flatMap(([, names]) => names));
const others = Object.keys(settings).filter((name) => !listed.has(name));
const line = (name) => {
  const setting = settings[name];
  if (!setting) throw new Error(`There is no setting ${name}; take it out of scripts/config-docs.mjs.`);
  return `| \`${setting.variable}\`${setting.isSecret ? ' 🔒' : ''} | ${defaultOf(setting)} | ${setting.doc.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
};
const table = (names) => `| variable | default | meaning |\n|---|---|---|\n${names.map(line).join('\n')}\n`;

const text = `# Configuration

<!-- Made by scripts/config-docs.mjs from server/src/platform/config.ts. Change the settings there and run it again. -->

Rapport is configured by environment variables. It starts without any: with a database of its own, on this machine only. A variable that is empty counts as not set; a value that is not
as it should be stops the start with a line that says so. 🔒 marks what holds a secret: it belongs into a file only the service can read, not on a command line.

${groups.map(([title, names]) => `## ${title}\n\n${table(names)}`).join('\n')}${others.length > 0 ? `\n## Further\n\n${table(others)}` : ''}
## A server for others

\`\`\`sh
RAPPORT_URL=https://desk.example.com RAPPORT_TRUST_PROXY=on npm start
\`\`\`

Put a proxy with TLS in front of port 8400 that sets \`X-Forwarded-For\` and \`X-Forwarded-Proto\` and passes WebSockets on (\`/api/v1/live\`). With a \`RAPPORT_URL\` that begins with https,
cookies are sent over TLS only. At a terminal \`RAPPORT_LOG\` is \`warn\` unless it is set.

## Several processes

Processes that share a database are one Rapport: start as many as you need, each with the same \`DATABASE_URL\`, \`RAPPORT_SECRET_KEY\` and a common file store (\`RAPPORT_FILES=s3://…\` or a
shared directory). \`RAPPORT_ROLES\` says what one does: \`web\` answers browsers and programs, \`mail\` takes mail in, \`jobs\` does the work that follows. News travels over PostgreSQL; with
\`NATS_URL\` it travels over NATS, which takes that load off the database.
`;

if (process.argv.includes('--verify')) {
  if (readFileSync(page, 'utf8') !== text) {
    console.error('docs/guides/configuration.md is not up to date. Run `node scripts/config-docs.mjs`.');
    process.exit(1);
  }
} else writeFileSync(page, text);
