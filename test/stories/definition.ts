import { bundledDefinition, couponCodes, createLifecycle, loadDefinition } from '#lifecycle';
import { parseDocument } from 'yaml';

/** retail@1, which has every programme on, and nobody in a control group, so that a story tells what a programme does. */
export const lifecycle = (() => {
  const definition = parseDocument(bundledDefinition());
  definition.setIn(['contactPolicy', 'control'], { each: 0, all: 0 });
  return createLifecycle(loadDefinition(definition.toString()), couponCodes('a secret of the stories'));
})();
