// SPDX-License-Identifier: Apache-2.0

/** What leaves the portal; one object, so that a test can take its place. */
export const browser = {
  /** Sends the browser to a web address. */
  assign(url: string): void {
    window.location.assign(url);
  },
};

/** Only web addresses are opened, whatever an answer says. */
export function isWebAddress(url: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  return protocol === 'https:' || protocol === 'http:';
}
