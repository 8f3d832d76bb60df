/** Exit 0 when the engine in this container is ready; else 1 and its reasons. */
const url = `http://127.0.0.1:${process.env.PORT ?? 3000}/health/ready`;
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  if (!answer.ok) {
    process.stderr.write(`${await answer.text()}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`${url}: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
