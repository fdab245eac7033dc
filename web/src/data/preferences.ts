/** Small choices of one person on one device. */
export const isContextShown = () => localStorage.getItem('rapport.context') !== 'hidden';
export const chooseContextShown = (isShown: boolean) => localStorage.setItem('rapport.context', isShown ? 'shown' : 'hidden');

export type AfterSend = 'open' | 'pending' | 'on_hold' | 'resolved';
/** The status a case gets with a reply, as last chosen. */
export const afterSend = () => (localStorage.getItem('rapport.after-send') ?? 'pending') as AfterSend;
export const chooseAfterSend = (status: AfterSend) => localStorage.setItem('rapport.after-send', status);

export const listOrder = () => (localStorage.getItem('rapport.order') === 'oldest' ? 'oldest' : 'newest') as 'newest' | 'oldest';
export const chooseListOrder = (order: 'newest' | 'oldest') => localStorage.setItem('rapport.order', order);

/** Whether this agent writes with formatting; plain words otherwise. */
export const isRichChosen = () => localStorage.getItem('rapport.writing') !== 'plain';
export const chooseRich = (isRich: boolean) => localStorage.setItem('rapport.writing', isRich ? 'rich' : 'plain');
