// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceComplianceApi } from '../../api';
import { emptied } from './emptied';
import { withHostileText } from './hostile';
import { partial } from './partial';
import { permissions, refuse } from './refused';

/** What the pages can be shown over. */
export const dataStates = [
  'full',
  'empty',
  'loading',
  'partial',
  'error',
  'forbidden',
  'gone',
  'hostile',
] as const;

export type DataState = (typeof dataStates)[number];

type Name = keyof ConfluenceComplianceApi;
type Call = (name: Name, full: () => Promise<unknown>) => Promise<unknown>;

/** Every call of the API answers through one function. */
function through(
  api: ConfluenceComplianceApi,
  call: Call,
): ConfluenceComplianceApi {
  return new Proxy(api, {
    get: (target, name: Name) => {
      const method: (...args: unknown[]) => Promise<unknown> = (...args) =>
        Reflect.apply(target[name], target, args);
      return (...args: unknown[]) => call(name, () => method(...args));
    },
  });
}

const changes: Record<
  DataState,
  (full: ConfluenceComplianceApi) => ConfluenceComplianceApi
> = {
  full: api => api,
  empty: api => ({ ...api, ...emptied(api) }),
  loading: api => through(api, () => new Promise(() => {})),
  partial: api => ({ ...api, ...partial(api) }),
  error: api =>
    through(api, () =>
      refuse(500, 'An internal error occurred logId=7f3c2a1b'),
    ),
  forbidden: api =>
    through(api, name =>
      refuse(
        403,
        `Missing the permission 'confluence-compliance.${permissions[name]}'`,
      ),
    ),
  gone: api =>
    through(api, () =>
      refuse(410, 'asOf lies before 1 May 2026, the oldest day that is kept'),
    ),
  hostile: api =>
    through(api, async (_name, full) => withHostileText(await full())),
};

/** The same API, in a state that pages must be able to show. */
export function inState(
  full: ConfluenceComplianceApi,
  state: DataState,
): ConfluenceComplianceApi {
  return changes[state](full);
}
