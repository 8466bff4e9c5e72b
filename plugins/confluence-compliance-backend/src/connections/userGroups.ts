// SPDX-License-Identifier: Apache-2.0
import type { ConfluenceClient } from '@confluence-compliance/atlassian-client';
import type { UserGroupChoices } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';

/** Groups that are offered at once. */
const MOST_CHOICES = 20;
/** Pages of groups that are looked through for a name. */
const MOST_PAGES = 10;

/** The groups whose name has a text in it, with how many members each has. */
export async function choicesOf(
  client: ConfluenceClient,
  search = '',
  signal?: AbortSignal,
): Promise<UserGroupChoices> {
  const wanted = search.trim().toLowerCase();
  const found: Array<{ id: string; name: string }> = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { items, next } = await client.groups({ cursor, signal });
    found.push(
      ...items.filter(({ name }) => name.toLowerCase().includes(wanted)),
    );
    cursor = next;
    if (next === undefined || found.length > MOST_CHOICES) {
      break;
    }
  }
  const shown = found.slice(0, MOST_CHOICES);
  return {
    items: await Promise.all(
      shown.map(async ({ id, name }) => {
        const options = { limit: 1, total: true, signal };
        const { total } = await client.groupMembers(id, options);
        return { id, name, members: total };
      }),
    ),
    more: cursor !== undefined || found.length > shown.length,
  };
}
