// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { AccountPage } from './AccountPage';
import { IdentifyPage } from '../identify/IdentifyPage';
import { PeoplePage } from '../people/PeoplePage';
import { AccountsPage } from './AccountsPage';

/** The list of accounts, the page of one, those without a person, and where people come from. */
export function AccountsTab() {
  return (
    <Routes>
      <Route index element={<AccountsPage />} />
      <Route path="identify" element={<IdentifyPage />} />
      <Route path="people" element={<PeoplePage />} />
      <Route path=":connection/:accountId" element={<AccountPage />} />
    </Routes>
  );
}
