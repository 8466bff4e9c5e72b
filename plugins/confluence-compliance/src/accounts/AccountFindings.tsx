// SPDX-License-Identifier: Apache-2.0
import type { Account } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { formatNumber } from '../components/format';
import { FindingsCount } from '../lists/FindingsCount';
import { useLinks } from '../scope/links';
import { useWords } from '../translation/useWords';

/** How many findings an account has, and what of it is unknown. */
export function AccountFindings({ account }: { account: Account }) {
  const t = useWords();
  const { findings: count, name, accountId } = account;
  return (
    <FindingsCount
      of={account}
      href={useLinks().account(account)}
      label={t('accounts.findingsOf', {
        count,
        n: formatNumber(count),
        name: name ?? accountId,
      })}
    />
  );
}
