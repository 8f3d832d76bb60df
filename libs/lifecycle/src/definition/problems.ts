/** One thing that is wrong with a definition: where, what, and what is allowed there. */
export interface Problem {
  /** Such as `machine.states.stage.states.awareness.on.*[0].guard`. */
  readonly path: string;
  readonly message: string;
  readonly allowed?: string;
}

/** A definition that is refused, with all that is wrong with it. */
export class DefinitionError extends Error {
  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(
      [
        `${file} is refused:`,
        ...problems.map(
          ({ path, message, allowed }) =>
            `  ${path}: ${message}${allowed === undefined ? '' : `; allowed: ${allowed}`}`,
        ),
      ].join('\n'),
    );
    this.name = 'DefinitionError';
  }
}

export type Report = (path: string, message: string, allowed?: string | readonly string[]) => void;

export type Entry = Readonly<Record<string, unknown>>;

export const isEntry = (value: unknown): value is Entry =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : typeof value === 'string' ? `'${value}'` : JSON.stringify(value);

/** Reports keys that have no meaning here. */
export function checkKeys(value: Entry, path: string, allowed: readonly string[], report: Report): void {
  for (const key of Object.keys(value))
    if (!allowed.includes(key)) report(`${path}.${key}`.replace(/^\./, ''), 'unknown key', allowed);
}
