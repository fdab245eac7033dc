// The import rules, and that they were really applied. `--draw` rewrites the drawing in ARCHITECTURE.md; without it an outdated drawing is an error.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { buildings } from '../house.mjs';
import configuration from '../.dependency-cruiser.mjs';

const root = join(import.meta.dirname, '..');
const roots = ['contract/src', 'sdk/src', 'server/src', 'server/testing', 'web/src', 'widget/launcher', 'widget/look', 'widget/panel'];
const wrong = [];

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    if (item.isDirectory()) return item.name === 'node_modules' || item.name === 'dist' ? [] : filesUnder(path);
    return /\.tsx?$/.test(item.name) && !item.name.endsWith('.d.ts') ? [relative(root, path)] : [];
  });
}

process.chdir(root);
const existing = roots.filter((folder) => statSync(folder, { throwIfNoEntry: false })).flatMap((folder) => filesUnder(join(root, folder)));
const { output } = await cruise(roots, { ...configuration.options, ruleSet: { forbidden: configuration.forbidden }, validate: true }, configuration.options.enhancedResolveOptions, { tsConfig: extractTSConfig('tsconfig.json') });
for (const violation of output.summary.violations) wrong.push(`${violation.rule.name}: ${violation.from} → ${violation.to}${violation.cycle ? ` (${violation.cycle.map((step) => step.name ?? step).join(' → ')})` : ''}`);

// A checker that sees nothing finds nothing wrong.
const seen = new Set(output.modules.map((module) => module.source));
const unseen = existing.filter((file) => !seen.has(file));
if (unseen.length > 0) wrong.push(`not cruised: ${unseen.slice(0, 10).join(', ')}${unseen.length > 10 ? ` and ${unseen.length - 10} more` : ''}`);

// Every folder stands on a floor, and every room of the plan stands.
for (const [building, floors] of Object.entries(buildings)) {
  const planned = new Set(floors.flatMap((floor) => floor.rooms));
  const standing = readdirSync(building, { withFileTypes: true }).filter((item) => item.isDirectory()).map((item) => item.name);
  for (const room of standing) if (!planned.has(room) && room !== 'cli') wrong.push(`${building}/${room} stands on no floor of house.mjs`);
  for (const room of planned) if (!standing.includes(room)) wrong.push(`house.mjs names ${building}/${room}, which does not exist`);
}

// SQL and channel names keep to their places; the import rules cannot see these.
const isTest = (file) => /\.test\.tsx?$|\/conformance\.ts$/.test(file);
for (const file of existing.filter((name) => name.startsWith('server/src/') && !isTest(name))) {
  const text = readFileSync(file, 'utf8');
  const isStore = /\/([a-z-]+-)?store\.ts$/.test(file) || file.startsWith('server/src/platform/');
  if (!isStore && /\.(selectFrom|insertInto|updateTable|deleteFrom|named|run)(<[^(]*>)?\(\s*['"`]/.test(text)) wrong.push(`sql-only-in-stores: ${file}`);
}

const drawing = ['```', ...Object.values(buildings).flat().map(({ floor, rooms, planned }) => `${floor.padEnd(12)} ${[...rooms, ...planned.map((room) => `(${room})`)].join('   ')}`), '```'].join('\n');
const page = readFileSync('ARCHITECTURE.md', 'utf8');
const drawn = page.replace(/(<!-- floors -->\n)[\s\S]*?(\n<!-- \/floors -->)/, (_, start, end) => `${start}${drawing}${end}`);
if (drawn !== page) {
  if (process.argv.includes('--draw')) writeFileSync('ARCHITECTURE.md', drawn);
  else wrong.push('The drawing in ARCHITECTURE.md is out of date: run `node scripts/check-house.mjs --draw`.');
}

for (const line of wrong) console.error(line);
console.log(`${output.modules.length} modules, ${output.summary.totalDependenciesCruised} imports, ${wrong.length} violations`);
process.exit(wrong.length === 0 ? 0 : 1);
