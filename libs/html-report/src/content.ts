import { drawBars } from './bars.js';
import { drawComparisons } from './comparisons.js';
import { drawFlowMatrix } from './flow-matrix.js';
import type { Sheet } from './frame.js';
import { drawLines } from './lines.js';
import type { Markup } from './markup.js';
import { drawReliability } from './reliability.js';
import type { Content } from './report.js';
import { drawSankey } from './sankey.js';
import { drawShares } from './shares.js';
import { drawTable } from './table.js';

export function drawContent(content: Content, sheet: Sheet): Markup {
  switch (content.kind) {
    case 'table':
      return drawTable(content);
    case 'comparisons':
      return drawComparisons(content);
    case 'sankey':
      return drawSankey(content, sheet);
    case 'flowMatrix':
      return drawFlowMatrix(content, sheet);
    case 'lines':
      return drawLines(content, sheet);
    case 'shares':
      return drawShares(content, sheet);
    case 'bars':
      return drawBars(content, sheet);
    case 'reliability':
      return drawReliability(content, sheet);
  }
}
