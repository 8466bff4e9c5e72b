// SPDX-License-Identifier: Apache-2.0
import { blocksOf } from './blocks';
import { differenceOf } from './difference';

describe('blocksOf', () => {
  it('reads what somebody sees on the page, block by block', () => {
    expect(
      blocksOf(
        [
          '<h1>Rules &amp; reasons</h1><p>Ask <strong>first</strong>,&nbsp;then <em>act</em>.</p>',
          '<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>',
          '<table><tbody><tr><th>Who</th><td>Everybody</td></tr></tbody></table>',
          '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">sh</ac:parameter>',
          '<ac:plain-text-body><![CDATA[rm <file>]]></ac:plain-text-body></ac:structured-macro>',
          '<p></p><hr/><p>End',
        ].join(''),
      ),
    ).toEqual([
      { heading: 1, text: 'Rules & reasons' },
      { text: 'Ask first, then act.' },
      { text: 'One' },
      { text: 'Inner' },
      { text: 'Two' },
      { text: 'Who' },
      { text: 'Everybody' },
      { text: 'rm <file>' },
      { text: 'End' },
    ]);
  });

  it('takes whatever stands there', () => {
    expect(blocksOf('')).toEqual([]);
    expect(blocksOf('</p></ac:parameter><p>a')).toEqual([{ text: 'a' }]);
    expect(blocksOf(`${'<p>'.repeat(9_000)}x`)).toEqual([{ text: 'x' }]);
    expect(blocksOf('<p>x</p>'.repeat(9_000))).toHaveLength(5_000);
    expect(blocksOf(`<p>${'x'.repeat(20_000)}</p>`)[0].text).toHaveLength(
      10_000,
    );
    expect(
      blocksOf('<script>alert(1)</script><p>&lt;b&gt;</p>'),
    ).toContainEqual({ text: '<b>' });
  });
});

describe('differenceOf', () => {
  const text = (...lines: string[]) => lines.map(line => ({ text: line }));

  it('tells what was added and removed, in the order of the page', () => {
    expect(
      differenceOf(text('a', 'b', 'c'), text('a', 'B', 'c', 'd')).blocks,
    ).toEqual([
      { kind: 'same', text: 'a' },
      { kind: 'removed', text: 'b' },
      { kind: 'added', text: 'B' },
      { kind: 'same', text: 'c' },
      { kind: 'added', text: 'd' },
    ]);
  });

  it('tells a heading from a sentence of the same words', () => {
    const { blocks } = differenceOf(
      [{ text: 'a' }],
      [{ heading: 2, text: 'a' }],
    );
    expect(blocks.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  it('shows no more than can be read', () => {
    const long = Array.from({ length: 3_000 }, (_, n) => ({ text: `${n}` }));
    const { blocks, truncated } = differenceOf([], long);
    expect([blocks.length, truncated]).toEqual([2_000, true]);
  });
});
