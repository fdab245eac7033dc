import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { settingsRoute } from '../app/settings-route.ts';

const list = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros', component: lazyRouteComponent(() => import('./macros-page.tsx'), 'MacrosPage') });
const fresh = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/new', component: lazyRouteComponent(() => import('./macro-page.tsx'), 'NewMacroPage') });
const starters = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/starters', component: lazyRouteComponent(() => import('./starters-page.tsx'), 'StartersPage') });
const one = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/macros/$macroId', component: lazyRouteComponent(() => import('./macro-page.tsx'), 'MacroPage') });

const rules = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/rules', component: lazyRouteComponent(() => import('./rules/rules-page.tsx'), 'RulesPage') });
const newRule = createRoute({
  getParentRoute: () => settingsRoute, path: '/admin/rules/new', component: lazyRouteComponent(() => import('./rules/rule-page.tsx'), 'NewRulePage'),
  validateSearch: (search: Record<string, unknown>): { from?: string } => (typeof search.from === 'string' ? { from: search.from } : {}),
});
const oneRule = createRoute({ getParentRoute: () => settingsRoute, path: '/admin/rules/$ruleId', component: lazyRouteComponent(() => import('./rules/rule-page.tsx'), 'RulePage') });

export const automationRoutes = [list, fresh, starters, one, rules, newRule, oneRule];
