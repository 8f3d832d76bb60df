export interface Point {
  readonly seconds: number;
  readonly value: number;
}

export interface Growth {
  /** By the slope, over the time that the points span. */
  readonly growth: number;
  readonly allowed: number;
  readonly flat: boolean;
}

/**
 * Whether a series is flat: the slope times the time that it spans is at most `share` of its median, or `least` where
 * that is more. The slope is that of Theil and Sen, the median over all pairs of points, which bears up to 29 % of
 * outliers (Sen 1968, doi:10.1080/01621459.1968.10480934): one late garbage collection is no leak.
 */
export function judge(points: readonly Point[], { share, least }: { share: number; least: number }): Growth {
  const spanned = (points.at(-1)?.seconds ?? 0) - (points[0]?.seconds ?? 0);
  const growth = slopeOf(points) * spanned;
  const allowed = Math.max(least, share * median(points.map(({ value }) => value)));
  return { growth, allowed, flat: growth <= allowed };
}

function slopeOf(points: readonly Point[]): number {
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).map((b) => (b.value - a.value) / (b.seconds - a.seconds)),
  );
  return median(slopes);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
