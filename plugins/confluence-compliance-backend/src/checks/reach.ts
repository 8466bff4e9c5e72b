// SPDX-License-Identifier: Apache-2.0
import type {
  Reach,
  SeenCount,
} from '@confluence-compliance/backstage-plugin-confluence-compliance-common';
import type { SpacePeople } from '../history';
import { toReason } from './reasons';

/** A number, the code of why it may not be right, and when it last was. */
export function toSeen(
  seen: number,
  unknown: string | undefined,
  wholeAt?: string,
): SeenCount {
  return unknown === undefined
    ? { seen }
    : { seen, unknown: toReason(unknown), ...(wholeAt && { wholeAt }) };
}

/** Who reaches a space, as the contract has it. */
export function toReach({
  people,
  admins,
  guests,
  machines,
  anonymous,
  unknown,
}: SpacePeople): Reach {
  return {
    people: toSeen(people, unknown),
    admins: toSeen(admins, unknown),
    guests,
    machines,
    // That nobody was seen to open it says nothing before it was read.
    ...((anonymous || unknown !== 'grants-incomplete') && { anonymous }),
  };
}
