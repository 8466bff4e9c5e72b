// SPDX-License-Identifier: Apache-2.0
import type { ReviewTemplate } from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { Reviews } from '../Reviews';
import { namedIn } from '../scopeTitles';

/** Templates with what their groups, spaces and critical systems are called now. */
export async function withTitles(
  reviews: Pick<Reviews, 'titlesOf'>,
  templates: ReviewTemplate[],
): Promise<ReviewTemplate[]> {
  const title = await reviews.titlesOf(
    templates.flatMap(({ scope, owners = [] }) => [
      namedIn(scope),
      ...owners.map(({ kind, id }) => ({
        connection: scope.connection,
        kind,
        id,
      })),
    ]),
  );
  return templates.map(template => {
    const { scope, owners } = template;
    const { connection } = scope;
    return {
      ...template,
      scopeTitle: title(namedIn(scope)),
      ...(owners && {
        owners: owners.map(one => ({
          ...one,
          title: title({ connection, kind: one.kind, id: one.id }),
        })),
      }),
    };
  });
}
