// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { AccountPage } from './AccountPage';
import { AccountsPage } from './AccountsPage';

/** The list of accounts and the page of one. */
export function AccountsTab() {
  return (
    <Routes>
      <Route index element={<AccountsPage />} />
      <Route path=":connection/:accountId" element={<AccountPage />} />
    </Routes>
  );
}
