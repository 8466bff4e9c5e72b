// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { PoliciesPage } from './PoliciesPage';
import { PolicyPage } from './PolicyPage';

/** The list of policies and the page of one. */
export function PoliciesTab() {
  return (
    <Routes>
      <Route index element={<PoliciesPage />} />
      <Route path=":id" element={<PolicyPage />} />
    </Routes>
  );
}
