// SPDX-License-Identifier: Apache-2.0
import { InputError } from '@backstage/errors';
import type { Rooms } from './rooms';

/**
 * The revision that `asOf` means. An InputError where nothing was known by then, of the connection that
 * is asked for or of any: that nobody looked must not seem to be that nobody was there.
 */
export async function revisionAsOf(
  { history, lists }: Pick<Rooms, 'history' | 'lists'>,
  asOf: string | undefined,
  connection?: string,
): Promise<number> {
  const revision = await history.resolve(asOf);
  if (asOf === undefined) {
    return revision;
  }
  const first = await lists.firstKnown(connection);
  if (first && revision < first.revision) {
    const whose = connection === undefined ? '' : ` of '${connection}'`;
    throw new InputError(
      `asOf ${asOf}: nothing is known${whose} of that day; the first revision${whose} is ${first.revision}, of ${first.at}`,
    );
  }
  return revision;
}
