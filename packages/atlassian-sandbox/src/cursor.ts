// SPDX-License-Identifier: Apache-2.0
import { digest } from './world/ids';

/** Where a list goes on: after this row of the list that the mark stands for. */
export interface Position {
  /** Sort value of the last row that was answered. */
  key: string | number;
  /** Id of the last row that was answered. */
  id: number;
}

/** A short mark of a list's filters; a cursor of one list does not fit another. */
export function markOf(parts: readonly unknown[]): string {
  return digest(JSON.stringify(parts)).slice(0, 12);
}

export function encodeCursor(position: Position, mark: string): string {
  return Buffer.from(JSON.stringify({ ...position, mark })).toString('base64');
}

/** The position in a cursor, or undefined when it is not one of this list's. */
export function decodeCursor(
  cursor: string,
  mark: string,
): Position | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(cursor, 'base64').toString('utf8'),
    );
    if (typeof value !== 'object' || value === null) return undefined;
    const { key, id, mark: found } = value as Record<string, unknown>;
    const keyFits = typeof key === 'string' || typeof key === 'number';
    return keyFits && typeof id === 'number' && found === mark
      ? { key, id }
      : undefined;
  } catch {
    return undefined;
  }
}

/** How a list is ordered: by a key, then by id, both in the same direction. */
export interface Order<T> {
  key: (item: T) => string | number;
  id: (item: T) => number;
  descending: boolean;
}

export function compare<T>(
  order: Order<T>,
  item: T,
  position: Position,
): number {
  const key = order.key(item);
  let sign = 0;
  if (key !== position.key) sign = key < position.key ? -1 : 1;
  else sign = order.id(item) - position.id;
  return order.descending ? -sign : sign;
}

export function positionOf<T>(order: Order<T>, item: T): Position {
  return { key: order.key(item), id: order.id(item) };
}

/** Index of the first row after a position in a list that stands in this order. */
export function indexAfter<T>(
  list: readonly T[],
  order: Order<T>,
  position: Position,
): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compare(order, list[middle], position) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
