import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AuditSchema } from '../../analysis/audit/schema.ts';
import { root } from '../support/shared.ts';
import { ruleTables } from './audit-page.ts';

const page = readFileSync(join(root, 'docs', 'security-review.md'), 'utf8');

test('docs/security-review.md has the rules as they are', () => {
  const tables = page.slice(page.indexOf('### Who could have sent it')).trimEnd();
  expect(tables, 'replace what follows the heading Rules by what ruleTables() gives').toBe(ruleTables());
});

test('and every field of the JSON', () => {
  for (const name of Object.keys(AuditSchema.properties)) {
    if (name !== 'schema') expect(page, name).toContain(`\`${name}`);
  }
});
