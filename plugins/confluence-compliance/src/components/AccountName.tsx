// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { Link } from '@backstage/ui';
import { accountReadPermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { useAccountHref } from '../cards/links';
import { useAccount } from '../queries';
import theme from './theme.module.css';

interface AccountNameProps {
  connection: string;
  accountId: string;
}

/** An account that only its id is known of: by name for whoever may see it, else by the id. */
export function AccountName({ connection, accountId }: AccountNameProps) {
  const { allowed } = usePermission({
    permission: accountReadPermission,
    resourceRef: `${connection}/${accountId}`,
  });
  return allowed ? (
    <NamedAccount connection={connection} accountId={accountId} />
  ) : (
    <bdi className={theme.mono}>{accountId}</bdi>
  );
}

function NamedAccount({ connection, accountId }: AccountNameProps) {
  const { data } = useAccount(connection, accountId);
  const href = useAccountHref({ connection, accountId });
  const name = data?.name ? (
    <bdi title={accountId}>{data.name}</bdi>
  ) : (
    <bdi className={theme.mono}>{accountId}</bdi>
  );
  return data && href ? <Link href={href}>{name}</Link> : name;
}
