export const tones = { harbour: [587.33, 880], knock: [220, 220], bell: [1046.5] } as const;
export type Tone = keyof typeof tones;

/** Small choices of one person on one device. */
export interface SoundChoice {
  isOn: boolean;
  tone: Tone;
  /** 0 to 1. */
  volume: number;
  /** Also while the page has the focus. */
  isAlsoFocused: boolean;
}

const KEY = 'rapport.sound';
const usual: SoundChoice = { isOn: true, tone: 'harbour', volume: 0.5, isAlsoFocused: false };

export function readSound(): SoundChoice {
  try {
    const read = { ...usual, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<SoundChoice>) };
    return read.tone in tones ? read : { ...read, tone: usual.tone };
  } catch {
    return usual;
  }
}
export const chooseSound = (choice: SoundChoice) => localStorage.setItem(KEY, JSON.stringify(choice));

let audio: AudioContext | undefined;

/** Whether this page may be heard already: browsers let it only after somebody has touched it. */
export const canSound = () => audio?.state === 'running';

/** Makes the page able to sound with its first click or key, so that nobody has to switch anything on. Returns how to stop waiting for one. */
export function unlockSound(): () => void {
  const unlock = () => {
    audio ??= new AudioContext();
    void audio.resume().catch(() => undefined);
  };
  const kinds = ['pointerdown', 'keydown'] as const;
  for (const kind of kinds) addEventListener(kind, unlock, { capture: true, passive: true });
  return () => {
    for (const kind of kinds) removeEventListener(kind, unlock, { capture: true });
  };
}

/** Plays the tone, as loud as was chosen. Without a gesture before it stays silent; nothing is thrown. */
export function playSound({ tone, volume }: SoundChoice = readSound()): void {
  if (!audio || audio.state !== 'running') return;
  let at = audio.currentTime;
  for (const frequency of tones[tone]) {
    const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
    oscillator.type = tone === 'knock' ? 'triangle' : 'sine';
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.0001, at);
    gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume * 0.4), at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.32);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + 0.34);
    at += 0.14;
  }
}
