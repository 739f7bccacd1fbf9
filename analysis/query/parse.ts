// From text to a typed filter. `and` may be left out between terms; `key:value` and `-key:value` are short forms.

import type { Comparison, Expectation, FilterError, Node, Operand, Parsed, Span } from './ast.ts';
import { type FieldLookup, type FilterField, fieldOfKey } from './fields.ts';
import { type Base, literal } from './literal.ts';
import { shapeError } from './pattern.ts';
import { type Token, tokens } from './token.ts';

/** Terms of one filter; deeper nesting than this is refused. */
const MOST_TERMS = 256;
const DEEPEST = 64;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '==': '==',
  '=': '==',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '~': '~',
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  matches: '~',
  contains: 'contains',
};

class Refused extends Error {
  readonly error: FilterError;
  constructor(error: FilterError) {
    super(error.message);
    this.error = error;
  }
}

export interface ParseOptions {
  readonly lookup: FieldLookup;
  readonly base: Base;
}

interface State {
  readonly all: readonly Token[];
  readonly options: ParseOptions;
  at: number;
  terms: number;
  depth: number;
  /** What was hoped for at the end of the text. */
  expected: Expectation;
}

const refuse = (t: Span, message: string): never => {
  throw new Refused({ start: t.start, end: Math.max(t.end, t.start), message });
};
const peek = (s: State): Token => s.all[s.at]!;
const take = (s: State): Token => {
  const t = s.all[s.at]!;
  if (t.kind !== 'end') s.at += 1;
  return t;
};
const isWord = (t: Token, ...words: readonly string[]): boolean =>
  t.kind === 'word' && words.includes(t.text.toLowerCase());
const isSign = (t: Token, sign: string): boolean => t.kind === 'operator' && t.text === sign;
const over = (from: Span, to: Span): Span => ({ start: from.start, end: to.end });

/** Reads a filter. Empty text is the filter that lets everything through: `node` is null. */
export function parse(text: string, options: ParseOptions): Parsed {
  const s: State = { all: tokens(text), options, at: 0, terms: 0, depth: 0, expected: { what: 'term' } };
  try {
    if (peek(s).kind === 'end') return { ok: true, node: null, expected: s.expected };
    const node = either(s);
    const rest = peek(s);
    if (rest.kind === 'close') refuse(rest, 'There is no ( for this ).');
    if (rest.kind !== 'end') refuse(rest, `${rest.text} can't stand here: expected and, or, or the end.`);
    return { ok: true, node, expected: s.expected };
  } catch (e) {
    if (e instanceof Refused) return { ok: false, error: e.error, expected: s.expected };
    throw e;
  }
}

function either(s: State): Node {
  return deeper(s, () => {
    const of = [both(s)];
    while (isWord(peek(s), 'or') || isSign(peek(s), '||')) {
      take(s);
      s.expected = { what: 'term' };
      of.push(both(s));
    }
    return joined('or', of);
  });
}

function both(s: State): Node {
  const of = [negated(s)];
  for (;;) {
    const t = peek(s);
    if (isWord(t, 'and') || isSign(t, '&&')) {
      take(s);
      s.expected = { what: 'term' };
    } else if (t.kind === 'end' || t.kind === 'close' || isWord(t, 'or') || isSign(t, '||')) break;
    else if (t.kind !== 'word' && t.kind !== 'string' && t.kind !== 'open' && !isSign(t, '!')) break;
    of.push(negated(s));
  }
  return joined('and', of);
}

const joined = (is: 'and' | 'or', of: readonly Node[]): Node =>
  of.length === 1 ? of[0]! : { is, of, span: over(of[0]!.span, of.at(-1)!.span) };

function deeper(s: State, read: () => Node): Node {
  s.depth += 1;
  if (s.depth > DEEPEST) refuse(peek(s), 'This filter is nested too deeply.');
  const node = read();
  s.depth -= 1;
  return node;
}

function negated(s: State): Node {
  const t = peek(s);
  if (isWord(t, 'not') || isSign(t, '!')) {
    take(s);
    s.expected = { what: 'term' };
    return deeper(s, () => {
      const of = negated(s);
      return { is: 'not', of, span: over(t, of.span) };
    });
  }
  return term(s);
}

function term(s: State): Node {
  const t = take(s);
  s.terms += 1;
  if (s.terms > MOST_TERMS) refuse(t, `A filter has at most ${MOST_TERMS} terms.`);
  if (t.kind === 'open') {
    s.expected = { what: 'term' };
    const node = either(s);
    const closing = take(s);
    if (closing.kind !== 'close') refuse(closing.kind === 'end' ? t : closing, 'This ( is not closed.');
    s.expected = { what: 'joint' };
    return node;
  }
  if (t.kind === 'string') {
    if (t.open === true) refuse(t, 'This quote is not closed.');
    s.expected = { what: 'joint' };
    return { is: 'word', text: t.text, span: t };
  }
  if (t.kind !== 'word')
    return refuse(
      t,
      t.kind === 'end' ? 'Something is missing here: a field or a word.' : `Expected a field or a word, not ${t.text}.`,
    );
  return named(s, t);
}

/** A term that begins with a word: a field, a short form, or a word to look for. */
function named(s: State, t: Token): Node {
  const field = s.options.lookup(t.text);
  if (field !== undefined) return ofField(s, t, field);
  const minus = t.text.startsWith('-') && t.text.length > 1;
  const word = minus ? t.text.slice(1) : t.text;
  const short = shortForm(s, t, word, minus);
  if (short !== null) return short;
  const next = peek(s);
  const compares =
    (next.kind === 'operator' && COMPARISONS[next.text] !== undefined) || isWord(next, 'in', 'contains', 'matches');
  if (compares && !minus) {
    refuse(t, `There is no field ${t.text}.`);
  }
  s.expected = { what: 'joint' };
  const node: Node = { is: 'word', text: word, span: t };
  return minus ? { is: 'not', of: node, span: t } : node;
}

