// Counts what runs: a counter at each branch of the decoders, for the fuzzer, which keeps inputs that reach a new one.

import { relative } from 'node:path';
import { parseAst } from 'vite';
import { root } from './lib.mjs';

/** Counters there is room for; later branches share the last one. */
const COUNTERS = 1 << 16;
const COUNTED = /^(?:captures|dissectors|analysis)\//;

/** A plugin of vite. The bundle finds its counters in `globalThis.otascopeBranches`, a Uint8Array. */
export function coverage() {
  let next = 0;
  return {
    name: 'otascope-branches',
    enforce: 'post',
    transform(code, id) {
      if (!COUNTED.test(relative(root, id.split('?')[0]))) return null;
      const open = new Map();
      const close = new Map();
      const count = () => `$branches[${Math.min(next++, COUNTERS - 1)}]++`;
      const put = (at, text) => open.set(at, (open.get(at) ?? '') + text);
      // What is inside is visited later and ends first.
      const end = (at, text) => close.set(at, text + (close.get(at) ?? ''));
      const expression = (n) => {
        put(n.start, `(${count()}, `);
        end(n.end, ')');
      };
      const statement = (n) => {
        if (n.type === 'BlockStatement') put(n.start + 1, `${count()};`);
        else {
          put(n.start, `{${count()};`);
          end(n.end, '}');
        }
      };
      const visit = (n) => {
        if (n === null || typeof n !== 'object') return;
        if (Array.isArray(n)) {
          for (const x of n) visit(x);
          return;
        }
        if (typeof n.type !== 'string') return;
        switch (n.type) {
          case 'FunctionDeclaration':
          case 'FunctionExpression':
            if (n.body) statement(n.body);
            break;
          case 'ArrowFunctionExpression':
            if (n.body.type === 'BlockStatement') statement(n.body);
            else expression(n.body);
            break;
          case 'IfStatement':
            statement(n.consequent);
            if (n.alternate) statement(n.alternate);
            break;
          case 'ForStatement':
          case 'ForOfStatement':
          case 'ForInStatement':
          case 'WhileStatement':
          case 'DoWhileStatement':
            statement(n.body);
            break;
          case 'SwitchCase':
            if (n.consequent.length > 0) put(n.consequent[0].start, `${count()};`);
            break;
          case 'ConditionalExpression':
            expression(n.consequent);
            expression(n.alternate);
            break;
          case 'LogicalExpression':
            expression(n.right);
            break;
        }
        for (const [key, value] of Object.entries(n)) if (key !== 'type') visit(value);
      };
      visit(parseAst(code).body);
      let out = '';
      let from = 0;
      for (const at of [...new Set([...open.keys(), ...close.keys()])].sort((a, b) => a - b)) {
        out += code.slice(from, at) + (close.get(at) ?? '') + (open.get(at) ?? '');
        from = at;
      }
      return { code: out + code.slice(from), map: null };
    },
    outputOptions(o) {
      // By then everything was transformed.
      const banner = () =>
        `const $branches = (globalThis.otascopeBranches ??= new Uint8Array(${Math.min(next + 3, COUNTERS) & ~3}));`;
      return { ...o, banner };
    },
  };
}
