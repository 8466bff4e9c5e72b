// SPDX-License-Identifier: Apache-2.0
import { usePermission } from '@backstage/plugin-permission-react';
import {
  pageReadPermission,
  policyAcknowledgePermission,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import { Route, Routes } from 'react-router-dom';
import { AcknowledgePage } from './AcknowledgePage';
import { PoliciesPage } from './PoliciesPage';
import { PolicyPage } from './PolicyPage';

/** The list of policies and the page of one. */
export function PoliciesTab() {
  return (
    <Routes>
      <Route index element={<Index />} />
      <Route path=":id/acknowledge" element={<AcknowledgePage />} />
      <Route path=":id" element={<PolicyPage />} />
    </Routes>
  );
}

/** Who may not see the policies sees those that they are to read. */
function Index() {
  const pages = usePermission({ permission: pageReadPermission });
  const own = usePermission({ permission: policyAcknowledgePermission });
  return !pages.loading && !pages.allowed && own.allowed ? (
    <AcknowledgePage />
  ) : (
    <PoliciesPage />
  );
}
