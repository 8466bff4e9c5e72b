// SPDX-License-Identifier: Apache-2.0

/** How a route is tried. */
export interface Example {
  /** A request that succeeds. */
  good: string;
  body?: unknown;
  /** Requests that are wrong, and what the answer names. */
  bad: Array<[path: string, names: string, body?: unknown]>;
  /** Something that does not exist. */
  missing?: string;
  /** Default `body`. */
  missingBody?: unknown;
}

export const listErrors = (path: string): Example['bad'] => [
  [`${path}?limit=0`, 'limit'],
  [`${path}?limit=201`, 'limit'],
  [`${path}?limit=x`, 'limit'],
  [`${path}?cursor=broken`, 'cursor'],
  [`${path}?cursor=`, 'cursor'],
  [`${path}?lmit=1`, 'lmit'],
];

export const pinnedErrors = (path: string): Example['bad'] => [
  ...listErrors(path),
  [`${path}?asOf=yesterday`, 'asOf'],
  [`${path}?asOf=999999999`, 'asOf'],
  [`${path}?asOf=2999-01-01T00:00:00Z`, 'asOf'],
];

export const searchErrors = (path: string): Example['bad'] => [
  ...pinnedErrors(path),
  [`${path}?connection=nowhere`, 'connection'],
  [`${path}?connection=a&connection=b`, 'connection'],
  [`${path}?sort=payload`, 'sort'],
];

/** Of what changed of an account, a group or a space. */
export const changes = (of: string, missing: string): Example => ({
  good: `${of}/changes?only=access&limit=200`,
  bad: [...pinnedErrors(`${of}/changes`), [`${of}/changes?only=names`, 'only']],
  missing: `${missing}/changes`,
});

export const noParameters = (path: string): Example['bad'] => [
  [`${path}?x=1`, 'x'],
];
