/** Builds dist where it is older than the sources. Returns the exit code of the first step that failed, or 0. */
export function buildIfStale(root: string, node: string): number;
