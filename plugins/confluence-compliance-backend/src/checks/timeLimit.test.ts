// SPDX-License-Identifier: Apache-2.0
import { within } from './timeLimit';

const never = () => new Promise<never>(() => {});
const signal = new AbortController().signal;

describe('work within a time limit', () => {
  it('gives what the work gives, and throws what it throws', async () => {
    expect(await within(1_000, signal, async () => 7)).toBe(7);
    const broken = within(1_000, signal, async () => {
      throw new Error('broken');
    });
    await expect(broken).rejects.toThrow('broken');
  });

  it('does not wait for work that never ends, and tells it so', async () => {
    let told: AbortSignal | undefined;
    const late = within(20, signal, async ends => {
      told = ends;
      return never();
    });
    await expect(late).rejects.toMatchObject({
      name: 'CheckTimeLimitError',
      message: 'It did not end within 20 milliseconds.',
    });
    expect(told?.aborted).toBe(true);
  });

  it('does not wait beyond a signal, before or in the middle', async () => {
    const stop = new AbortController();
    const stopped = within(1_000, stop.signal, never);
    stop.abort(new Error('shut down'));
    await expect(stopped).rejects.toThrow('shut down');
    const work = jest.fn(never);
    await expect(within(1_000, stop.signal, work)).rejects.toThrow('shut down');
    expect(work).not.toHaveBeenCalled();
  });

  it('loses what fails too late', async () => {
    const late = within(5, signal, async () => {
      await new Promise(resolve => setTimeout(resolve, 20));
      throw new Error('too late');
    });
    await expect(late).rejects.toThrow('did not end');
    await new Promise(resolve => setTimeout(resolve, 30));
  });
});
