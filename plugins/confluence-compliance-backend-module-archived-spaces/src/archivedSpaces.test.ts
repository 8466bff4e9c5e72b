// SPDX-License-Identifier: Apache-2.0
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  type CheckData,
  type CheckGrant,
  type CheckResult,
  confluenceComplianceChecksExtensionPoint,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { archivedSpaces } from './archivedSpaces';
import archivedSpacesModule from './index';

/** Spaces by id with their status; grants as `<space>/<operation>`; containers that are incomplete. */
function dataOf(
  spaces: Record<string, string>,
  grants: string[],
  gaps: string[] = [],
): CheckData {
  const data: Partial<CheckData> = {
    async *spaces() {
      yield Object.entries(spaces).map(([key, status]) => ({
        key,
        payload: { key, name: key, type: 'global', status },
      }));
    },
    async *grants() {
      yield grants.map(key => {
        const [spaceId, operation] = key.split('/');
        return { key, payload: { spaceId, operation } as CheckGrant };
      });
    },
    gap: (_, dataset, key) =>
      gaps.includes(`${dataset}/${key}`) ? `${dataset}-incomplete` : undefined,
  };
  return data as CheckData;
}

async function verdicts(data: CheckData, parameters = {}) {
  const found: CheckResult[] = [];
  const results = archivedSpaces.evaluate({
    revision: 1,
    connections: ['acme'],
    parameters: archivedSpaces.parameters.parse(parameters),
    now: new Date(),
    signal: new AbortController().signal,
    data,
  });
  for await (const result of results) {
    found.push(result);
  }
  return Object.fromEntries(
    found.map(({ subjectId, verdict, reason, gap }) => [
      subjectId,
      [verdict, reason, ...(gap ? [gap] : [])].join(' '),
    ]),
  );
}

const spaces = { S1: 'archived', S2: 'archived', S3: 'current' };
const grants = [
  'S1/read',
  'S1/create',
  'S1/administer',
  'S2/read',
  'S3/create',
];

describe('company.archived-spaces-read-only', () => {
  it('fails an archived space that people can still change', async () => {
    expect(await verdicts(dataOf(spaces, grants))).toEqual({
      S1: 'fail archived-can-change',
      S2: 'pass archived-read-only',
      S3: 'not-applicable not-archived',
    });
    const allowed = { allowed: ['read', 'administer', 'create'] };
    expect((await verdicts(dataOf(spaces, grants), allowed)).S1).toBe(
      'pass archived-read-only',
    );
    const none = { allowed: [] };
    expect((await verdicts(dataOf(spaces, grants), none)).S2).toBe(
      'fail archived-can-change',
    );
  });

  it('leaves what is not known to the runner, and still fails what was seen', async () => {
    const gaps = ['grants/S1', 'grants/S2'];
    expect(await verdicts(dataOf(spaces, grants, gaps))).toMatchObject({
      S1: 'fail archived-can-change',
      S2: 'pass archived-read-only grants-incomplete',
    });
  });

  it('says each of its reasons in words', async () => {
    const reasons = Object.values(await verdicts(dataOf(spaces, grants))).map(
      verdict => verdict.split(' ')[1],
    );
    expect(Object.keys(archivedSpaces.reasons ?? {}).sort()).toEqual(
      reasons.sort(),
    );
  });

  it('is added to the checks of the plugin', async () => {
    const addCheck = jest.fn();
    await startTestBackend({
      extensionPoints: [
        [confluenceComplianceChecksExtensionPoint, { addCheck }],
      ],
      features: [archivedSpacesModule],
    });
    expect(addCheck).toHaveBeenCalledWith(archivedSpaces);
  });
});
