import type { Role } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { roleName, roleSummary, scopeSentence } from './role-words.ts';
import { ScopePicture } from './scope-picture.tsx';

/** A role that comes with Rapport: for whom it is and which cases it shows. */
export function RoleLine({ role }: { role: Role }) {
  return (
    <li className="flex items-start gap-4 px-4 py-3.5 md:px-5">
      <ScopePicture scope={role.caseScope} className="mt-1 w-20" />
      <div className="min-w-0 grow">
        <h3 className="flex flex-wrap items-baseline gap-x-2 text-md font-semibold">{roleName(role)}<span className="text-sm font-normal text-ink-3">{t('roles.people', { count: role.agentCount })}</span></h3>
        <p className="text-pretty">{roleSummary(role)}</p>
        <p className="text-pretty text-ink-2">{scopeSentence(role.caseScope)}</p>
      </div>
    </li>
  );
}
