import type { Endpoints, ResponseOf } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface Props {
  invitation: ResponseOf<Endpoints['accounts']['inviteAgent']>;
  onAnother?: () => void;
  onClose: () => void;
}

/** The mail is on its way; for companies that have no mail server yet the link can be handed over in person. */
export function InvitationLink({ invitation: { agent, invitationUrl }, onAnother, onClose }: Props) {
  return (
    <Dialog
      isOpen onClose={onClose} title={t('people.invitedTitle', { name: agent.name })} description={t('people.invitedLead', { email: agent.email })}
      actions={<>{onAnother && <Button icon="user-plus" onClick={onAnother}>{t('people.inviteNext')}</Button>}<Button tone="primary" onClick={onClose}>{t('ui.done')}</Button></>}
    >
      <CopyLine text={invitationUrl} label={t('people.invitationLink')} />
      <p className="mt-2 text-sm text-ink-3">{t('people.invitedHint')}</p>
    </Dialog>
  );
}
