const TONES = [660, 880];
const SECONDS = 0.18;

/** Two soft tones, made on the spot: nothing is fetched for them. A browser that allows no sound stays silent. */
export function chime(): void {
  try {
    const context = new AudioContext();
    TONES.forEach((frequency, index) => {
      const [tone, loudness] = [context.createOscillator(), context.createGain()];
      const at = context.currentTime + index * SECONDS;
      tone.frequency.value = frequency;
      loudness.gain.setValueAtTime(0.0001, at);
      loudness.gain.exponentialRampToValueAtTime(0.12, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.0001, at + SECONDS);
      tone.connect(loudness).connect(context.destination);
      tone.start(at);
      tone.stop(at + SECONDS);
    });
    setTimeout(() => void context.close(), 1_000);
  } catch {
    // No sound here.
  }
}
