// SPDX-License-Identifier: Apache-2.0
import type {
  Remediation,
  ResidualAccess,
  ResidualPath,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type {
  AccountAccess,
  CardReads,
  History,
  Lists,
  Revision,
} from '../history';
import { proofOf, type ProofOptions } from './proof';
import type { ItemRow } from './rows';

/** Paths that are told, and pairs of space and principal that are looked at. */
const MOST = 50;
const LOOKED_AT = 2_000;
const PAGE = 200;

/** What access is computed from; where one of them is not whole, there may be more. */
const BEHIND = [
  'grants',
  'memberships',
  'spaces',
  'groups',
  'accounts',
  'directory',
];

export interface ResidualOptions {
  history: Pick<History, 'head' | 'rows'>;
  lists: Pick<Lists, 'access'>;
  cards: Pick<CardReads, 'whyUnknownAt'>;
}

/** What became of a revoked item, and what its account still reaches; see `proofOf`, `residualOf`. */
export async function remediationOf(
  options: ProofOptions & ResidualOptions,
  item: ItemRow,
  pinned: Revision,
): Promise<Remediation> {
  const proof = await proofOf(options, item);
  if (proof.state === 'waiting') {
    return proof;
  }
  const residual = await residualOf(options, item, pinned);
  return residual ? { ...proof, residual } : proof;
}

/**
 * What the account of a revoked item still reaches now of what the item gave: its space, or the spaces
 * in which its group was granted something; each path by what grants it. Undefined of groups and access
 * classes. Whether the assignment itself is gone is another question.
 */
async function residualOf(
  { history, lists, cards }: ResidualOptions,
  item: ItemRow,
  pinned: Revision,
): Promise<ResidualAccess | undefined> {
  if (item.principal_kind !== 'account') {
    return undefined;
  }
  const { connection, container, principal_id: accountId } = item;
  const revision = await history.head();
  const place = { connection, revision };
  const spaces = await spacesOf({ history }, item, pinned);
  const own = (access: AccountAccess) =>
    item.dataset === 'grants'
      ? access.principal.type === 'account'
      : access.principal.type === 'group' && access.principal.id === container;
  const found: AccountAccess[] = [];
  let cursor: string | undefined;
  let looked = 0;
  do {
    const page = await lists.access.ofAccount({
      ...place,
      accountId,
      limit: PAGE,
      cursor,
    });
    found.push(
      ...page.items.filter(
        one => spaces.has(one.space.id) && one.effective !== 'no' && !own(one),
      ),
    );
    looked += page.items.length;
    cursor = page.pageInfo.nextCursor;
  } while (cursor && looked < LOOKED_AT && found.length <= MOST);
  const code =
    cursor || found.length > MOST
      ? 'too-many'
      : await cards.whyUnknownAt(connection, BEHIND, revision);
  return {
    paths: found.slice(0, MOST).map(toPath),
    ...(code && { unknown: { code, text: 'There may be more' } }),
  };
}

/** The spaces that the item led to when its review was pinned. */
async function spacesOf(
  { history }: Pick<ResidualOptions, 'history'>,
  { connection: source, dataset, container }: ItemRow,
  asOf: Revision,
): Promise<Set<string>> {
  if (dataset === 'grants') {
    return new Set([container]);
  }
  const only = { principalType: 'group', principalId: container };
  const spaces = new Set<string>();
  for await (const rows of history.rows('grants', { source, only, asOf })) {
    rows.forEach(({ payload }) => spaces.add(payload.spaceId));
  }
  return spaces;
}

function toPath(access: AccountAccess): ResidualPath {
  const { space, principal, level, operations, effective } = access;
  const { type, id, name } = principal;
  return {
    space: space.id,
    title: space.name,
    through:
      type === 'group'
        ? { kind: type, id, name }
        : { kind: type === 'account' ? type : 'access-class', id },
    level,
    operations,
    effective: effective === 'yes' ? 'yes' : 'perhaps',
  };
}
