// A value that runs to the end of what could be read was cut there: the end of its element never came.

import type { Characteristic, ProvisioningDocument } from '../../dissectors/content/document.ts';
import type { DecodedContent } from '../../dissectors/content/kinds.ts';

/** The provisioning document with an ellipsis behind a value that was cut. */
export function provisioningOf(content: DecodedContent | null): ProvisioningDocument | null {
  const model = content?.provisioning ?? null;
  const end = content?.document?.length ?? Number.POSITIVE_INFINITY;
  if (model === null || model.characteristics.every((c) => c.start + c.length < end)) return model;
  const mark = (c: Characteristic): Characteristic =>
    c.start + c.length < end
      ? c
      : {
          ...c,
          parms: c.parms.map((p) =>
            p.value === null || p.value === '' || p.valueRange.start + p.valueRange.length < end
              ? p
              : { ...p, value: `${p.value}…` },
          ),
          characteristics: c.characteristics.map(mark),
        };
  return { ...model, characteristics: model.characteristics.map(mark) };
}
