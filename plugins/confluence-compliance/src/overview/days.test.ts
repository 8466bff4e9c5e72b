// SPDX-License-Identifier: Apache-2.0
import { dayTicks, spread, ticksUpTo } from './days';

describe('ticksUpTo', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [4, [0, 1, 2, 3, 4]],
    [71, [0, 20, 40, 60, 80]],
    [100, [0, 50, 100]],
    [2_431, [0, 1_000, 2_000, 3_000]],
  ])('reaches %d in whole, round steps', (largest, ticks) => {
    expect(ticksUpTo(largest)).toEqual(ticks);
  });
});

describe('dayTicks', () => {
  it('is every day of a few, and some of many, clear of the end', () => {
    expect(dayTicks([10, 20])).toEqual([10]);
    const many = Array.from({ length: 91 }, (_, day) => day);
    const ticks = dayTicks(many);
    expect(ticks).toEqual([0, 16, 32, 48, 64, 80]);
  });
});

describe('spread', () => {
  it('keeps labels apart and inside the plot', () => {
    expect(spread([10, 12, 60, 100], 16, 200)).toEqual([10, 26, 60, 100]);
    expect(spread([190, 192, 195, 199], 16, 200)).toEqual([152, 168, 184, 200]);
  });
});
