// Things of a document as everything here looks at them.

import type { Range } from '../../dissectors/content/document.ts';
import type { ObjectKind } from '../engine/contract/device.ts';

/** A parm that counts: of single ones the first, of the others all. */
export interface Value {
  readonly name: string;
  /** '' for a flag. */
  readonly value: string;
  readonly flag: boolean;
  /** Octets of the body; length 0: nobody sent it. */
  readonly range: Range;
}

export interface Node {
  readonly type: string;
  /** Among characteristics of its type beside it. */
  readonly key: string;
  readonly parms: readonly Value[];
  readonly children: readonly Node[];
  readonly range: Range;
}

/** A characteristic of the top level. */
export interface Thing extends Node {
  readonly kind: ObjectKind;
  /** Type and key: what a later document names when it means the same thing. */
  readonly id: string;
  readonly title: string;
}

export const valuesIn = (n: Node, name: string): readonly Value[] => n.parms.filter((p) => p.name === name);
export const valueIn = (n: Node, name: string): string | undefined => n.parms.find((p) => p.name === name)?.value;
export const hasParm = (n: Node, name: string): boolean => n.parms.some((p) => p.name === name);
export const nodesIn = (n: Node, type: string): readonly Node[] => n.children.filter((c) => c.type === type);
