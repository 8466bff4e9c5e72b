// SPDX-License-Identifier: Apache-2.0
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  entityRouteRef,
  useEntityPresentation,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** Address of an entity's catalog page, or undefined when the app has none or the ref is not one. */
function useEntityHref(): (ref?: string) => string | undefined {
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

const isRef = (ref: string) => {
  try {
    return !!parseEntityRef(ref);
  } catch {
    return false;
  }
};

/** Name that the catalog presents, where no link can stand; an id that is not an entity as it is. */
export function useEntityName(entityRef: string): string {
  const isEntity = isRef(entityRef);
  const { primaryTitle } = useEntityPresentation(
    isEntity ? entityRef : 'user:default/unknown',
  );
  return isEntity ? primaryTitle : entityRef;
}

/**
 * Link to a catalog page under the name that the catalog presents; plain text in an app
 * without a catalog, and for an id that is not an entity.
 */
export function EntityLink({ entityRef, title }: EntityLinkProps) {
  return isRef(entityRef) ? (
    <PresentedLink entityRef={entityRef} title={title} />
  ) : (
    <bdi>{title ?? entityRef}</bdi>
  );
}

function PresentedLink({ entityRef, title }: EntityLinkProps) {
  const href = useEntityHref()(entityRef);
  const { primaryTitle } = useEntityPresentation(entityRef);
  const name = <bdi>{title ?? primaryTitle}</bdi>;
  return href ? <Link href={href}>{name}</Link> : name;
}
