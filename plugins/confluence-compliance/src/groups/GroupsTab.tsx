// SPDX-License-Identifier: Apache-2.0
import { Route, Routes } from 'react-router-dom';
import { GroupPage } from './GroupPage';
import { GroupsPage } from './GroupsPage';

/** The list of groups and the page of one. */
export function GroupsTab() {
  return (
    <Routes>
      <Route index element={<GroupsPage />} />
      <Route path=":connection/:groupId" element={<GroupPage />} />
    </Routes>
  );
}
