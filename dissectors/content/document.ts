// A decoded document, whatever it was written in. Ranges are octets of the body.

export interface Range {
  readonly start: number;
  readonly length: number;
}

export interface DocumentAttribute extends Range {
  readonly name: string;
  /** null: the attribute start stood alone, without a value. */
  readonly value: string | null;
  readonly valueRange: Range;
}

export interface DocumentElement extends Range {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly DocumentAttribute[];
  readonly children: readonly DocumentNode[];
}

export interface DocumentText extends Range {
  readonly kind: 'text';
  readonly text: string;
}

export type DocumentNode = DocumentElement | DocumentText;

export interface DecodedDocument {
  readonly format: 'wbxml' | 'xml' | 'binary';
  /** WBXML public identifier; null for text, or where it was given as text. */
  readonly publicId: number | null;
  readonly publicIdText: string | null;
  /** WBXML version, '1.3'; null for text. */
  readonly wbxmlVersion: string | null;
  /** MIBenum of the WBXML header; null for text. */
  readonly charset: number | null;
  readonly charsetName: string | null;
  readonly root: DocumentElement | null;
  /** Octets the document took; fewer than the body where something trails it. */
  readonly length: number;
}

export interface Parm extends Range {
  readonly name: string;
  /** null: the parm had no value attribute. */
  readonly value: string | null;
  readonly valueRange: Range;
}

export interface Characteristic extends Range {
  readonly type: string;
  readonly parms: readonly Parm[];
  readonly characteristics: readonly Characteristic[];
}

/** Something in a provisioning document that is neither a characteristic nor a parm in its place. */
export interface Stranger extends Range {
  readonly kind: 'element' | 'text' | 'attribute';
  /** Of the element or attribute; '' of text. */
  readonly name: string;
  /** Name of the element it stands in. */
  readonly inside: string;
}

/** OMA Client Provisioning (ProvCont 1.1) document model. */
export interface ProvisioningDocument {
  readonly version: string | null;
  readonly characteristics: readonly Characteristic[];
  /** What the model leaves out, in document order; absent where there is none. */
  readonly strangers?: readonly Stranger[];
}
