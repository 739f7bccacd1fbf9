// Fields are declared once, as data: the tree, the filter language and the reference page come from here.

export type FieldKind =
  | 'u8'
  | 'u16'
  | 'u24'
  | 'u32'
  | 'uintvar'
  | 'bits'
  | 'bytes'
  | 'text'
  | 'address'
  | 'time'
  | 'group';

export interface FieldSpec {
  readonly kind: FieldKind;
  readonly label: string;
  /** Symbols of the standard for numeric values. */
  readonly names?: Readonly<Record<number, string>>;
  readonly unit?: string;
  /** Document and clause. */
  readonly clause?: string;
  /** Shown as 0x.. in the tree. */
  readonly hex?: boolean;
  /** A PIN, password or key: masked in every output unless asked for. */
  readonly secret?: boolean;
  /** Low octet first on the wire. */
  readonly little?: boolean;
}

export interface Field<K extends FieldKind = FieldKind> extends FieldSpec {
  readonly kind: K;
  /** Full filter path, 'sms.udh.iei'. */
  readonly path: string;
}

type Declared<T extends Record<string, FieldSpec>> = { readonly [N in keyof T]: Field<T[N]['kind']> };

const all: Field[] = [];

/** Every field of the decoders that are loaded, in order of declaration. */
export const declaredFields = (): readonly Field[] => all;

/** Declares the fields of one protocol; `prefix` is its filter path. */
export function fields<const T extends Record<string, FieldSpec>>(prefix: string, table: T): Declared<T> {
  const out: Record<string, Field> = {};
  for (const [name, spec] of Object.entries(table)) out[name] = { ...spec, path: `${prefix}.${name}` };
  all.push(...Object.values(out));
  return out as Declared<T>;
}
