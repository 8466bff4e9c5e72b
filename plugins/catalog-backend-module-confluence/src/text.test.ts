// SPDX-License-Identifier: Apache-2.0
import { cleanText } from './text';

describe('cleanText', () => {
  it.each([
    ['Plain title', 'Plain title'],
    ['  two \n lines\t', 'two lines'],
    ['admin\u202enimda\u2066', 'adminnimda'],
    ['a\u0000b', 'a b'],
    ['half \ud83d', 'half'],
    ['\u200b\u0007', 'fallback'],
    ['Zoë 👩‍💻 日本語', 'Zoë 👩‍💻 日本語'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), `${'x'.repeat(199)}…`],
    [`${'x'.repeat(198)}😀😀`, `${'x'.repeat(198)}…`],
  ])('%j becomes %j', (text, expected) => {
    expect(cleanText(text, 'fallback')).toBe(expected);
  });
});
