// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import { useGroupHref } from '../scope/useGroupHref';
import { EntityLink } from './EntityLink';

interface GroupLinkProps {
  /** Where the group is; absent where its page cannot be told. */
  connection?: string;
  groupId: string;
  name: string;
  entityRef?: string;
  /** In the catalog a group leads to its page there, where it has one. */
  inCatalog?: boolean;
}

/** A group by its name, leading to its page. */
export function GroupLink({
  connection,
  groupId,
  name,
  entityRef,
  inCatalog,
}: GroupLinkProps) {
  const href = useGroupHref(connection ? { connection, groupId } : undefined);
  if (entityRef && (inCatalog || !href)) {
    return <EntityLink entityRef={entityRef} title={name} />;
  }
  return href ? (
    <Link href={href}>
      <bdi>{name}</bdi>
    </Link>
  ) : (
    <bdi>{name}</bdi>
  );
}
