// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/ui';
import type { Resource } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import theme from '../components/theme.module.css';
import { useSpaceHref } from '../scope/useSpaceHref';

/** The place that a grant or a finding is about; a space opens its page. */
export function ResourceLink({ resource }: { resource: Resource }) {
  const { kind, key, title } = resource;
  const href = useSpaceHref(kind === 'space' ? resource : undefined);
  return (
    <>
      {href ? (
        <Link href={href}>
          <bdi>{title}</bdi>
        </Link>
      ) : (
        <bdi>{title}</bdi>
      )}
      {key && (
        <>
          {' '}
          <span className={theme.second} dir="auto">
            {key}
          </span>
        </>
      )}
    </>
  );
}
