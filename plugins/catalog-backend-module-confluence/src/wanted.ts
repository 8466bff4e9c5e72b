// SPDX-License-Identifier: Apache-2.0
import { PresentSubject } from '@confluence-compliance/backstage-plugin-confluence-compliance-node';
import { EntityOptions } from './config';
import { createNameFilter } from './nameFilter';

/** A function that says whether the options want a subject in the catalog; unknown is no. */
export function createWanted(options: EntityOptions) {
  const wantsGroup = createNameFilter(options.groups);
  const wantsKey = createNameFilter(options.spaces);
  const labels = new Set(options.pages.labels);

  function wantsSpace(space: { key?: string; type?: string }) {
    return (
      space.key !== undefined &&
      wantsKey(space.key) &&
      (options.personalSpaces ||
        (space.type !== undefined && space.type !== 'personal'))
    );
  }

  function wantsPage({ state }: PresentSubject<'page'>) {
    if (state.status !== 'current' || !wantsSpace(state.space)) {
      return false;
    }
    return (
      options.pages.all ||
      (state.restriction === 'open' &&
        state.labels.some(label => labels.has(label)))
    );
  }

  return (subject: PresentSubject): boolean => {
    switch (subject.kind) {
      case 'account':
        return (
          options.accounts !== 'none' &&
          subject.state.accountStatus !== 'closed'
        );
      case 'group':
        return wantsGroup(subject.state.title);
      case 'space':
        return wantsSpace(subject.state);
      case 'page':
        return wantsPage(subject);
      default:
        return true;
    }
  };
}
