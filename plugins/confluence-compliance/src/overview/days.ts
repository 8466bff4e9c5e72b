// SPDX-License-Identifier: Apache-2.0

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** `21 Nov`, in UTC as the days of the trend are. */
export const formatDay = (time: number): string => day.format(time);

/** Whole numbers from 0 to above the largest, at most five steps apart. */
export function ticksUpTo(largest: number): number[] {
  const raw = Math.max(largest, 1) / 4;
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(
    1,
    ([1, 2, 5, 10].find(factor => factor * magnitude >= raw) ?? 10) * magnitude,
  );
  const steps = Math.ceil(Math.max(largest, 1) / step);
  return Array.from({ length: steps + 1 }, (_, index) => index * step);
}

/** Times of some points, evenly apart and not too near to the end. */
export function dayTicks(times: number[], wanted = 6): number[] {
  const step = Math.max(1, Math.ceil(times.length / wanted));
  return times.filter(
    (_, index) => index % step === 0 && times.length - 1 - index >= step / 2,
  );
}

/** Moves labels apart, from the top down, and back up where the bottom is reached. */
export function spread(tops: number[], gap: number, bottom: number): number[] {
  const placed: number[] = [];
  for (const top of tops) {
    placed.push(Math.max(top, (placed.at(-1) ?? -Infinity) + gap));
  }
  let limit = bottom;
  for (let index = placed.length - 1; index >= 0; index--) {
    placed[index] = Math.min(placed[index], limit);
    limit = placed[index] - gap;
  }
  return placed;
}
