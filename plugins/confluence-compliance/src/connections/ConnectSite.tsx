// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink } from '@backstage/ui';
import { connectionCreatePermission } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiAddLine } from '@remixicon/react';
import { useLinks } from '../scope/links';
import { useIsPast } from '../scope/useScope';
import { useWords } from '../translation/useWords';

/** The way to a new connection, for whoever may make one. */
export function ConnectSite() {
  const t = useWords();
  const href = useLinks().newConnection();
  const { allowed } = usePermission({ permission: connectionCreatePermission });
  const isPast = useIsPast();
  return allowed && href && !isPast ? (
    <ButtonLink variant="primary" iconStart={<RiAddLine />} href={href}>
      {t('connections.act.connectSite')}
    </ButtonLink>
  ) : null;
}
