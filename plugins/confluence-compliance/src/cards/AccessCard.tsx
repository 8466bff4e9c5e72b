// SPDX-License-Identifier: Apache-2.0
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import type { Access } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import theme from '../components/theme.module.css';
import { Foot, type FootLink } from './Foot';
import { WithAccess } from './WithAccess';

interface AccessCardProps {
  title: string;
  query: UseQueryResult<Access>;
  link?: FootLink;
  /** Lines of the placeholder. */
  rows?: number;
  children: (access: Access) => ReactNode;
}

/** A card of an entity page over what is known of the entity's access. */
export function AccessCard({
  title,
  query,
  link,
  rows,
  children,
}: AccessCardProps) {
  return (
    <EntityInfoCard
      className={theme.root}
      title={title}
      footerActions={query.data && <Foot access={query.data} link={link} />}
    >
      <WithAccess query={query} rows={rows}>
        {children}
      </WithAccess>
    </EntityInfoCard>
  );
}
