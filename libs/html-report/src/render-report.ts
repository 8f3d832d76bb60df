import { drawContent } from './content.js';
import { cellText } from './format.js';
import type { Sheet } from './frame.js';
import { Markup, markup } from './markup.js';
import { Colours } from './palette.js';
import type { Figure, Report, Section } from './report.js';
import { style } from './style.js';

/**
 * The report as one HTML file that needs nothing else: no script, no font, no network, and its policy forbids them. It
 * follows the reader's dark or light scheme, and prints. Every text in it is escaped.
 */
export function renderReport(report: Report): string {
  const { title, subtitle, notice, figures = [], sections, origin = [] } = report;
  let ids = 0;
  const sheet: Sheet = { colours: new Colours(), nextId: () => `p${++ids}` };
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<header>
<h1>${title}</h1>
${subtitle === undefined ? undefined : markup`<p class="subtitle">${subtitle}</p>`}
<p class="notice" role="note">${notice}</p>
${figures.length === 0 ? undefined : markup`<dl class="figures">${figures.map(drawFigure)}</dl>`}
</header>
<main>${sections.map((section) => drawSection(section, sheet))}</main>
${origin.length === 0 ? undefined : markup`<footer><dl>${origin.map(([what, value]) => markup`<dt>${what}</dt><dd>${value}</dd>`)}</dl></footer>`}
</body>
</html>
`;
  return page.text;
}

function drawFigure({ label, value, format, note }: Figure): Markup {
  const text = cellText(value, format);
  const long = text.length > 10 ? ' long' : '';
  return markup`<div><dt>${label}</dt><dd class="value${long}">${text}</dd>${note === undefined ? undefined : markup`<dd class="beside">${note}</dd>`}</div>`;
}

function drawSection({ heading, text = '', content }: Section, sheet: Sheet): Markup {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return markup`<section><h2>${heading}</h2>${paragraphs.map((paragraph) => markup`<p>${paragraph}</p>`)}${content.map((each) => drawContent(each, sheet))}</section>`;
}
