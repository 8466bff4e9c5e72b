// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { AccountPage } from './AccountPage';
import { IdentifyPage } from '../identify/IdentifyPage';
import { AccountsPage } from './AccountsPage';

/** The list of accounts the page of one, and those without a person. */
export function AccountsTab() {
  return (
    <Routes>
      <Route index element={<AccountsPage />} />
      <Route path="identify" element={<IdentifyPage />} />
      <Route path=":connection/:accountId" element={<AccountPage />} />
    </Routes>
  );
}
