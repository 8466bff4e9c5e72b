// SPDX-License-Identifier: Apache-2.0

/** Page sizes of the lists, as the client asks for them. */
const PAGE = {
  groups: 200,
  members: 200,
  users: 200,
  accounts: 250,
  spaces: 250,
  permissions: 250,
  pages: 250,
  labelled: 50,
  ancestors: 50,
  audit: 1000,
};

/** Where the user search ends, however many there are. */
const SEARCH_END = 10_000;

const pages = (rows, size) => Math.max(1, Math.ceil(rows / size));
const sum = numbers => numbers.reduce((total, number) => total + number, 0);

/**
 * Requests that a whole read cannot do without, by list: for each container its rows by the page
 * size, at least one. Pages above labelled ones are asked for only where there are any.
 */
export function expectedRequests(lengths) {
  const each = name => sum(lengths[name].map(rows => pages(rows, PAGE[name])));
  const once = name => pages(lengths[name], PAGE[name]);
  return {
    groups: once('groups'),
    members: each('members'),
    users: pages(Math.min(lengths.users, SEARCH_END), PAGE.users),
    accounts: once('accounts'),
    spaces: once('spaces'),
    permissions: each('permissions'),
    pages: each('pages'),
    labelled: each('labelled'),
    ancestors: Math.ceil(lengths.ancestors / PAGE.ancestors),
    audit: once('audit'),
  };
}

/** All of them together. */
export function totalRequests(expected) {
  return sum(Object.values(expected));
}

/**
 * Requests that sign in and ask as whom, and those that confirm one disappearance, by their endpoints.
 */
const SIGN_IN = [
  'POST /oauth/token',
  'GET /_edge/tenant_info',
  'GET /wiki/rest/api/user/current',
];
const CONFIRMING = [
  'GET /wiki/rest/api/user/memberof',
  'GET /wiki/rest/api/group/by-id',
  'GET /wiki/api/v2/spaces/{id}',
  'GET /wiki/api/v2/pages/{id}',
  'GET /wiki/api/v2/pages/{id}/labels',
];

/** Parts the sandbox's counters into reading, confirming and signing in. */
export function partRequests(byEndpoint) {
  const parted = { reading: 0, confirming: 0, signingIn: 0 };
  for (const [endpoint, count] of Object.entries(byEndpoint)) {
    if (SIGN_IN.includes(endpoint)) {
      parted.signingIn += count;
    } else if (CONFIRMING.includes(endpoint)) {
      parted.confirming += count;
    } else {
      parted.reading += count;
    }
  }
  return parted;
}

/** The value below which a part of the numbers lies; the nearest rank. */
export function percentile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
}

export function median(numbers) {
  return percentile(numbers, 0.5);
}

/** The route whose 95th percentile grew most from one size to the other. */
export function worstGrowth(base, grown) {
  return Object.keys(base)
    .map(route => {
      const from = percentile(base[route], 0.95);
      const to = percentile(grown[route], 0.95);
      return { route, from, to, ratio: to / from };
    })
    .sort((a, b) => b.ratio - a.ratio);
}

/** Intervals of the datasets that a sync writes. */
export function syncIntervals(written) {
  const { results, identity_links, people, ...synced } = written;
  return allIntervals(synced);
}

export function allIntervals(written) {
  return sum(Object.values(written).map(w => w.opened + w.closed));
}
