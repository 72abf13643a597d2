import type { Json } from '#src/model/index.js'

/** Every text of a JSON value, names included. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return Object.entries(value as { [name: string]: Json }).flatMap(([name, child]) => [name, ...textsIn(child)])
}

/** Words that change, remove, fetch or stop something; whole words, in any case. */
export const HARMFUL =
  /\b(?:rm|rmdir|unlink|dd|mkfs\w*|shred|truncate|drop|delete|alter|grant|insert\s+into|update\s+\w+\s+set|curl|wget|nc|ncat|ssh|scp|chmod|chown|kill|killall|pkill|shutdown|reboot|halt|poweroff|sudo|mv|cp|tee|touch|writeFile\w*|appendFile\w*|unlinkSync|spawn|exec\w*|child_process|process\.exit|pg_sleep|sleep|benchmark|xp_cmdshell|load_file|into\s+outfile)\b|:\(\)\{/i

const RFC_5737 = /^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$/
const isLoopback = (host: string): boolean => host === 'localhost' || /^127\./.test(host) || host === '[::1]'
const isReserved = (host: string): boolean => host.endsWith('.invalid') || isLoopback(host) || RFC_5737.test(host)

/** Hosts, addresses, mail domains and accounts of a text that somebody may have. */
export function* namedIn(text: string): Generator<string> {
  const all = text.replaceAll(/\{\{[a-z0-9.]+\}\}/g, 'canary')
  const hosts = [
    ...[...all.matchAll(/[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?([^\s/:?#"'\\]+)/gi)].map(([, host]) => host!),
    ...(all.match(/\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|dev|invalid|example|test|internal|amazonaws)\b/gi) ?? []),
    ...(all.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? []),
  ]
  yield* hosts.filter((host) => !isReserved(host))
  for (const [, domain] of all.matchAll(/[\w.+-]+@([\w-]+\.[\w.-]+)/g))
    if (!/(?:^|\.)example\.invalid$/.test(domain!)) yield domain!
  for (const [account] of all.matchAll(/(?<!\d)\d{12}(?!\d)/g)) if (account !== '000000000000') yield account
}
