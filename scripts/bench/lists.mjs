// SPDX-License-Identifier: Apache-2.0
import { CONNECTION } from './backend.mjs';

const WARM_UPS = 10;

/** The list routes with what fills their paths at a size: the same question everywhere. */
export async function listRoutes(backend) {
  const first = async path => (await backend.get(path)).items[0];
  const { items: groups } = await backend.get('/groups?limit=200');
  const largest = groups.reduce((a, b) => (b.members > a.members ? b : a));
  const account = await first('/accounts?q=bram.okafor');
  const { pageInfo } = await backend.get('/accounts?limit=200');
  const { items: accounts } = await backend.get('/accounts?limit=1');
  const at = `${CONNECTION}/${encodeURIComponent(account.accountId)}`;
  const revision = (await backend.bench('/head')).head;
  return {
    accounts: '/accounts',
    'accounts, second page': `/accounts?${new URLSearchParams({
      limit: 200,
      cursor: pageInfo.nextCursor,
    })}`,
    'accounts by status': '/accounts?sort=-status',
    'accounts with a name': '/accounts?q=gwen',
    'accounts with open findings': '/accounts?findings=open',
    'accounts of nobody': '/accounts?person=unlinked',
    'accounts as of the first sync': '/accounts?asOf=2',
    'one account': `/accounts/${at}`,
    'access of an account': `/accounts/${at}/access`,
    groups: '/groups',
    'groups with a name': '/groups?q=team',
    'members of the largest group': `/groups/${CONNECTION}/${largest.groupId}/members`,
    spaces: '/spaces',
    'one space': `/spaces/${CONNECTION}/POL`,
    'access to a space': `/spaces/${CONNECTION}/POL/access`,
    pages: '/pages',
    'pages with a title': '/pages?q=policy',
    'pages of a label': '/pages?label=policy',
    'pages of a space': '/pages?space=POL',
    findings: '/findings',
    'findings of an account': `/findings?account=${encodeURIComponent(
      accounts[0].accountId,
    )}`,
    'trend of findings': '/findings/trend',
    checks: '/checks',
    'critical systems': '/critical-systems',
    policies: '/policies',
    connections: '/connections',
    runs: `/connections/${CONNECTION}/runs`,
    containers: `/connections/${CONNECTION}/containers`,
    changes: `/changes?since=${revision}`,
    'changes from the start': '/changes',
  };
}

/**
 * Milliseconds of every list route, many times each. Several backends are asked in turn, so that
 * what else the machine does falls on all of them alike.
 */
export async function timeLists(backends, times) {
  const routes = await Promise.all(backends.map(listRoutes));
  const taken = backends.map(() => ({}));
  for (const route of Object.keys(routes[0])) {
    for (let n = -WARM_UPS; n < times; n++) {
      for (const [place, backend] of backends.entries()) {
        const ms = await backend.time(routes[place][route]);
        if (n >= 0) {
          (taken[place][route] ??= []).push(ms);
        }
      }
    }
  }
  return taken;
}
