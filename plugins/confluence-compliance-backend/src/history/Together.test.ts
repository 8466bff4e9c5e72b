// SPDX-License-Identifier: Apache-2.0
import { Together } from './Together';

/** Does things when it is told to, and keeps what it was asked to do at once. */
function controlled() {
  const asked: string[][] = [];
  const open: Array<() => void> = [];
  const together = new Together<string, string>(async items => {
    asked.push(items);
    await new Promise<void>(resolve => open.push(resolve));
    if (items.includes('bad')) {
      throw new Error(`bad among ${items.length}`);
    }
    return items.map(item => item.toUpperCase());
  });
  const next = async () => {
    while (open.length === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    open.shift()?.();
  };
  return { asked, next, together };
}

describe('Together', () => {
  it('does together what was asked for meanwhile, each with its own result', async () => {
    const { asked, next, together } = controlled();
    const first = together.do('a');
    await next();
    const late = ['b', 'c'].map(item => together.do(item));
    await next();
    expect(await first).toBe('A');
    expect(await Promise.all(late)).toEqual(['B', 'C']);
    expect(asked).toEqual([['a'], ['b', 'c']]);
  });

  it('does each alone when not all can be done, and goes on', async () => {
    const { asked, next, together } = controlled();
    const all = ['a', 'bad', 'c'].map(item => together.do(item));
    const settled = Promise.allSettled(all);
    for (const _ of ['together', 'a', 'bad', 'c']) {
      await next();
    }
    expect(await settled).toMatchObject([
      { value: 'A' },
      { reason: new Error('bad among 1') },
      { value: 'C' },
    ]);
    expect(asked).toEqual([['a', 'bad', 'c'], ['a'], ['bad'], ['c']]);
    const again = together.do('d');
    await next();
    expect(await again).toBe('D');
  });
});
