// The one list of what can be in a push, or be sent to a port without one.

import { CACHE_OPERATION } from './co/index.ts';
import { DM_NOTIFICATION, DS_NOTIFICATION } from './dm/index.ts';
import { SYNCML_MESSAGE } from './dm/syncml.ts';
import { DRM_CONTENT, DRM_MESSAGE } from './drm/content.ts';
import { DRM_RIGHTS } from './drm/rights.ts';
import { EMAIL_NOTIFICATION } from './emn/index.ts';
import type { ContentDecoder } from './kinds.ts';
import { MMS_NOTIFICATION } from './mms/index.ts';
import { CALLER_LOGO, OPERATOR_LOGO, PICTURE_MESSAGE } from './nokia/logos.ts';
import { RINGING_TONE } from './nokia/tone.ts';
import { OTA_SETTINGS_CONTENT, SYNC_SETTINGS_CONTENT } from './ota-settings/index.ts';
import { PLAIN_TEXT, WTA_CHANNEL } from './other/index.ts';
import { CLIENT_PROVISIONING } from './provisioning/index.ts';
import { SERVICE_INDICATION } from './si/index.ts';
import { SESSION_INITIATION } from './sia/index.ts';
import { SERVICE_LOADING } from './sl/index.ts';
import { SUPL_INIT } from './supl/index.ts';
import { BUSINESS_CARD, CALENDAR_ENTRY, OTHER_VOBJECT } from './vobject/index.ts';

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
  DRM_CONTENT,
  DRM_MESSAGE,
  SESSION_INITIATION,
  DM_NOTIFICATION,
  DS_NOTIFICATION,
  SYNCML_MESSAGE,
  SUPL_INIT,
  RINGING_TONE,
  OPERATOR_LOGO,
  CALLER_LOGO,
  PICTURE_MESSAGE,
  BUSINESS_CARD,
  CALENDAR_ENTRY,
  OTHER_VOBJECT,
  WTA_CHANNEL,
  PLAIN_TEXT,
];
