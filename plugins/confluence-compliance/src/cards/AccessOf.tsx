// SPDX-License-Identifier: Apache-2.0

interface AccessOfProps {
  /** Full ref of an entity of the catalog, such as `user:default/ana`. */
  entityRef: string;
}

/** What Confluence access an entity has. */
export function AccessOf({ entityRef }: AccessOfProps) {
  return <bdi>{entityRef}</bdi>;
}
