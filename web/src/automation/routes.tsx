import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../data/lazy-part.ts';
import { settingsRoute } from '../app/settings-route.ts';

const list = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros', component: lazyPage(() => import('./macros-page.tsx'), 'MacrosPage') });
const fresh = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/new', component: lazyPage(() => import('./macro-page.tsx'), 'NewMacroPage') });
const starters = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/starters', component: lazyPage(() => import('./starters-page.tsx'), 'StartersPage') });
const one = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/$macroId', component: lazyPage(() => import('./macro-page.tsx'), 'MacroPage') });

const rules = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/rules', component: lazyPage(() => import('./rules/rules-page.tsx'), 'RulesPage') });
const newRule = createRoute({
  getParentRoute: () => settingsRoute, path: '/admin/rules/new', component: lazyPage(() => import('./rules/rule-page.tsx'), 'NewRulePage'),
  validateSearch: (search: Record<string, unknown>): { from?: string } => (typeof search.from === 'string' ? { from: search.from } : {}),
});
const oneRule = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/rules/$ruleId', component: lazyPage(() => import('./rules/rule-page.tsx'), 'RulePage') });

export const automationRoutes = [list, fresh, starters, one, rules, newRule, oneRule];
