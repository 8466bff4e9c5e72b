// SPDX-License-Identifier: Apache-2.0
import { parseOptions } from './cli';

describe('command line', () => {
  it('reads its options', () => {
    expect(parseOptions([])).toEqual({
      port: 0,
      size: 'demo',
      seed: 1,
      latencyMs: 0,
    });
    expect(parseOptions(['--roles', 'second'])).toMatchObject({
      roleMode: undefined,
      secondRoleMode: 'ROLES',
    });
    expect(
      parseOptions([
        '--port',
        '7100',
        '--size',
        'M',
        '--seed',
        '3',
        '--latency',
        '50',
      ]),
    ).toEqual({
      port: 7100,
      size: 'M',
      seed: 3,
      latencyMs: 50,
    });
  });

  it.each([
    [['--port', 'x'], '--port'],
    [['--size', 'XL'], '--size'],
    [['--roles', 'some'], '--roles'],
    [['--colour', 'red'], '--colour'],
  ])('names the option that is wrong in %j', (args, name) => {
    expect(() => parseOptions(args)).toThrow(name);
  });
});
