import './harbour.css';

const wave = (y: number, height: number, step: number, shift: number) => {
  let path = `M${-step + shift} ${y}`;
  for (let x = -step + shift; x < 900 + step; x += step) path += `q${step / 4} ${-height} ${step / 2} 0t${step / 2} 0`;
  return `${path}V1000H${-step + shift}Z`;
};

const stars = [[84, 236], [180, 330], [262, 252], [338, 196], [486, 118], [540, 224], [604, 58], [716, 150], [792, 84], [846, 236], [52, 420], [402, 316], [668, 318]] as const;

/**
 * A letter under sail, leaving harbour: what this place is for. Drawn with colours of both themes; screen readers skip it. `isStrip` shows the middle of it, for a
 * low and wide place.
 */
export function HarbourScene({ isStrip = false, className = '' }: { isStrip?: boolean; className?: string }) {
  return (
    <svg aria-hidden="true" viewBox={isStrip ? '20 480 860 340' : '0 0 900 1000'} preserveAspectRatio={isStrip ? 'xMidYMid slice' : 'xMidYMax slice'} className={className}>
      <defs>
        <linearGradient id="harbour-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--sky-high)" />
          <stop offset="1" stopColor="var(--sky-low)" />
        </linearGradient>
        <linearGradient id="harbour-beam" x1="1" y1="0" x2="0" y2="0">
          <stop offset="0" stopColor="var(--beam)" />
          <stop offset="1" stopColor="var(--beam)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="900" height="640" fill="url(#harbour-sky)" />
      {stars.map(([x, y], index) => <circle key={x} cx={x} cy={y} r={index % 3 === 0 ? 2.4 : 1.6} fill="var(--star)" />)}
      <circle cx="292" cy="512" r="132" fill="var(--sky-halo)" />
      <circle cx="292" cy="512" r="84" fill="var(--sky-body)" />
      <g fill="none" stroke="var(--bird)" strokeWidth="4" strokeLinecap="round">
        <path d="M492 372q14-16 26 0q14-16 26 0" />
        <path d="M566 330q10-12 19 0q10-12 19 0" />
        <path d="M438 318q9-11 17 0q9-11 17 0" />
      </g>
      <path d="M0 604C90 548 150 560 232 590S392 556 470 566S640 604 900 520V700H0Z" fill="var(--hill-far)" />
      <path d="M430 640C560 604 640 596 720 572S860 548 900 540V700H430Z" fill="var(--hill-near)" />
      <path d="M730 436L96 300V420Z" fill="url(#harbour-beam)" />
      <g>
        <path d="M662 650C684 606 700 596 736 590S824 604 900 582V680H650Z" fill="var(--rock)" />
        <path d="M712 602L722 462H768L778 602Z" fill="var(--tower)" />
        <path d="M746 602V462H768L778 602Z" fill="var(--tower-shade)" />
        <path d="M719.900 492H770.100L772.300 524H717.600ZM715.300 556H774.700L777 588H713Z" fill="var(--tower-band)" />
        <path d="M714 462H776V454H714Z" fill="var(--rock)" />
        <path d="M726 454H764V420H726Z" fill="var(--lamp)" />
        <path d="M722 420H768L745 396Z" fill="var(--tower-band)" />
        <path d="M744 454V420M728 437H762" stroke="var(--rock)" strokeWidth="3" opacity="0.45" />
      </g>
      <path d={wave(640, 12, 180, 0)} fill="var(--sea-1)" />
      <path d={wave(706, 15, 220, -70)} fill="var(--sea-2)" />
      <path d="M214 700h120M248 722h64M226 744h28" stroke="var(--sky-body)" strokeWidth="6" strokeLinecap="round" opacity="0.5" />
      <g transform="translate(430 742) rotate(-3)">
        <path d="M-12 20V-248" stroke="var(--paper-line)" strokeWidth="5" strokeLinecap="round" />
        <path d="M-10 -22V-236L108 -22Z" fill="var(--paper)" />
        <path d="M-14 -22V-200L-100 -22Z" fill="var(--paper-fold)" />
        <path d="M18 -92h28v36h-28z" fill="var(--stamp)" />
        <path d="M24 -64h16M24 -71h16" stroke="var(--paper)" strokeWidth="3" opacity="0.75" />
        <path d="M-158 -8H158L112 74H-112Z" fill="var(--paper)" />
        <path d="M-158 -8L0 50L158 -8L112 74H-112Z" fill="var(--paper-fold)" />
        <path d="M-158 -8L0 50L158 -8" fill="none" stroke="var(--paper-line)" strokeWidth="3" strokeLinejoin="round" />
      </g>
      <path d={wave(796, 18, 260, -30)} fill="var(--sea-3)" />
      <path d={wave(896, 20, 300, -140)} fill="var(--sea-4)" />
      <g stroke="var(--paper)" strokeWidth="5" strokeLinecap="round" opacity="0.22">
        <path d="M92 846h74M186 846h20M612 838h96M560 862h36M300 946h84M640 958h120M780 958h18" />
      </g>
    </svg>
  );
}
