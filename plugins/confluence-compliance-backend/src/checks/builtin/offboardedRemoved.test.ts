// SPDX-License-Identifier: Apache-2.0
import { resultsOn, SmallWorld, verdictsOn } from '../__testUtils__/judging';
import { offboardedRemoved } from './offboardedRemoved';

describe('what it reads', () => {
  const out = { listed: false };
  const world: SmallWorld = {
    accounts: { ana: out, ben: out, cleo: out, dan: {}, eve: out, nobody: out },
    spaces: { S1: {}, S2: {}, P: { type: 'personal' } },
    grants: [
      'S2/account/ben/read',
      'S2/account/ben/create/page',
      'S1/account/ben/read',
      'S1/account/ana/read',
      'S1/account/unseen/read',
      'S1/account/nobody/read',
      'S1/group/cleo/read',
      'P/account/dan/administer',
    ],
    people: {
      ana: 'employed',
      ben: 'departed',
      cleo: 'departed',
      dan: 'departed',
      eve: 'departed',
      unseen: 'departed',
      elsewhere: 'departed',
    },
    directory: { dan: { accountStatus: 'inactive' } },
    credentials: {
      't-eve': { accountId: 'eve' },
      't-over': { accountId: 'cleo', expiresAt: '2026-03-01T00:00:00Z' },
      't-blocked': { accountId: 'cleo', status: 'BLOCKED' },
      't-robot': { accountId: 'cleo', kind: 'service-account' },
      't-ana': { accountId: 'ana' },
      't-elsewhere': { accountId: 'elsewhere' },
    },
  };
  const verdicts = {
    ana: 'pass employed',
    ben: 'fail still-active',
    cleo: 'pass no-access-here',
    dan: 'pass removed',
    eve: 'fail still-active',
    nobody: 'unknown no-person',
    // Named by a space, and not read as an account.
    unseen: 'unknown status-unknown',
  };

  it('is what spaces, tokens and the organization say of leavers', async () => {
    expect(await verdictsOn(offboardedRemoved, world)).toEqual(verdicts);
    const results = await resultsOn(offboardedRemoved, world);
    const factsOf = (id: string) =>
      results.find(({ subjectId }) => subjectId === id)?.facts;
    expect(factsOf('ben')).toMatchObject({ 'grants.spaces': ['S1', 'S2'] });
    expect(factsOf('eve')).toMatchObject({ 'credentials.tokens': ['t-eve'] });
    expect(factsOf('dan')).toMatchObject({ 'grants.spaces': ['P'] });
  });

  it('names no more than ten spaces, and says how many there are', async () => {
    const grants = Array.from(
      { length: 12 },
      (_, n) => `S${n}/account/ben/read`,
    );
    const results = await resultsOn(offboardedRemoved, { ...world, grants });
    const { facts } = results.find(({ subjectId }) => subjectId === 'ben')!;
    expect(facts['grants.spaces']).toHaveLength(10);
    expect(facts['grants.spacesFound']).toBe(12);
  });

  it.each(['spaces', 'grants'] as const)(
    'passes nobody who left while %s are incomplete, and lets others be',
    async dataset => {
      const reason = `${dataset}-incomplete`;
      const gaps = { [dataset]: reason };
      expect(await verdictsOn(offboardedRemoved, { ...world, gaps })).toEqual({
        ...verdicts,
        cleo: `unknown ${reason}`,
        dan: `unknown ${reason}`,
      });
    },
  );

  it('does not pass by what a broken directory said once', async () => {
    const gaps = { directory: 'directory-failed' };
    expect(await verdictsOn(offboardedRemoved, { ...world, gaps })).toEqual({
      ...verdicts,
      dan: 'unknown directory-failed',
    });
  });

  it('needs no organization', async () => {
    const gaps = {
      directory: 'no-organization-key',
      credentials: 'no-organization-key',
    };
    const { directory, credentials, ...site } = world;
    expect(await verdictsOn(offboardedRemoved, { ...site, gaps })).toEqual({
      ...verdicts,
      dan: 'fail still-active',
      eve: 'pass no-access-here',
    });
  });
});

it('reads its parameters strictly, 24 hours by default', () => {
  const { parameters } = offboardedRemoved;
  expect(parameters.parse({})).toEqual({ sla: { hours: 24 } });
  expect(parameters.parse({ sla: { days: 3 } })).toEqual({ sla: { days: 3 } });
  expect(parameters.safeParse({ sla: { hours: -1 } }).success).toBe(false);
  expect(parameters.safeParse({ slo: {} }).success).toBe(false);
});
