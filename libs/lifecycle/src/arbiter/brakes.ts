/** `paused`: nothing goes out. `shadow`: the same, to see what would have gone. Either is published as the reason. */
export type Brake = 'paused' | 'shadow';

/** By programme, or `all`. */
export type Brakes = Readonly<Record<string, Brake>>;

/** The brake on a programme; a pause is stronger than a shadow. */
export function brakeOn(programme: string, brakes: Brakes = {}): Brake | undefined {
  const [own, all] = [brakes[programme], brakes['all']];
  return own === 'paused' || all === 'paused' ? 'paused' : (own ?? all);
}
