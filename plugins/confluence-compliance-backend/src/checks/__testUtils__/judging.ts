// SPDX-License-Identifier: Apache-2.0
import type {
  CheckAccount,
  CheckAudit,
  CheckCredential,
  CheckCriticalSystem,
  CheckDirectoryEntry,
  CheckEvidence,
  CheckGrant,
  CheckPerson,
  CheckPolicy,
  CheckRestriction,
  CheckResult,
  CheckRevocation,
  CheckRow,
  CheckRows,
  CheckSpace,
  ConfluenceCheck,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { z } from 'zod';
import type { Gap } from '../completeness';
import { decide } from '../decide';
import { toReason } from '../reasons';

const signal = new AbortController().signal;

/** What a check sees of the connection `acme`; whatever is not said is not there. */
export interface SmallWorld {
  accounts?: Record<string, Partial<CheckAccount>>;
  /** Account ids by group id. */
  groups?: Record<string, string[]>;
  spaces?: Record<string, Partial<CheckSpace>>;
  /** `<space>/<type>/<principal>/<operation>`, and `/<target>` where it is not the space. */
  grants?: string[];
  /** Persons by account id. */
  people?: Record<string, CheckPerson['status']>;
  directory?: Record<string, Partial<CheckDirectoryEntry>>;
  credentials?: Record<string, Partial<CheckCredential>>;
  policies?: CheckPolicy[];
  /** By page id. */
  restrictions?: Record<string, Partial<CheckRestriction>>;
  criticalSystems?: CheckCriticalSystem[];
  /** `<dataset>/<container>/<type>/<principal>/<decision>`, in order. */
  reviewed?: string[];
  revocations?: Record<string, CheckRevocation>;
  audit?: CheckAudit;
  evidence?: CheckEvidence;
  /** Refs of owners that somebody named, by account id. */
  owners?: Record<string, string>;
  /** Emails by account id. */
  emails?: Record<string, string>;
  /** Reasons by dataset, or by dataset and container as `grants/S1`. */
  gaps?: Record<string, string>;
}

async function* pageOf<P>(rows: CheckRow<P>[]): CheckRows<P> {
  if (rows.length > 0) {
    yield rows;
  }
}

const rowsOf = <P>(all: Record<string, Partial<P>> = {}, fill: P) =>
  Object.entries(all).map(([key, own]) => ({
    key,
    payload: { ...fill, ...own },
  }));

const plainAccount: CheckAccount = {
  accountType: 'atlassian',
  accountStatus: 'active',
  class: 'person',
  listed: true,
};
const plainEntry: CheckDirectoryEntry = {
  claimStatus: 'managed',
  accountStatus: 'active',
  membershipStatus: 'active',
  mfa: 'enabled',
  managementSource: 'synced',
  platformRoles: [],
  roles: [],
  licensed: true,
};
const plainCredential: CheckCredential = {
  kind: 'api-token',
  accountId: 'ana',
  status: 'ALLOWED',
  createdAt: '2026-01-01T00:00:00Z',
  expiresAt: '2026-06-01T00:00:00Z',
  createdBy: null,
};
const plainSpace: CheckSpace = {
  key: 'ENG',
  name: 'Engineering',
  type: 'global',
  status: 'current',
};

/** The present of every table of verdicts. */
export const NOW = new Date('2026-03-10T12:00:00Z');

function dataOf(world: SmallWorld): any {
  const accounts = rowsOf(world.accounts, plainAccount);
  const directory = rowsOf(world.directory, plainEntry);
  const pick = <P>(rows: CheckRow<P>[], ids: string[]) =>
    new Map(
      rows
        .filter(({ key }) => ids.includes(key))
        .map(({ key, payload }) => [key, payload]),
    );
  const grants = (world.grants ?? []).map(key => {
    const [spaceId, principalType, principalId, operation, target = 'space'] =
      key.split('/');
    return {
      key,
      payload: { spaceId, principalType, principalId, operation, target },
    };
  });
  const groups = Object.entries(world.groups ?? {});
  const emailOf = (id: string) => world.emails?.[id];
  return {
    accounts: () => pageOf(accounts),
    accountsOf: async (_: string, ids: string[]) => pick(accounts, ids),
    groups: () =>
      pageOf(
        groups.map(([key]) => ({
          key,
          payload: { name: `name-of-${key}`, managedBy: '', usageType: '' },
        })),
      ),
    memberships: () =>
      pageOf(
        groups.flatMap(([groupId, ids]) =>
          ids.map(accountId => ({
            key: `${groupId}/${accountId}`,
            payload: { groupId, accountId },
          })),
        ),
      ),
    spaces: () => pageOf(rowsOf(world.spaces, plainSpace)),
    grants: (_: string, only: Partial<CheckGrant> = {}) =>
      pageOf(
        grants.filter(({ payload }) =>
          Object.entries(only).every(
            ([field, value]) =>
              value === undefined ||
              payload[field as keyof CheckGrant] === value,
          ),
        ),
      ),
    restrictions: () =>
      pageOf(
        rowsOf<CheckRestriction>(world.restrictions, {
          read: 'open',
          from: null,
        }),
      ),
    directory: () => pageOf(directory),
    directoryOf: async (_: string, ids: string[]) => pick(directory, ids),
    credentials: () => pageOf(rowsOf(world.credentials, plainCredential)),
    audit: async () => world.audit,
    evidence: async () => world.evidence,
    policies: async () => world.policies ?? [],
    criticalSystems: async () => world.criticalSystems ?? [],
    reviewed: () =>
      pageOf(
        (world.reviewed ?? []).map(key => {
          const [dataset, container, principalType, principalId, decision] =
            key.split('/');
          return {
            key,
            payload: {
              dataset,
              container,
              principalType,
              principalId,
              decision,
            },
          };
        }),
      ),
    revocations: () =>
      pageOf(
        Object.entries(world.revocations ?? {}).map(([key, payload]) => ({
          key,
          payload,
        })),
      ),
    outsiders: async () => undefined,
    owners: async (ids: string[]) =>
      new Map(
        Object.entries(world.owners ?? {}).filter(([id]) => ids.includes(id)),
      ),
    knownEmails: async (ids: string[]) => new Set(ids.filter(emailOf)),
    accountsNamed: async (ids: string[], words: string[]) =>
      new Set(
        ids.filter(id => words.includes(emailOf(id)?.split('@')[0] ?? '')),
      ),
    peopleByAccount: async () =>
      new Map(
        Object.entries(world.people ?? {}).map(([id, status]) => [
          id,
          { status, endDate: null, departedAt: null },
        ]),
      ),
    people: () =>
      pageOf(
        Object.entries(world.people ?? {}).map(([id, status]) => ({
          key: `user:default/${id}`,
          payload: { status, endDate: null, departedAt: null },
        })),
      ),
    links: () =>
      pageOf(
        Object.keys(world.people ?? {}).map(key => ({
          key,
          payload: { person: `user:default/${key}`, source: '', how: 'email' },
        })),
      ),
    gap: (_: string, dataset: string, key?: string) =>
      world.gaps?.[key === undefined ? dataset : `${dataset}/${key}`] ??
      (key === undefined ? undefined : world.gaps?.[dataset]),
  };
}

/** What a check finds and the runner makes of it. */
export async function resultsOn<S extends z.ZodType>(
  check: ConfluenceCheck<S>,
  world: SmallWorld,
  parameters: z.input<S> | object = {},
): Promise<CheckResult[]> {
  const gaps: Gap[] = Object.entries(world.gaps ?? {}).map(
    ([name, reason]) => ({
      connection: 'acme',
      dataset: name.split('/')[0] as Gap['dataset'],
      reason,
    }),
  );
  const required = gaps.filter(
    ({ dataset }) => dataset && check.requires.includes(dataset),
  );
  const found: CheckResult[] = [];
  const results = check.evaluate({
    revision: 1,
    connections: ['acme'],
    parameters: check.parameters.parse(parameters) as z.output<S>,
    now: NOW,
    signal,
    data: dataOf(world),
  });
  for await (const result of results) {
    // Nothing was judged before.
    if (result.onlyIfJudgedBefore) {
      continue;
    }
    const decided = decide(result, check.requires, required);
    if (toReason(decided.reason).text === decided.reason) {
      throw new Error(`The reason '${decided.reason}' has no words`);
    }
    found.push({ ...result, ...decided });
  }
  return found;
}

/** The verdicts by subject, each as `<verdict> <reason>`. */
export async function verdictsOn<S extends z.ZodType>(
  check: ConfluenceCheck<S>,
  world: SmallWorld,
  parameters: z.input<S> | object = {},
): Promise<Record<string, string>> {
  const results = await resultsOn(check, world, parameters);
  return Object.fromEntries(
    results.map(({ subjectId, verdict, reason }) => [
      subjectId,
      `${verdict} ${reason}`,
    ]),
  );
}
