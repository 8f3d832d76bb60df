/** The machines of CI run two specs at a time on two cores that others use too. */
const patience = process.env['CI'] === undefined ? 1 : 3;

/** Polls until the condition holds. What the condition throws ends the wait. @throws when `ms` have passed, or in CI three times that. */
export async function until(
  what: string,
  ms: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const most = ms * patience;
  const deadline = Date.now() + most;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${most} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
