// Nokia/Ericsson OTA Settings 7.0, and Nokia's synchronisation settings: characteristics of their own vocabulary.

import { attributeOf, elementsOf, textDetail } from '../details.ts';
import type { DecodedDocument, DocumentElement } from '../document.ts';
import type { Detail, DocumentDecoder } from '../kinds.ts';
import { isSecretParm } from '../provisioning/secrets.ts';
import { checkSettings, checkSync } from './check.ts';

function parm(e: DocumentElement, group: string): Detail {
  const name = attributeOf(e, 'NAME') ?? '';
  const value = e.attributes.find((a) => a.name === 'VALUE');
  return {
    label: group === '' ? name : `${group} ${name}`,
    value: value?.value ?? '',
    range: value?.valueRange ?? { start: e.start, length: e.length },
    ...(isSecretParm(name) ? { secret: true } : {}),
  };
}

function characteristic(e: DocumentElement): Detail[] {
  const type = attributeOf(e, 'TYPE') ?? '';
  const own = e.attributes.find((a) => a.name === 'VALUE');
  const out: Detail[] = own === undefined ? [] : [{ label: type, value: own.value ?? '', range: own.valueRange }];
  for (const c of e.children) if (c.kind === 'element' && c.name === 'PARM') out.push(parm(c, type));
  return out;
}

const details = (document: DecodedDocument): Detail[] =>
  [...elementsOf(document)].flatMap((e) => (e.name === 'CHARACTERISTIC' ? characteristic(e) : []));

export const OTA_SETTINGS_CONTENT: DocumentDecoder = {
  form: 'document',
  kind: 'ota-settings',
  mediaTypes: ['application/x-wap-prov.browser-settings', 'application/x-wap-prov.browser-bookmarks'],
  roots: ['CHARACTERISTIC-LIST'],
  details,
  check: checkSettings,
};

export const SYNC_SETTINGS_CONTENT: DocumentDecoder = {
  form: 'document',
  kind: 'ota-settings',
  mediaTypes: ['application/vnd.nokia.syncset+wbxml'],
  roots: ['SyncSettings'],
  check: checkSync,
  details: (document) =>
    [...elementsOf(document)].flatMap((e) =>
      textDetail(e, e.name).map((d) => (e.name === 'Cred' ? { ...d, secret: true as const } : d)),
    ),
};
