import type { Role } from '@rapport/contract';
import { Fragment } from 'react';
import { t } from '../../i18n/index.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import { permissionGroups, permissionWords, roleName } from './role-words.ts';

/** Who may do what, side by side. */
export function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="region" aria-label={t('roles.matrix')}>
      <table className="w-full min-w-[44rem] border-collapse">
        <caption className="sr-only">{t('roles.matrix')}</caption>
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className="px-4 py-2.5 text-start text-sm font-medium text-ink-3 md:px-5">{t('roles.matrix')}</th>
            {roles.map((role) => <th key={role.id} scope="col" className="w-24 px-1 py-2.5 text-sm font-semibold">{roleName(role)}</th>)}
          </tr>
        </thead>
        <tbody>
          {permissionGroups.map((group) => (
            <Fragment key={group.message}>
              <tr><th scope="colgroup" colSpan={roles.length + 1} className="px-4 pt-3.5 pb-1 text-start text-sm font-medium text-ink-3 md:px-5">{t(group.message)}</th></tr>
              {group.permissions.map((permission) => (
                <tr key={permission} className="hover:bg-hover">
                  <th scope="row" className="px-4 py-1.5 text-start font-normal md:px-5">{permissionWords(permission)}</th>
                  {roles.map((role) => {
                    const has = role.permissions.includes(permission);
                    return (
                      <td key={role.id} className={classes('text-center', has ? 'text-moss' : 'text-ink-3')}>
                        <span className="sr-only">{t(has ? 'roles.may' : 'roles.mayNot')}</span>
                        {has ? <Icon name="check" className="inline" /> : <span aria-hidden="true" className="opacity-50">–</span>}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </Fragment>
          ))}
          <tr aria-hidden="true"><td colSpan={roles.length + 1} className="h-2.5" /></tr>
        </tbody>
      </table>
    </div>
  );
}
