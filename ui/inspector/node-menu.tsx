// What can be done with a field of the tree: filter by it, make it a column, copy it.

import { signal } from '@preact/signals';
import type { TreeNode } from '../../analysis/engine/contract.ts';
import { ContextMenu } from '../parts/context-menu.tsx';
import type { MenuItem } from '../parts/menu.tsx';
import { announcement } from '../state/commands.ts';
import { addTerm } from '../state/filter.ts';
import { goTo } from '../state/selection.ts';
import { notice } from '../state/session.ts';
import { addColumn, allFields, columnIds, loadFields } from '../state/table.ts';
import { filterTerm } from '../view/term.ts';

const opened = signal<{ readonly node: TreeNode; readonly x: number; readonly y: number } | null>(null);

/** Opens the menu of a field at a place of the page. */
export async function openNodeMenu(node: TreeNode, x: number, y: number): Promise<void> {
  await loadFields();
  opened.value = { node, x, y };
}

async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    announcement.value = `${what} copied.`;
  } catch {
    notice.value = 'The browser does not let this page copy.';
  }
}

function itemsOf(node: TreeNode): MenuItem[] {
  const field = allFields.value.find((f) => f.path.toLowerCase() === node.path.toLowerCase());
  const gap = node.path === '' ? 'Nobody decoded these octets, so there is no field.' : null;
  const unknown = gap ?? (field === undefined ? 'A filter can’t ask for this field.' : null);
  const secret = node.secret ? 'Secret: a filter would give it away.' : null;
  const hidden = node.value.includes('••') ? 'Part of it is secret.' : null;
  const term = field === undefined ? '' : filterTerm(field.path, node.value, field.example);
  return [
    { label: 'Filter by this', hint: term, reason: secret ?? unknown ?? hidden, onChoose: () => addTerm(term) },
    { label: 'Filter without this', reason: secret ?? unknown ?? hidden, onChoose: () => addTerm(`not ${term}`) },
    {
      label: 'Column from this',
      reason:
        secret ??
        unknown ??
        (columnIds.value.includes(field?.path ?? '') ? 'It is a column of the list already.' : null),
      onChoose: () => {
        addColumn(field?.path ?? node.path);
        announcement.value = `${node.label} is a column of the list now.`;
      },
    },
    {
      label: 'Copy the value',
      rule: true,
      reason: node.value === '' ? 'It has no value of its own.' : null,
      onChoose: () => void copy(node.value, 'Value'),
    },
    {
      label: 'Copy the field’s name',
      reason: gap,
      onChoose: () => void copy(node.path, 'Name'),
    },
    {
      label: 'Show its octets',
      reason: node.range === null || node.range.length === 0 ? 'It has no octets.' : null,
      onChoose: () => goTo(node.range, true),
    },
  ];
}

export function NodeMenu() {
  const o = opened.value;
  if (o === null) return null;
  return (
    <ContextMenu
      key={`${o.node.id} ${o.x} ${o.y}`}
      label={`What to do with ${o.node.label}`}
      x={o.x}
      y={o.y}
      items={itemsOf(o.node)}
      onClose={() => {
        opened.value = null;
      }}
    />
  );
}
