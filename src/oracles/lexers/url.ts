/** Whether a browser that is sent to `location` from an https page ends up on `host` or below what ends with it. */
export function leadsTo(location: string, host: string): boolean {
  const base = 'https://api.example.com/'
  return URL.canParse(location, base) && new URL(location, base).hostname.endsWith(host)
}
