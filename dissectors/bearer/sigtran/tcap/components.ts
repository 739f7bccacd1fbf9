// Components: what is asked, and what is answered.

import type { Finding } from '../../../../captures/finding.ts';
import { type Element, eachElement, inside, leaf, octetsLeaf, readElement, unread } from '../../../asn1/ber.ts';
import { integerOf, objectIdentifierOf } from '../../../asn1/values.ts';
import { Cursor, runLayer } from '../../../base/cursor.ts';
import type { Field } from '../../../base/fields.ts';
import { tcapFields as f } from './fields.ts';
import { problems } from './names.ts';
import type { ApplicationContext, Component, ComponentKind, ParameterReader } from './types.ts';

/** ITU-T Q.773 4.2.2, Table 19. */
const KINDS: Readonly<Record<number, ComponentKind>> = {
  161: 'invoke',
  162: 'result',
  163: 'error',
  164: 'reject',
  167: 'result-part',
};

const INTEGER = 0x02;
const NULL = 0x05;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;
const LINKED = 0x80;

type Reading<T> = { -readonly [K in keyof Component<T>]: Component<T>[K] };

interface Reader<T> {
  readonly user: ParameterReader<T>;
  readonly context: ApplicationContext | null;
}

// ITU-T Q.773 3.3: the identifier of the invoke, then what its kind prescribes. False for what is no component.
export function readComponent<T>(
  c: Cursor,
  e: Element,
  into: Component<T>[],
  user: ParameterReader<T>,
  context: ApplicationContext | null,
): boolean {
  const kind = KINDS[e.tag];
  if (kind === undefined) return false;
  const out: Reading<T> = {
    kind,
    invokeId: null,
    operation: null,
    error: null,
    problem: null,
    parameter: null,
    at: e.at,
    end: e.next,
    findings: [],
  };
  const before = c.findings.length;
  inside(
    c,
    f.component,
    e,
    (body) => {
      runLayer(body, () => readBody(body, out, { user, context }));
    },
    () => kind,
  );
  out.findings = c.findings.splice(before) as readonly Finding[];
  into.push(out);
  return true;
}

function readBody<T>(c: Cursor, out: Reading<T>, r: Reader<T>): void {
  if (c.left === 0) return;
  const id = readElement(c);
  if (id.tag === INTEGER) {
    out.invokeId = integerOf(c, id);
    leaf(c, f.invokeIdentifier, id, out.invokeId);
  } else if (id.tag === NULL) leaf(c, f.invokeIdentifier, id, null, 'none');
  else unread(c, id);
  c.pos = id.next;
  switch (out.kind) {
    case 'invoke':
      readInvoke(c, out, r);
      return;
    case 'result':
    case 'result-part':
      readResult(c, out, r);
      return;
    case 'error':
      readCode(c, out, r, 'error');
      readParameter(c, out, r);
      return;
    default:
      readProblem(c, out);
  }
}

function readInvoke<T>(c: Cursor, out: Reading<T>, r: Reader<T>): void {
  if (c.peek() === LINKED) {
    const e = readElement(c);
    leaf(c, f.linkedIdentifier, e, integerOf(c, e));
    c.pos = e.next;
  }
  readCode(c, out, r, 'operation');
  readParameter(c, out, r);
}

/** Operation and parameter stand together in a sequence, or not at all. */
function readResult<T>(c: Cursor, out: Reading<T>, r: Reader<T>): void {
  if (c.left === 0) return;
  const e = readElement(c);
  if (e.tag !== SEQUENCE) {
    unread(c, e);
    c.pos = e.next;
    return;
  }
  inside(c, f.resultSequence, e, (body) => {
    readCode(body, out, r, 'operation');
    readParameter(body, out, r);
  });
}

/** A local code is a number, a global one an object identifier. */
function readCode<T>(c: Cursor, out: Reading<T>, r: Reader<T>, which: 'operation' | 'error'): void {
  if (c.left === 0) return;
  const e = readElement(c);
  const local: Field = which === 'operation' ? f.operation : f.error;
  const global: Field = which === 'operation' ? f.globalOperation : f.globalError;
  if (e.tag === INTEGER) {
    const code = integerOf(c, e);
    out[which] = code;
    if (c.rec !== null && code !== null) leaf(c, local, e, code, `${r.user[which](code)} (${code})`);
  } else if (e.tag === OBJECT_IDENTIFIER) {
    if (c.rec !== null) leaf(c, global, e, objectIdentifierOf(c.bytes, e.start, e.end));
  } else {
    unread(c, e);
  }
  c.pos = e.next;
}

/** The parameter may be any element; what its user does not know is told as it is. */
function readParameter<T>(c: Cursor, out: Reading<T>, r: Reader<T>): void {
  if (c.left === 0) return;
  const { kind, operation, error } = out;
  const start = c.pos;
  out.parameter = r.user.read(c, { kind, operation, error, context: r.context });
  if (out.parameter === null && c.rec !== null) showUnread(new Cursor(c.bytes, start, c.end, c.rec));
  c.pos = c.end;
}

/** For the tree alone: what is wrong with it was found, or concerns nobody. */
function showUnread(c: Cursor): void {
  runLayer(c, () =>
    eachElement(c, (e) => {
      octetsLeaf(c, f.parameter, e);
      return true;
    }),
  );
}

function readProblem<T>(c: Cursor, out: Reading<T>): void {
  if (c.left === 0) return;
  const e = readElement(c);
  const names = problems[e.tag];
  if (names === undefined) unread(c, e);
  else {
    const v = integerOf(c, e);
    out.problem = v === null ? 'no problem code' : (names[v] ?? `problem ${v}`);
    leaf(c, f.problem, e, v, out.problem);
  }
  c.pos = e.next;
}
