import { useEffect, useState } from 'react';
import { t } from '../i18n/index.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';
import { Keys } from './keys.tsx';
import { dismissToast, useToasts, type Toast } from './toast.ts';

function ToastLine({ toast }: { toast: Toast }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => dismissToast(toast.id), toast.ms);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, toast.ms]);
  return (
    <div
      onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}
      className={classes('pointer-events-auto flex min-h-10 max-w-full max-md:flex-wrap max-md:justify-end animate-[toast_160ms_var(--ease-out)] items-center gap-2.5 rounded-md py-1 ps-3 pe-1 text-base shadow-float', toast.tone === 'trouble' ? 'bg-clay-soft text-clay' : 'bg-ink text-surface')}
    >
      <span className="flex min-w-0 grow items-center gap-2.5 pe-2 max-md:min-w-[min(12rem,100%)] max-md:basis-0">{toast.icon && <Icon name={toast.icon} />}<span className="min-w-0">{toast.text}</span></span>
      {toast.action && (
        <button
          type="button" className="flex h-8 items-center gap-2 rounded-sm px-2 font-semibold underline-offset-2 hover:underline"
          onClick={() => {
            dismissToast(toast.id);
            toast.action!.run();
          }}
        >
          {toast.action.label}
          {toast.action.keys && <span className="max-md:hidden"><Keys keys={toast.action.keys} tone="inverse" /></span>}
        </button>
      )}
      <button type="button" aria-label={t('ui.dismiss')} className="grid size-8 place-items-center rounded-sm opacity-75 hover:opacity-100" onClick={() => dismissToast(toast.id)}><Icon name="x" size={14} /></button>
    </div>
  );
}

/** Where toasts stand; once per window. A polite live region that is there before its first line, or screen readers miss it. */
export function Toaster() {
  const toasts = useToasts();
  // On a phone the foot of the window is where one answers and sends: there they come from above.
  return (
    <section aria-label={t('ui.notices')} className="pointer-events-none fixed inset-x-0 top-[max(0.5rem,env(safe-area-inset-top))] z-60 flex flex-col items-center gap-2 px-3 md:top-auto md:bottom-4 md:items-start md:ps-[4.5rem]">
      <div role="status" className="contents">{toasts.map((toast) => <ToastLine key={toast.id} toast={toast} />)}</div>
    </section>
  );
}
