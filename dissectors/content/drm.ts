// OMA-Download-DRMREL: a rights object. Its keys are secrets.

import { elementsOf, textDetail } from './details.ts';
import type { DocumentDecoder } from './kinds.ts';

const LABELS: Readonly<Record<string, string>> = {
  'o-dd:uid': 'Content',
  'o-dd:version': 'Version',
  'o-dd:count': 'Times',
  'o-dd:start': 'From',
  'o-dd:end': 'Until',
  'o-dd:interval': 'For',
};

export const DRM_RIGHTS: DocumentDecoder = {
  form: 'document',
  kind: 'drm-rights',
  mediaTypes: ['application/vnd.oma.drm.rights+wbxml', 'application/vnd.oma.drm.rights+xml'],
  roots: ['o-ex:rights'],
  details: (document) =>
    [...elementsOf(document)].flatMap((e) => {
      const label = LABELS[e.name];
      return label === undefined ? [] : textDetail(e, label);
    }),
};
