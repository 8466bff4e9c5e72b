// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('docs/permissions.md', () => {
  it('shows the policy that the demo uses', () => {
    const [, code] = readFileSync(
      join(__dirname, 'permissionPolicy.ts'),
      'utf8',
    ).split('// SPDX-License-Identifier: Apache-2.0\n');
    const guide = readFileSync(
      join(__dirname, '..', '..', '..', 'docs', 'permissions.md'),
      'utf8',
    );
    expect(guide).toContain(`\`\`\`ts\n${code}\`\`\``);
  });
});
