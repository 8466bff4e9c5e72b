// SPDX-License-Identifier: Apache-2.0
import { CONNECTION } from './backend.mjs';

/** Above this many members a group's own number is a fact of the group. */
const RELATION_LIMIT = 500;

/** Everything of a list. */
async function all(backend, path) {
  const items = [];
  let cursor;
  do {
    const query = new URLSearchParams({
      limit: 200,
      ...(cursor && { cursor }),
    });
    const page = await backend.get(`${path}?${query}`);
    items.push(...page.items);
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return items;
}

/** Every n-th so that a share is left, at least one. */
function some(items, share) {
  const wanted = Math.max(1, Math.round(items.length * share));
  const step = items.length / wanted;
  return Array.from({ length: wanted }, (_, n) => items[Math.floor(n * step)]);
}

/**
 * Changes 1 % of the accounts, groups, memberships and pages.
 * Returns how many changes that were, and the subjects the feed must tell of.
 */
export async function changeSome(world, backend, share = 0.01) {
  const [accounts, groups, pages] = await Promise.all(
    ['/accounts', '/groups', '/pages'].map(path => all(backend, path)),
  );
  // Far from the limit: a group that crosses it is news for all its members.
  const generated = groups.filter(
    ({ name, members }) =>
      name.startsWith('team-') && members > 0 && members < RELATION_LIMIT / 2,
  );
  const active = accounts.filter(
    ({ status, accountId }) =>
      status === 'active' && accountId.startsWith('712020:'),
  );
  const current = pages.filter(({ status }) => status === 'current');
  const subjects = new Set();
  let changes = 0;
  const change = async (name, body, ...touched) => {
    await world.ask(`/changes/${name}`, { method: 'POST', body });
    touched.forEach(subject => subjects.add(subject));
    changes += 1;
  };

  const chosen = some(active, share * 2);
  for (const [n, { accountId: account }] of chosen.entries()) {
    const subject = `account ${account}`;
    if (n % 2 === 0) {
      await change('deactivate', { account }, subject);
    } else {
      const { memberOf } = await backend.get(
        `/accounts/${CONNECTION}/${encodeURIComponent(account)}`,
      );
      const isIn = new Set(memberOf.map(({ groupId }) => groupId));
      const left = memberOf.find(({ groupId }) =>
        generated.some(group => group.groupId === groupId),
      );
      const next = n % generated.length;
      const joined = [
        ...generated.slice(next),
        ...generated.slice(0, next),
      ].find(({ groupId }) => !isIn.has(groupId));
      if (left) {
        await change(
          'removeFromGroup',
          { account, group: left.groupId },
          subject,
        );
      }
      if (joined) {
        await change('addToGroup', { account, group: joined.groupId }, subject);
      }
    }
  }
  for (const { groupId: group, name } of some(generated, share)) {
    await change(
      'renameGroup',
      { group, name: `${name} new` },
      `group ${group}`,
    );
  }
  const labelled = current.filter(({ labels }) => labels.includes('policy'));
  for (const { pageId: page } of some(labelled, share)) {
    await change('editPage', { page }, `page ${page}`);
  }
  // Nobody was told of pages without a label of ours, and nobody is told of their changes.
  const others = current.filter(({ labels }) => labels.length === 0);
  for (const { pageId: page } of some(others, share)) {
    await change('editPage', { page });
  }
  return { changes, subjects };
}
