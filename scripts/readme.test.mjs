// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installGuide, namedBlocks } from './readme.mjs';

const page = section =>
  `# Page\n\n## Other\n\n\`\`\`sh\nno\n\`\`\`\n\n## Guide\n\n${section}\n## End\n\n\`\`\`sh\nno\n\`\`\`\n`;

test('the blocks of one section come by name, without their indentation', () => {
  const section = `1. Do

   <!-- try-install: one -->

   \`\`\`sh
   yarn a
     b
   \`\`\`

<!-- try-install: two -->

\`\`\`yaml
c:
  d: 1
\`\`\`
`;
  assert.deepEqual(
    [...namedBlocks(page(section), 'Guide')],
    [
      ['one', 'yarn a\n  b'],
      ['two', 'c:\n  d: 1'],
    ],
  );
});

test('a block without a name, a name twice and a missing section are mistakes', () => {
  const named = '<!-- try-install: one -->\n\n```sh\na\n```\n';
  assert.throws(() => namedBlocks(page('```sh\na\n```\n'), 'Guide'), /no name/);
  assert.throws(() => namedBlocks(page(`${named}\n${named}`), 'Guide'), /Two/);
  assert.throws(() => namedBlocks(page(named), 'Install'), /no section/);
});

test('the README has the blocks that are followed', () => {
  const guide = installGuide();
  assert.ok(guide.commands.every(command => command.startsWith('yarn ')));
  assert.match(guide.backend, /^backend\.add\(/);
  assert.match(guide.config, /^confluenceCompliance:\n/);
});
