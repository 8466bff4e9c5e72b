// SPDX-License-Identifier: Apache-2.0
import type { Finding } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** What a finding is called: never by the id of a subject that has a name. */
export function findingName({
  account,
  resource,
  subject,
}: Pick<Finding, 'account' | 'resource' | 'subject'>): string {
  return (
    (account && (account.name ?? account.accountId)) ??
    subject.title ??
    resource?.title ??
    subject.id
  );
}
