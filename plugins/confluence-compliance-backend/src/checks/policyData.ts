// SPDX-License-Identifier: Apache-2.0
import type { PolicyApproval } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { CheckPolicy } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import type { NamedPage, NamedSpace, Revision } from '../history';
import type { FoundStructure, PolicyState } from '../policies';
import type { Subjects } from './CheckScope';
import type { SubjectGaps } from './SubjectGaps';

const NOTHING_FOUND = {
  empty: false,
  missingHeadings: [],
  emptyHeadings: [],
  placeholders: [],
  cut: false,
};

/** The required policies of a connection, as checks see them at one revision. */
export async function policiesOf(
  options: { asOf: Revision; subjects: Subjects; gaps: SubjectGaps },
  connection: string,
): Promise<CheckPolicy[]> {
  const { asOf, subjects, gaps } = options;
  const policies = await subjects.policies.list({
    revision: asOf,
    connections: [connection],
  });
  return Promise.all(
    policies.map(async policy => {
      const { approvals } = subjects.policies;
      const approved = await approvals.list(policy.id, connection);
      const acknowledged = await subjects.policies.acknowledgedOf(policy);
      return {
        id: policy.id,
        ...(policy.reviewEvery && { reviewEvery: policy.reviewEvery }),
        pages: await Promise.all(
          policy.pages.map(async page => {
            const own = approved.filter(({ pageId }) => pageId === page.id);
            const read = await subjects.policies.structureOf(policy, page.id);
            return {
              ...pageOf(gaps, connection, page),
              ...approvalOf(own),
              ...textOf(read, own[0]),
              ...structureOf(read),
              ...(await editorsOf(subjects, policy, page.id)),
            };
          }),
        ),
        ...(acknowledged && { acknowledged }),
        ...restsOn(gaps, policy),
      };
    }),
  );
}

/** The newest version that was approved of a page, and when one was approved as a whole. */
function approvalOf(newestFirst: PolicyApproval[]) {
  const [newest] = newestFirst;
  const whole = newestFirst.find(({ minorEdit }) => !minorEdit);
  return {
    ...(newest && {
      approval: { version: newest.version, contentHash: newest.contentHash },
    }),
    ...(whole && { reviewedAt: whole.at }),
  };
}

/** An approval reads the page itself: another text that was read before it is over. */
function textOf(
  read: FoundStructure | undefined,
  newest: PolicyApproval | undefined,
): Pick<CheckPolicy['pages'][number], 'text'> {
  if (!read?.contentHash) {
    return {};
  }
  const { version, contentHash, readAt } = read;
  const isOver =
    newest && newest.contentHash !== contentHash && readAt < newest.at;
  return isOver ? {} : { text: { version, contentHash } };
}

function structureOf(
  known: FoundStructure | undefined,
): Pick<CheckPolicy['pages'][number], 'structure'> {
  if (!known) {
    return {};
  }
  const { version, found = NOTHING_FOUND, failed } = known;
  return { structure: { ...found, version, ...(failed && { failed }) } };
}

async function editorsOf(
  { policies }: Subjects,
  policy: PolicyState,
  pageId: string,
): Promise<Pick<CheckPolicy['pages'][number], 'editors'>> {
  const said = (await policies.editorsOf(policy, pageId))?.said;
  return said ? { editors: said } : {};
}

function pageOf(
  gaps: SubjectGaps,
  connection: string,
  { id, payload }: NamedPage,
): CheckPolicy['pages'][number] {
  if (!payload) {
    // A label is only listed on pages that are current.
    return { id, status: 'current' };
  }
  const { status, ownerId, version, versionAt, spaceId } = payload;
  const gap = gaps.of(connection, 'pages', spaceId);
  return {
    id,
    status,
    spaceId,
    ownerId,
    version,
    versionAt,
    ...(gap && { gap }),
  };
}

/** What would show another page, or that the pages are not what they seem. */
function restsOn(
  gaps: SubjectGaps,
  { connection, page, pages, space }: PolicyState,
): Pick<CheckPolicy, 'requires' | 'gap'> {
  if (pages.some(({ outOfScope }) => outOfScope)) {
    return { requires: [], gap: 'pages-not-visible' };
  }
  if (page.by === 'label') {
    return { requires: [], gap: gaps.of(connection, 'labels', page.label) };
  }
  if (page.by === 'id') {
    const spaceId = pages[0]?.payload?.spaceId;
    return spaceId === undefined
      ? // It could be in any space.
        { requires: ['pages'] }
      : { requires: [], gap: gaps.of(connection, 'pages', spaceId) };
  }
  return { requires: [], gap: gapOf(gaps, connection, space) };
}

/** Why a page of a space may be there that was not found. */
function gapOf(
  gaps: SubjectGaps,
  connection: string,
  space: NamedSpace | undefined,
): string | undefined {
  if (!space || !space.stands) {
    const why = space ? 'space-gone' : 'space-not-found';
    return gaps.of(connection, 'spaces') ?? why;
  }
  return space.outOfScope
    ? 'space-not-visible'
    : gaps.of(connection, 'pages', space.id);
}
