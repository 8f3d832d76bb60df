import { bundledDefinition, couponCodes, createLifecycle, loadDefinition } from '#lifecycle';
import { parseDocument } from 'yaml';

const switchedOn = ['recovery', 'surveys', 'first-visit'];

/** retail@1 with every programme on and nobody in a control group, so that a story tells what a programme does. */
export const lifecycle = (() => {
  const definition = parseDocument(bundledDefinition());
  for (const programme of switchedOn)
    if (!definition.hasIn(['programmes', programme])) definition.setIn(['programmes', programme], {});
  definition.setIn(['contactPolicy', 'control'], { each: 0, all: 0 });
  return createLifecycle(loadDefinition(definition.toString()), couponCodes('a secret of the stories'));
})();
