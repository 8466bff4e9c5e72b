// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { ObservedRow } from '../types';
import { ReadMode, ReadOutcome } from '../words';

/** A container that the tests read, and the keys it can hold. */
export interface Spec {
  dataset: string;
  container: string;
  keys: number;
  kind: 'sync' | 'check';
}

export const CONNECTIONS = ['acme', 'beta'];

const sync = (dataset: string, container: string, keys: number): Spec => ({
  dataset,
  container,
  keys,
  kind: 'sync',
});

export const SPECS: Spec[] = [
  sync('accounts', 'site', 16),
  sync('groups', 'site', 2),
  sync('memberships', 'g0', 13),
  sync('memberships', 'g1', 4),
  sync('spaces', 'site', 2),
  sync('grants', 's0', 13),
  sync('grants', 's1', 3),
  sync('pages', 's0', 14),
  sync('pages', 's1', 14),
  sync('labels', 'policy', 3),
  sync('restrictions', 'site', 3),
  { dataset: 'results', container: 'k0', keys: 13, kind: 'check' },
  { dataset: 'results', container: 'k1', keys: 3, kind: 'check' },
];

/** One container as a reader sees it in one run. */
export interface Observation {
  spec: Spec;
  mode: ReadMode;
  outcome: ReadOutcome;
  scope: string;
  seen: number[];
  /** Which of two states each row is in: bit by bit. */
  variants: number;
  /** Which names the accounts have; 0 for none told. */
  names: number;
  interruption: 'none' | 'resume' | 'restart' | 'repeat';
}

/** One run: its observations and what goes wrong when it publishes. */
export interface Run {
  connection: string;
  kind: 'sync' | 'check';
  observations: Observation[];
  fault: 'none' | 'fence' | 'record';
  /** A row that somebody puts (0, 1) or removes (2) before it publishes. */
  meddle?: { dataset: string; index: number; action: number };
}

export type Command =
  | { type: 'runs'; runs: Run[] }
  | { type: 'link'; connection: string; index: number; person: number }
  | { type: 'accept'; pick: number }
  | { type: 'poll'; limit: number };

/** The row of a container as it looks in one of its two states. */
export function rowOf(
  spec: Pick<Spec, 'dataset' | 'container'>,
  connection: string,
  index: number,
  variant: number,
): ObservedRow {
  const { container } = spec;
  const account = `${connection}-a${index}`;
  switch (spec.dataset) {
    case 'accounts':
      return {
        key: account,
        payload: {
          accountType: 'atlassian',
          accountStatus: variant ? 'inactive' : 'active',
          class: 'person',
          listed: true,
        },
      };
    case 'groups':
      return {
        key: `g${index}`,
        payload: {
          name: `Team ${index} ${variant}`,
          managedBy: 'ADMINS',
          usageType: 'TEAM',
        },
      };
    case 'memberships':
      return {
        key: `${container}/${account}`,
        payload: { groupId: container, accountId: account },
      };
    case 'spaces':
      return {
        key: `s${index}`,
        payload: {
          key: `S${index}`,
          name: `Space ${variant}`,
          type: 'global',
          status: 'current',
        },
      };
    case 'grants':
      return {
        key: `${container}/account/${account}/read/space`,
        payload: {
          spaceId: container,
          principalType: 'account',
          principalId: account,
          operation: 'read',
          target: 'space',
          role: null,
        },
      };
    case 'pages':
      return {
        key: `p${index}`,
        payload: {
          spaceId: container,
          title: `Page ${variant}`,
          status: 'current',
          parentId: null,
          ownerId: null,
          version: variant,
          versionAt: null,
          versionBy: null,
        },
      };
    case 'labels':
      return {
        key: `policy/p${index}`,
        payload: { pageId: `p${index}`, label: 'policy' },
      };
    case 'restrictions':
      return {
        key: `p${index}`,
        payload: { read: variant ? 'own' : 'open', from: null },
      };
    default:
      return {
        key: `${container}|account|${account}`,
        payload: {
          checkId: container,
          subjectKind: 'account',
          subjectId: account,
          verdict: variant ? 'fail' : 'pass',
          reason: 'r',
          facts: { variant },
          accountId: account,
          resource: null,
        },
      };
  }
}

