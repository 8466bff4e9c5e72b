// SPDX-License-Identifier: Apache-2.0

/** Gives a file to whoever looks, as a download of the browser. */
export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser takes the file after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
