// SPDX-License-Identifier: Apache-2.0
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** Address of an entity's catalog page, or undefined when the app has none or the ref is not one. */
export function useEntityHref(): (ref?: string) => string | undefined {
  const route = useRouteRef(entityRouteRef);
  return ref => {
    if (!ref || !route) {
      return undefined;
    }
    try {
      return route(parseEntityRef(ref));
    } catch {
      return undefined;
    }
  };
}

interface EntityLinkProps {
  entityRef: string;
  /** Instead of the name that the catalog presents. */
  title?: string;
}

/** Link to a catalog page; plain text in an app without a catalog. */
export function EntityLink({ entityRef, title }: EntityLinkProps) {
  const href = useEntityHref()(entityRef);
  if (!href) {
    return <bdi>{title ?? entityRef}</bdi>;
  }
  return <PresentedLink entityRef={entityRef} title={title} href={href} />;
}

function PresentedLink(props: EntityLinkProps & { href: string }) {
  const { primaryTitle } = useEntityPresentation(props.entityRef);
  return (
    <Link href={props.href}>
      <bdi>{props.title ?? primaryTitle}</bdi>
    </Link>
  );
}