/** The rows of an observation, with profiles where names are told. */
export function rowsOf(connection: string, seen: Observation): ObservedRow[] {
  return seen.seen.map(index => {
    const variant = Math.floor(seen.variants / 2 ** index) % 2;
    const row = rowOf(seen.spec, connection, index, variant);
    return seen.spec.dataset === 'accounts' && seen.names > 0
      ? {
          ...row,
          profile: {
            kind: 'account',
            id: row.key,
            name: `Name ${seen.names}`,
          },
        }
      : row;
  });
}

const observation = (spec: Spec): fc.Arbitrary<Observation> => {
  const all = Array.from({ length: spec.keys }, (_, index) => index);
  return fc.record({
    spec: fc.constant(spec),
    mode: fc.oneof(
      { weight: 4, arbitrary: fc.constant<ReadMode>('full') },
      { weight: 1, arbitrary: fc.constant<ReadMode>('incremental') },
      {
        weight: spec.kind === 'check' ? 8 : 0,
        arbitrary: fc.constant<ReadMode>('difference'),
      },
    ),
    outcome: fc.oneof(
      { weight: 4, arbitrary: fc.constant<ReadOutcome>('complete') },
      {
        weight: 2,
        arbitrary: fc.constantFrom<ReadOutcome>(
          'partial',
          'partial',
          'not-visible',
          'failed',
        ),
      },
    ),
    scope: fc.oneof(
      { weight: 4, arbitrary: fc.constant('wide') },
      { weight: 1, arbitrary: fc.constant('narrow') },
    ),
    seen: fc.oneof(
      { weight: 3, arbitrary: fc.constant(all) },
      { weight: 2, arbitrary: fc.shuffledSubarray(all) },
      {
        weight: 2,
        arbitrary: fc.shuffledSubarray(all, {
          minLength: Math.max(0, spec.keys - 3),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.shuffledSubarray(all, {
          maxLength: Math.min(2, spec.keys),
        }),
      },
    ),
    variants: fc.oneof(
      fc.constant(0),
      fc.constant(1),
      fc.nat({ max: 2 ** spec.keys - 1 }),
    ),
    names: fc.nat({ max: 2 }),
    interruption: fc.constantFrom(
      'none' as const,
      'none' as const,
      'resume' as const,
      'restart' as const,
      'repeat' as const,
    ),
  });
};

const run = (connection: string, kind: 'sync' | 'check'): fc.Arbitrary<Run> => {
  const specs = SPECS.filter(spec => spec.kind === kind);
  return fc
    .shuffledSubarray(specs, { minLength: 1 })
    .chain(chosen => fc.tuple(...chosen.map(observation)))
    .chain(observations =>
      fc.record({
        connection: fc.constant(connection),
        kind: fc.constant(kind),
        observations: fc.constant(observations),
        fault: fc.constantFrom(
          'none' as const,
          'none' as const,
          'fence' as const,
          'record' as const,
        ),
        meddle: fc.option(
          fc.record({
            dataset: fc.constantFrom(
              ...(kind === 'sync' ? ['accounts', 'groups'] : ['results']),
            ),
            index: fc.nat({ max: 1 }),
            action: fc.nat({ max: 2 }),
          }),
          { nil: undefined, freq: 3 },
        ),
      }),
    );
};

const runs: fc.Arbitrary<Run[]> = fc
  .shuffledSubarray(
    CONNECTIONS.flatMap(connection => [
      run(connection, 'sync'),
      run(connection, 'check'),
    ]),
    { minLength: 1, maxLength: 3 },
  )
  .chain(chosen => fc.tuple(...chosen));

/** Any course of events, kept short enough to try many. */
export const commands: fc.Arbitrary<Command[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: runs.map(all => ({ type: 'runs' as const, runs: all })),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        type: fc.constant('link' as const),
        connection: fc.constantFrom(...CONNECTIONS),
        index: fc.nat({ max: 3 }),
        person: fc.nat({ max: 2 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('accept' as const),
        pick: fc.nat({ max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('poll' as const),
        limit: fc.integer({ min: 1, max: 7 }),
      }),
    },
  ),
  { minLength: 3, maxLength: 9 },
);