/** `key:value` as browsers' tools have it. null: not one, 'http://...' is a word. */
function shortForm(s: State, t: Token, word: string, minus: boolean): Node | null {
  const colon = word.indexOf(':');
  if (colon <= 0) return null;
  const field = fieldOfKey(word.slice(0, colon), s.options.lookup);
  if (field === undefined) return null;
  let value = word.slice(colon + 1);
  let span: Span = t;
  s.expected = { what: 'value', field, set: false };
  if (value === '') {
    const next = peek(s);
    if (next.kind !== 'string' || next.start !== t.end)
      refuse(t, `${word} needs a value, as in ${word}${field.choices?.[0] ?? '…'}.`);
    take(s);
    value = next.text;
    span = over(t, next);
  }
  s.expected = { what: 'joint' };
  const node = shortTerm(s, field, value, span);
  return minus ? { is: 'not', of: node, span } : node;
}

function shortTerm(s: State, field: FilterField, value: string, span: Span): Node {
  if (field.type === 'text') return { is: 'compare', field, op: 'contains', value, span };
  if (field.type === 'flag') return { is: 'has', field, span };
  const split = value.indexOf('..');
  if (split > 0 && field.type !== 'choice') {
    const [from, to] = [
      operand(s, field, value.slice(0, split), span),
      operand(s, field, value.slice(split + 2), span),
    ];
    return { is: 'range', field, from, to, span };
  }
  return {
    is: 'compare',
    field,
    op: field.ordered === true ? '>=' : '==',
    value: operand(s, field, value, span),
    span,
  };
}

function ofField(s: State, t: Token, field: FilterField): Node {
  s.expected = { what: 'operator', field };
  const next = peek(s);
  if (isWord(next, 'in')) {
    take(s);
    s.expected = { what: 'value', field, set: true };
    return within(s, t, field);
  }
  const op = next.kind === 'operator' || next.kind === 'word' ? COMPARISONS[next.text.toLowerCase()] : undefined;
  if (op === undefined) {
    return { is: 'has', field, span: t };
  }
  take(s);
  if (field.type === 'flag')
    refuse(next, `${field.path} is true or false by itself: write ${field.path} or not ${field.path}.`);
  s.expected = { what: 'value', field, set: false };
  const v = take(s);
  if (v.kind !== 'word' && v.kind !== 'string')
    return refuse(
      v.kind === 'end' ? next : v,
      `${field.path} ${next.text} needs a value behind it, as in ${field.example}.`,
    );
  if (v.open === true) refuse(v, 'This quote is not closed.');
  s.expected = { what: 'joint' };
  const span = over(t, v);
  if (op === '~' || op === 'contains') {
    if (field.type !== 'text' && field.type !== 'choice')
      refuse(next, `${field.path} is a ${field.type}: use == != < <= > >= or in.`);
    const wrong = op === '~' ? shapeError(v.text) : null;
    if (wrong !== null) refuse(v, wrong);
    return { is: 'compare', field, op, value: v.text, span };
  }
  if (field.type === 'choice' && field.ordered !== true && op !== '==' && op !== '!=') {
    refuse(next, `${field.path} has names in no order: use ==, != or in.`);
  }
  return { is: 'compare', field, op, value: operand(s, field, v.text, v), span };
}

function within(s: State, t: Token, field: FilterField): Node {
  if (field.type === 'flag') refuse(peek(s), `${field.path} is true or false by itself.`);
  const first = take(s);
  if (first.kind === 'openSet') return set(s, t, first, field);
  if (first.kind !== 'word')
    return refuse(first.kind === 'end' ? t : first, `in needs {a, b} or a..b behind it, as in ${field.path} in {…}.`);
  const split = first.text.indexOf('..');
  if (split < 0) refuse(first, `Expected {a, b} or a..b, not ${first.text}.`);
  const parts = [first.text.slice(0, split), first.text.slice(split + 2)] as const;
  if (parts[0] === '' || parts[1] === '') refuse(first, 'A range needs both ends, as in 1..5.');
  if (field.type === 'text') refuse(first, `${field.path} is text and has no ranges: use {a, b}.`);
  const [from, to] = [operand(s, field, parts[0], first), operand(s, field, parts[1], first)];
  s.expected = { what: 'joint' };
  return { is: 'range', field, from, to, span: over(t, first) };
}

function set(s: State, t: Token, first: Token, field: FilterField): Node {
  const values: Operand[] = [];
  for (;;) {
    s.expected = { what: 'value', field, set: true };
    const v = take(s);
    if (v.kind === 'closeSet' && values.length > 0) break;
    if (v.kind !== 'word' && v.kind !== 'string')
      refuse(v.kind === 'end' ? first : v, v.kind === 'end' ? 'This { is not closed.' : 'Expected a value.');
    values.push(operand(s, field, v.text, v));
    const next = take(s);
    if (next.kind === 'closeSet') break;
    if (next.kind !== 'comma')
      refuse(next.kind === 'end' ? first : next, next.kind === 'end' ? 'This { is not closed.' : 'Expected , or }.');
  }
  s.expected = { what: 'joint' };
  return { is: 'set', field, values, span: over(t, s.all[s.at - 1]!) };
}

function operand(s: State, field: FilterField, text: string, span: Span): Operand {
  const made = literal(field, text, s.options.base);
  return 'value' in made ? made.value : refuse(span, `Expected ${made.expected}.`);
}
