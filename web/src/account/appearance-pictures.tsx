import './appearance-pictures.css';
import type { Theme } from '../ui/appearance.ts';

function Window({ theme }: { theme: 'light' | 'dark' }) {
  return (
    <g className={`theme-${theme}`}>
      <rect width="160" height="96" fill="var(--p-canvas)" />
      <rect width="14" height="96" fill="var(--p-rail)" />
      <rect x="3.500" y="5" width="7" height="7" rx="2" fill="var(--p-accent)" />
      <rect x="14" width="56" height="96" fill="var(--p-surface)" />
      <rect x="14" y="12" width="56" height="21" fill="var(--p-chosen)" />
      {[17, 38, 59, 80].map((y) => (
        <g key={y}>
          <rect x="20" y={y} width={y === 38 ? 30 : 24} height="3.500" rx="1.750" fill="var(--p-ink)" />
          <rect x="20" y={y + 7} width={y === 59 ? 28 : 38} height="3" rx="1.500" fill="var(--p-soft)" />
        </g>
      ))}
      <rect x="78" y="12" width="56" height="20" rx="4" fill="var(--p-surface)" stroke="var(--p-line)" />
      <rect x="96" y="38" width="56" height="16" rx="4" fill="var(--p-chosen)" />
      <rect x="78" y="66" width="74" height="24" rx="4" fill="var(--p-surface)" stroke="var(--p-line)" />
      <rect x="132" y="79" width="16" height="7" rx="2.500" fill="var(--p-accent)" />
      <path d="M70 0V96" stroke="var(--p-line)" />
    </g>
  );
}

/** The workspace in small. Following the system is shown as half day, half night. */
export function ThemePicture({ theme }: { theme: Theme }) {
  return (
    <svg viewBox="0 0 160 96" className="w-full rounded-md border border-line">
      <Window theme={theme === 'dark' ? 'dark' : 'light'} />
      {theme === 'system' && (
        <>
          <clipPath id="night-half"><path d="M104 0H160V96H56Z" /></clipPath>
          <g clipPath="url(#night-half)"><Window theme="dark" /></g>
        </>
      )}
    </svg>
  );
}

/** How many cases fit. */
export function DensityPicture({ rows }: { rows: number }) {
  const height = 80 / rows;
  return (
    <svg viewBox="0 0 160 80" className="w-full rounded-md border border-line bg-surface">
      {Array.from({ length: rows }, (_, index) => (
        <g key={index} transform={`translate(0 ${index * height})`}>
          <circle cx="16" cy={height / 2} r={Math.min(6, height / 3.4)} className="fill-accent-line" />
          <rect x="30" y={height / 2 - (rows > 4 ? 4.5 : 7)} width={index % 2 ? 52 : 64} height="4" rx="2" className="fill-ink-3" />
          <rect x="30" y={height / 2 + (rows > 4 ? 1.5 : 2)} width={index % 2 ? 98 : 84} height="3" rx="1.500" className="fill-line-strong" opacity="0.55" />
          {rows < 4 && <rect x="30" y={height / 2 + 8} width="60" height="3" rx="1.500" className="fill-line-strong" opacity="0.55" />}
          {index > 0 && <path d="M0 0H160" className="stroke-line" />}
        </g>
      ))}
    </svg>
  );
}
