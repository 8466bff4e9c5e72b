// SPDX-License-Identifier: Apache-2.0
import { Answer, ApiRequest, Refusal } from '../api';

/** The error envelope of the Admin API. */
export const failed = (
  status: number,
  code: string,
  title: string,
): Answer => ({
  status,
  body: {
    errors: [
      {
        id: '00000000-0000-0000-0000-000000000000',
        status: String(status),
        code,
        title,
        detail: title,
      },
    ],
  },
});

/** Refuses a path that names another organization than the key's. */
export function checkOrganization({ world, params }: ApiRequest): void {
  if (params.orgId !== world.orgId)
    throw new Refusal(failed(404, 'ADMIN-404-2', 'Organization not found'));
}

/** How many rows a list of the Admin API answers: 1 to 100. */
export function adminLimit(asked: unknown, fallback: number): number {
  const limit = asked === undefined ? fallback : Number(asked);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new Refusal(
      failed(400, 'ADMIN-400-1', 'limit must be from 1 to 100'),
    );
  return limit;
}
