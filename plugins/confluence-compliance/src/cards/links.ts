// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  accountReadPermission,
  checkReadPermission,
  findingReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useLinks } from '../scope/links';

/** Address of an account's page, for whoever may see that account. */
export function useAccountHref(account?: {
  connection: string;
  accountId: string;
}): string | undefined {
  const links = useLinks();
  const { allowed } = usePermission({
    permission: accountReadPermission,
    resourceRef: account && `${account.connection}/${account.accountId}`,
  });
  return account && allowed ? links.account(account) : undefined;
}

/** Addresses of the pages of checks, for whoever may see them. */
export function useCheckHrefs(): {
  check(id: string): string | undefined;
  checks(): string | undefined;
} {
  const links = useLinks();
  const { allowed } = usePermission({ permission: checkReadPermission });
  return {
    check: id => (allowed ? links.check(id) : undefined),
    checks: () => (allowed ? links.checks() : undefined),
  };
}

/** Whether somebody sees what needs the company, not only what they have themselves. */
export function useSeesFindings() {
  return usePermission({ permission: findingReadPermission });
}
