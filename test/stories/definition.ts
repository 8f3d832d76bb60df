import { bundledDefinition, couponCodes, createLifecycle, loadDefinition, settingRows } from '#lifecycle';
import { parseDocument } from 'yaml';

/** retail@1 with every programme on and nobody in a control group, so that a story tells what a programme does. */
export const lifecycle = (() => {
  const definition = parseDocument(bundledDefinition());
  for (const programme of settingRows().keys())
    if (programme !== 'contactPolicy' && !definition.hasIn(['programmes', programme]))
      definition.setIn(['programmes', programme], {});
  definition.setIn(['contactPolicy', 'control'], { each: 0, all: 0 });
  return createLifecycle(loadDefinition(definition.toString()), couponCodes('a secret of the stories'));
})();
