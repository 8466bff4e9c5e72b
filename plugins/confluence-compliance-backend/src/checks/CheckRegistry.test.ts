// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceCheck } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { z } from 'zod';
import { builtinChecks } from './builtin';
import { CheckRegistry } from './CheckRegistry';
import { toReason } from './reasons';

const own: ConfluenceCheck = {
  ...builtinChecks[0],
  id: 'own.check',
  parameters: z.strictObject({ days: z.number().default(3) }),
};

describe('CheckRegistry', () => {
  it('gives each check its parameters, from the schema of the check', () => {
    const registry = CheckRegistry.create([builtinChecks[0]]);
    registry.add(own);
    const checks = registry.configure(
      { 'access.offboarded-removed': { sla: { hours: 4 } } },
      { hours: 6 },
    );
    expect([...checks].map(([id, { parameters }]) => [id, parameters])).toEqual(
      [
        ['access.offboarded-removed', { sla: { hours: 4 } }],
        ['own.check', { days: 3 }],
      ],
    );
  });

  it('gives each check its own schedule, else the common one, and no parameter of it', () => {
    const registry = CheckRegistry.create([builtinChecks[0]]);
    registry.add(own);
    const checks = registry.configure(
      { 'own.check': { schedule: { minutes: 5 }, days: 1 } },
      { hours: 6 },
    );
    expect(checks.get('own.check')?.every).toEqual({ minutes: 5 });
    expect(checks.get('own.check')?.parameters).toEqual({ days: 1 });
    expect(checks.get('access.offboarded-removed')?.every).toEqual({
      hours: 6,
    });
  });

  it.each([
    [
      { 'own.check': { days: 'many' } },
      /^confluenceCompliance\.checks\.own\.check\.days: [^\n]+$/,
    ],
    [
      { 'access.offboarded-removed': { sla: { hours: 'x' } } },
      /^confluenceCompliance\.checks\.access\.offboarded-removed\.sla\.hours: [^\n]+$/,
    ],
    [
      { 'own.check': { dayz: 3 } },
      /^confluenceCompliance\.checks\.own\.check\.dayz: [^\n]+$/,
    ],
    [
      { 'no.check': {} },
      'confluenceCompliance.checks.no.check names no check: use one of access.offboarded-removed, own.check',
    ],
  ])('names what is wrong in %j', (config, message) => {
    const registry = CheckRegistry.create([builtinChecks[0]]);
    registry.add(own);
    expect(() =>
      registry.configure(config as Record<string, Record<string, unknown>>, {
        hours: 6,
      }),
    ).toThrow(message);
  });

  it('refuses a check with a parameter that every check has', () => {
    const parameters = z.strictObject({ schedule: z.string().default('x') });
    expect(() => CheckRegistry.create().add({ ...own, parameters })).toThrow(
      `The parameter 'schedule' of the check own.check is how often every check runs: choose another name`,
    );
  });

  it('refuses a second check of one id, and an id that fits nowhere', () => {
    const registry = CheckRegistry.create();
    expect(() => registry.add(builtinChecks[0])).toThrow(
      `A check 'access.offboarded-removed' is already there: choose another id`,
    );
    expect(() => registry.add({ ...own, id: 'a|b' })).toThrow(
      `The check id 'a|b' must be`,
    );
  });
});

it('has words for every reason', () => {
  expect(toReason('memberships-incomplete').text).toBe(
    'Memberships could not be read completely.',
  );
  expect(toReason('people-never-read').text).toBe(
    'People of the personnel source have not been read yet.',
  );
  expect(toReason('constructor')).toEqual({
    code: 'constructor',
    text: 'constructor',
  });
});
