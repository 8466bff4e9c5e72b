// SPDX-License-Identifier: Apache-2.0

const PATIENCE_MS = 10_000;

/** Waits for something that was sent; rejects when the notification service never answers. */
export async function inTime(sent: Promise<void> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('The notification service does not answer')),
      PATIENCE_MS,
    );
  });
  try {
    await Promise.race([sent, late]);
  } finally {
    clearTimeout(timer);
  }
}
