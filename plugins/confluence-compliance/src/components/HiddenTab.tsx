// SPDX-License-Identifier: Apache-2.0
import { NotFoundErrorPage } from '@backstage/frontend-plugin-api';
import {
  checkReadPermission,
  connectionReadPermission,
  groupReadPermission,
  reviewDecidePermission,
  spaceReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiFileSearchLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { useWords } from '../translation/useWords';
import { EmptyState } from './EmptyState';
import { PageFrame } from './PageFrame';
import { Panel } from './Panel';

const gates = new Map([
  ['groups', groupReadPermission.name],
  ['spaces', spaceReadPermission.name],
  ['checks', checkReadPermission.name],
  ['reviews', reviewDecidePermission.name],
  ['connections', connectionReadPermission.name],
]);

/** What stands at the address of a tab that is hidden, or of none that there is. */
export function HiddenTab({ shown }: { shown: string[] }) {
  const t = useWords();
  const [tab] = (useParams()['*'] ?? '').split('/');
  const permission = gates.get(tab);
  if (tab === '' || shown.includes(tab)) {
    return null;
  }
  if (!permission) {
    return <NotFoundErrorPage />;
  }
  return (
    <PageFrame title={tab}>
      <Panel label={tab}>
        <EmptyState
          icon={<RiFileSearchLine />}
          title={t('common.forbidden.title', { what: tab })}
          text={t('common.forbidden.text', { permission })}
        />
      </Panel>
    </PageFrame>
  );
}
