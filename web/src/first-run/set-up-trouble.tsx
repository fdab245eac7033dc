import { Link } from '@tanstack/react-router';
import { isProblem } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { queryClient } from '../data/query-client.ts';
import { setupQuery } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Banner } from '../ui/banner.tsx';
import { forgetProgress } from './progress.ts';

/** Why the set-up was refused. When somebody else was faster there is still a way on. */
export function SetUpTrouble({ error }: { error: unknown }) {
  if (!error) return null;
  const isTaken = isProblem(error, 'already_set_up');
  const leave = () => {
    forgetProgress();
    queryClient.removeQueries({ queryKey: setupQuery.queryKey });
  };
  return <Banner tone="trouble" icon="circle-alert" className="rounded-md px-3!">{explain(error)} {isTaken && <Link to="/sign-in" onClick={leave} className="font-medium underline">{t('signIn.do')}</Link>}</Banner>;
}
