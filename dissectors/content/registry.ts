// The one list of what can be in a push.

import { CACHE_OPERATION } from './co/index.ts';
import { DM_NOTIFICATION } from './dm/index.ts';
import { DRM_RIGHTS } from './drm.ts';
import { EMAIL_NOTIFICATION } from './emn/index.ts';
import type { ContentDecoder } from './kinds.ts';
import { MMS_NOTIFICATION } from './mms/index.ts';
import { OTA_SETTINGS_CONTENT, SYNC_SETTINGS_CONTENT } from './ota-settings/index.ts';
import { CLIENT_PROVISIONING } from './provisioning/index.ts';
import { SERVICE_INDICATION } from './si/index.ts';
import { SESSION_INITIATION } from './sia/index.ts';
import { SERVICE_LOADING } from './sl/index.ts';
import { SUPL_INIT } from './supl/index.ts';

export const CONTENT_DECODERS: readonly ContentDecoder[] = [
  CLIENT_PROVISIONING,
  SERVICE_INDICATION,
  SERVICE_LOADING,
  MMS_NOTIFICATION,
  CACHE_OPERATION,
  EMAIL_NOTIFICATION,
  OTA_SETTINGS_CONTENT,
  SYNC_SETTINGS_CONTENT,
  DRM_RIGHTS,
  SESSION_INITIATION,
  DM_NOTIFICATION,
  SUPL_INIT,
];
