// The one list of token tables.

import type { TokenTable } from './table.ts';
import { CHANNEL } from './tables/channel.ts';
import { OTA_SETTINGS, SYNC_SETTINGS } from './tables/ota.ts';
import { PROV } from './tables/prov.ts';
import { CO, DRMREL, EMN, SI, SL } from './tables/push.ts';
import { DEVINF_11, DEVINF_12, SYNCML_10, SYNCML_11, SYNCML_12 } from './tables/syncml.ts';

export const TOKEN_TABLES: readonly TokenTable[] = [
  PROV,
  SI,
  SL,
  CO,
  EMN,
  DRMREL,
  OTA_SETTINGS,
  SYNC_SETTINGS,
  SYNCML_12,
  SYNCML_11,
  SYNCML_10,
  DEVINF_12,
  DEVINF_11,
  CHANNEL,
];

export const tableByPublicId = (id: number): TokenTable | undefined =>
  TOKEN_TABLES.find((t) => t.publicId !== null && t.publicId === id);

export const tableByPublicIdText = (text: string): TokenTable | undefined =>
  TOKEN_TABLES.find((t) => t.publicIdText !== '' && t.publicIdText === text);

/** `mediaType` in lower case, without parameters. */
export const tableByMediaType = (mediaType: string): TokenTable | undefined =>
  TOKEN_TABLES.find((t) => t.mediaTypes.includes(mediaType));
