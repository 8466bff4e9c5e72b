// SPDX-License-Identifier: Apache-2.0
import { Answer, Endpoint } from './api';

/** Below these an answer holds accounts, groups, permissions or roles, which cost double. */
const IDENTITY = /user|group|permission|role/;
const RESTRICTION = /\/restriction(\/|$)/;
/** Facts about the site, and what it recorded, are no objects. */
const FACTS = /\/(settings\/systemInfo|space-role-mode|audit)$/;

function within(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Reflect.get(value, name)
    : undefined;
}

/** Rows of all lists called `user` or `group`, however deep. */
function subjectsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  for (const [name, inner] of Object.entries(value)) {
    const rows = within(inner, 'results');
    const list = (name === 'user' || name === 'group') && Array.isArray(rows);
    sum += list ? rows.length : subjectsIn(inner);
  }
  return sum;
}

/**
 * Points of an answer by the published rule: 1 for the request, 1 for each core object and 2 for
 * each account, group, permission or role it is about. Only Confluence counts points, not the ways in
 * and not the Admin API; what a record carries with it is not counted by itself.
 */
export function pointsOf(endpoint: Endpoint, answer: Answer): number {
  const { template, method } = endpoint;
  if (!template.startsWith('/wiki/')) return 0;
  const writes = method !== 'GET' && !template.endsWith('/users-bulk');
  if (answer.status !== 200 || writes || FACTS.test(template)) return 1;
  if (RESTRICTION.test(template)) return 1 + 2 * subjectsIn(answer.body);
  const rows = within(answer.body, 'results');
  const objects = Array.isArray(rows) ? rows.length : 1;
  return 1 + objects * (IDENTITY.test(template) ? 2 : 1);
}
