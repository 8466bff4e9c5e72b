// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { AuthorizedPage } from '../connect/AuthorizedPage';
import { EditSetupPage, NewSetupPage } from '../connect/SetupPages';
import { ConnectionsPage } from './ConnectionsPage';

/** The list of connections, the set-up of one, and the way back from Atlassian. */
export function ConnectionsTab() {
  return (
    <Routes>
      <Route index element={<ConnectionsPage />} />
      <Route path="new" element={<NewSetupPage />} />
      <Route path="authorized" element={<AuthorizedPage />} />
      <Route path=":id/setup" element={<EditSetupPage />} />
    </Routes>
  );
}
