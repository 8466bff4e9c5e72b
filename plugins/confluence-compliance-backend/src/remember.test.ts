// SPDX-License-Identifier: Apache-2.0
import { remember } from './remember';

describe('remember', () => {
  function start(most = 2) {
    const clock = { ms: 0 };
    const asked: string[] = [];
    const ask = remember(
      async (what: string) => {
        asked.push(what);
        if (what === 'bad') {
          throw new Error('No');
        }
        return what.toUpperCase();
      },
      { most, ms: 1000, now: () => new Date(clock.ms) },
    );
    return { ask, asked, clock };
  }

  it('asks once, also for those who ask at the same time, until a while is over', async () => {
    const { ask, asked, clock } = start();
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual([
      'A',
      'A',
      'B',
    ]);
    clock.ms = 999;
    await ask('a');
    expect(asked).toEqual(['a', 'b']);
    clock.ms = 1000;
    await ask('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('forgets the oldest, and what failed', async () => {
    const { ask, asked } = start();
    await ask('a');
    await ask('b');
    await ask('c');
    await ask('b');
    await ask('a');
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
    await expect(ask('bad')).rejects.toThrow('No');
    await expect(ask('bad')).rejects.toThrow('No');
    expect(asked.slice(4)).toEqual(['bad', 'bad']);
  });
});
