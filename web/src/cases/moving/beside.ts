// What most cases do not need when they open, in one chunk that comes a moment later.
export { AsideBar } from './aside-bar.tsx';
export { LinksPart } from './links-part.tsx';
export { offerChildren } from './offer-children.ts';
export { UndoMoveButton } from './undo-move-button.tsx';
