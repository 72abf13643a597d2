/** Percent-decoding that lets a malformed text through as it is. */
export function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // malformed escapes are hostile data, not our failure
  }
}
