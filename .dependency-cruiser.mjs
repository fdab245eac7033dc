import { buildings } from './house.mjs';

const S = '^server/src/';
const any = (names) => `(${names.join('|')})`;

const floors = Object.entries(buildings).flatMap(([root, list]) =>
  list.flatMap(({ floor, rooms }, i) => {
    if (rooms.length === 0) return [];
    const name = floor.replaceAll(' ', '-');
    const from = { path: `^${root}/${any(rooms)}/` };
    const above = list.slice(0, i).flatMap((upper) => upper.rooms);
    const rules = [];
    if (above.length > 0) {
      rules.push({
        name: `${name}-no-climbing`, severity: 'error', from, to: { path: `^${root}/${any(above)}/` },
        comment: `${rooms.join(', ')}: do not know about the floors above. Announce an event and let the upper room listen.`,
      });
    }
    if (rooms.length > 1) {
      rules.push({
        name: `${name}-no-sideways`, severity: 'error', from, to: { path: `^${root}/${any(rooms)}/`, pathNot: `^${root}/$1/` },
        comment: 'Rooms on one floor do not know each other. Move the shared part down, or talk by events.',
      });
    }
    return rules;
  }),
);

const TESTS = '\\.test\\.tsx?$|/conformance\\.ts$';

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...floors,
    {
      name: 'use-the-door', severity: 'error', comment: 'Other rooms are entered through their index.ts; the ground floor is open to all.',
      from: { path: `${S}([^/]+)/`, pathNot: TESTS }, to: { path: `${S}([^/]+)/(?!index\\.ts$)`, pathNot: [`${S}$1/`, `${S}platform/`] },
    },
    { name: 'main-uses-doors', severity: 'error', from: { path: `${S}[^/]+\\.ts$` }, to: { path: `${S}([^/]+)/(?!index\\.ts$)`, pathNot: [`${S}platform/`, `${S}cli/`] } },
    { name: 'cli-uses-doors', severity: 'error', from: { path: `${S}cli/` }, to: { path: `${S}([^/]+)/(?!index\\.ts$)`, pathNot: [`${S}platform/`, `${S}cli/`] } },
    { name: 'nobody-imports-the-cli', severity: 'error', from: { path: S, pathNot: `${S}cli/` }, to: { path: `${S}cli/` } },
    { name: 'channels-are-strangers', severity: 'error', from: { path: `${S}channels/([^/]+)/` }, to: { path: `${S}channels/([^/]+)/`, pathNot: `${S}channels/$1/` } },
    { name: 'channels-only-via-registry', severity: 'error', from: { path: '^server/src/', pathNot: `${S}channels/|${TESTS}` }, to: { path: `${S}channels/(?!index\\.ts$)` } },
    {
      name: 'sql-only-in-stores', severity: 'error', comment: 'A room writes its SQL in its store.ts only.',
      from: { path: S, pathNot: ['/[a-z-]*store\\.ts$', `${S}platform/`, TESTS] }, to: { path: 'node_modules/(kysely|pg|pg-boss)/' },
    },
    { name: 'contract-is-alone', severity: 'error', from: { path: '^contract/' }, to: { path: '^(server|web|widget|sdk)/' } },
    { name: 'browsers-see-only-contract-and-sdk', severity: 'error', from: { path: '^(web|widget|sdk)/' }, to: { path: '^(server|bench|e2e)/' } },
    { name: 'sdk-sees-only-the-contract', severity: 'error', from: { path: '^sdk/' }, to: { path: '^(web|widget)/' } },
    { name: 'no-test-code-in-product', severity: 'error', from: { path: S, pathNot: TESTS }, to: { path: `^server/testing/|\\.test\\.ts$` } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: ['\\.test\\.tsx?$', '^contract/', '\\.d\\.ts$', '\\.config\\.ts$', '^widget/launcher/w\\.ts$'] }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'], exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
