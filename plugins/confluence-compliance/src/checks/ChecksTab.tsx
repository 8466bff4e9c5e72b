// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { FindingsPage } from '../findings/FindingsPage';
import { CheckPage } from './CheckPage';
import { ChecksPage } from './ChecksPage';

/** The list of checks and the page of one. */
export function ChecksTab() {
  return (
    <Routes>
      <Route index element={<ChecksPage />} />
      <Route path="findings" element={<FindingsPage />} />
      <Route path=":id" element={<CheckPage />} />
    </Routes>
  );
}
