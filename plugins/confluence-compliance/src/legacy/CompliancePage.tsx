// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import { PluginHeader } from '@backstage/ui';
import {
  checkReadPermission,
  connectionReadPermission,
  groupReadPermission,
  pageReadPermission,
  reviewDecidePermission,
  reviewReadPermission,
  spaceReadPermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { RiShieldCheckLine } from '@remixicon/react';
import { Navigate, Route, Routes, useResolvedPath } from 'react-router-dom';
import { AccountsTab } from '../accounts/AccountsTab';
import { useWords } from '../translation/useWords';
import { ChecksTab } from '../checks/ChecksTab';
import { ConnectionsTab } from '../connections/ConnectionsTab';
import { GroupsTab } from '../groups/GroupsTab';
import { OverviewPage } from '../overview/OverviewPage';
import { PoliciesTab } from '../policies/PoliciesTab';
import { ALL_REVIEWS } from '../queries';
import { ReviewsTab } from '../reviews/ReviewsTab';
import { ScopeControl } from '../scope/ScopeControl';
import { SpacesTab } from '../spaces/SpacesTab';
import { LegacyFrame } from './LegacyFrame';

/** The same tabs as in the new frontend system, gated by the same permissions. */
function useTabs() {
  const t = useWords();
  const groups = usePermission({ permission: groupReadPermission });
  const spaces = usePermission({ permission: spaceReadPermission });
  const checks = usePermission({ permission: checkReadPermission });
  const reviews = usePermission({
    permission: reviewReadPermission,
    resourceRef: ALL_REVIEWS,
  });
  const decisions = usePermission({ permission: reviewDecidePermission });
  const policies = usePermission({ permission: pageReadPermission });
  const connections = usePermission({ permission: connectionReadPermission });
  return [
    { id: 'overview', label: t('overview.title'), allowed: true },
    { id: 'accounts', label: t('accounts.title'), allowed: true },
    { id: 'groups', label: t('groups.title'), allowed: groups.allowed },
    { id: 'spaces', label: t('spaces.title'), allowed: spaces.allowed },
    { id: 'checks', label: t('checks.title'), allowed: checks.allowed },
    {
      id: 'reviews',
      label: t('reviews.title'),
      allowed: reviews.allowed || decisions.allowed,
    },
    { id: 'policies', label: t('policies.title'), allowed: policies.allowed },
    {
      id: 'connections',
      label: t('connections.title'),
      allowed: connections.allowed,
    },
  ].filter(({ allowed }) => allowed);
}

function Page() {
  const t = useWords();
  const root = useResolvedPath('.').pathname.replace(/\/$/, '');
  return (
    <>
      <PluginHeader
        title={t('cards.pageTitle')}
        icon={<RiShieldCheckLine />}
        tabs={useTabs().map(({ id, label }) => ({
          id,
          label,
          href: `${root}/${id}`,
          matchStrategy: 'prefix',
        }))}
        customActions={<ScopeControl />}
      />
      <Routes>
        <Route index element={<Navigate to="overview" replace />} />
        <Route path="overview/*" element={<OverviewPage />} />
        <Route path="accounts/*" element={<AccountsTab />} />
        <Route path="groups/*" element={<GroupsTab />} />
        <Route path="spaces/*" element={<SpacesTab />} />
        <Route path="checks/*" element={<ChecksTab />} />
        <Route path="reviews/*" element={<ReviewsTab />} />
        <Route path="policies/*" element={<PoliciesTab />} />
        <Route path="connections/*" element={<ConnectionsTab />} />
      </Routes>
    </>
  );
}

/** The page of the plugin in a classic app. */
export function CompliancePage() {
  return (
    <LegacyFrame>
      <Page />
    </LegacyFrame>
  );
}
