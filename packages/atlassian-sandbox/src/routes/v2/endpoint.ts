// SPDX-License-Identifier: Apache-2.0
import { Endpoint } from '../../api';

/** Something of a site that v2 tells whoever has one scope. */
export function v2Get(
  path: string,
  scope: string,
  answer: Endpoint['answer'],
): Endpoint {
  return {
    method: 'GET',
    template: `/wiki/api/v2${path}`,
    guard: 'site',
    scopes: [[scope]],
    answer,
  };
}
