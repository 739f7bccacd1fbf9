// What a push turned out to be, and what a decoder of one kind of content is.

import type { Cursor } from '../base/cursor.ts';
import type { DecodedDocument, ProvisioningDocument, Range } from './document.ts';

export type ContentKind =
  | 'client-provisioning'
  | 'service-indication'
  | 'service-loading'
  | 'mms-notification'
  | 'dm-notification'
  | 'email-notification'
  | 'cache-operation'
  | 'ota-settings'
  | 'supl-init'
  | 'drm-rights'
  | 'session-initiation'
  | 'dm-bootstrap'
  | 'sync-notification'
  | 'sync-message'
  | 'drm-content'
  | 'multipart'
  | 'business-card'
  | 'calendar-entry'
  | 'ringing-tone'
  | 'operator-logo'
  | 'caller-logo'
  | 'picture-message'
  | 'application-message'
  | 'other-push'
  | 'unknown';

/** One thing a reader wants to know of a message that is no provisioning document. */
export interface Detail {
  readonly label: string;
  readonly value: string;
  readonly range: Range | null;
  /** A password or key: masked unless asked for. */
  readonly secret?: true;
}

export interface DecodedContent {
  readonly kind: ContentKind;
  readonly document: DecodedDocument | null;
  readonly provisioning: ProvisioningDocument | null;
  readonly details: readonly Detail[];
  /** Why this decoder: 'content type ...', 'public identifier 0x0B', 'its first octets'. */
  readonly chosenBy: string;
  /** Bodies within this one, in their order; `start` and `length` are octets of the whole. */
  readonly parts?: readonly ContentPart[];
}

export interface ContentPart extends Range {
  readonly contentType: string | null;
  readonly content: DecodedContent;
}

/** Reads documents: WBXML or XML with a root element of its own. */
export interface DocumentDecoder {
  readonly form: 'document';
  readonly kind: ContentKind;
  readonly mediaTypes: readonly string[];
  readonly roots: readonly string[];
  readonly details?: (document: DecodedDocument) => Detail[];
  readonly provisioning?: (document: DecodedDocument) => ProvisioningDocument | null;
  /** Where the document tells more than its root. */
  readonly kindOf?: (document: DecodedDocument) => ContentKind;
  /** What is wrong with a document that is well-formed. Never throws; reports through the cursor. */
  readonly check?: (document: DecodedDocument, c: Cursor) => void;
}

/** Reads bodies that are neither WBXML nor XML. */
export interface BinaryDecoder {
  readonly form: 'binary';
  readonly kind: ContentKind;
  readonly mediaTypes: readonly string[];
  /** X-Wap-Application-Id of the agent such bodies are for: tells where the content type can't be read. */
  readonly applicationId?: string;
  /** WDP ports whose datagrams are such bodies, without a push around them. */
  readonly ports?: readonly number[];
  /** Can these octets be such a body? Strict: asked when there is no content type. */
  readonly looksLike?: (c: Cursor) => boolean;
  /** Never throws; reports through the cursor. */
  readonly decode: (c: Cursor) => Detail[];
}

export type ContentDecoder = DocumentDecoder | BinaryDecoder;
