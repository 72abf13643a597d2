// Rendering 20,000 findings in every format: time against JSON.stringify of the same report, and memory, each in a process of its own.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const COUNT = 20_000
const [format, folder] = process.argv.slice(2)

const event = (i) =>
  JSON.stringify({ Records: [{ messageId: `m-${i}`, body: JSON.stringify({ id: i, note: 'x'.repeat(900) }) }] })

function reportOf(count) {
  const findings = Array.from({ length: count }, (_, i) => ({
    fingerprint: createHash('sha256').update(String(i)).digest('hex'),
    rule: `rule-${i % 30}`,
    title: `Event data reaches sink ${i}`,
    severity: ['critical', 'high', 'medium', 'low'][i % 4],
    severityReason: 'whoever can write to the source controls the field',
    confidence: 'confirmed',
    proof: 'injection',
    reproduced: { k: 3, n: 3 },
    cwe: ['CWE-78'],
    owasp: ['S1'],
    target: `function-${i % 200}`,
    sources: ['sqs'],
    surface: 'delivered',
    stage: 'hostile',
    pointer: `/Records/0/body#json/field${i}`,
    pointers: [`/Records/0/body#json/field${i}`],
    sink: { kind: 'process', api: 'child_process.exec', location: { file: `src/f${i % 200}.mjs`, line: i, column: 4 } },
    evidence: `The shell was given: lpr ${i} "$(printf %s%s a b)"`,
    case: { steps: [{ text: event(i), warm: false }] },
    event: event(i),
    validEvent: event(i + 1),
    minimal: true,
    recipe: [`aws sqs send-message --queue-url "$QUEUE_URL" --message-body '${'x'.repeat(400)}'`],
    replay: 'npx eventfuzz replay 0123456789ab',
    remediation: 'Start the program without a shell.',
    status: 'new',
    suppression: null,
  }))
  const coverage = { lines: { covered: 9, total: 10 }, branches: { covered: 1, total: 2 } }
  const targets = Array.from({ length: 200 }, (_, i) => ({
    ...{
      id: `function-${i}`,
      file: `src/f${i}.mjs`,
      export: 'handler',
      runtime: 'nodejs22.x',
      sources: ['sqs'],
      status: 'tested',
    },
    ...{ missing: [], executions: 100, coverage, events: { accepted: 50, rejected: 50 } },
  }))
  return {
    schemaVersion: 1,
    tool: { name: 'eventfuzz', version: '0.0.0' },
    run: {
      ...{ id: 'bench', seed: 1, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 1, executions: 1, interrupted: false },
      sandbox: { level: 'strong', layers: [] },
    },
    ...{ targets, findings, permissions: [], suggestedPolicies: [], notTested: [] },
  }
}

/** Milliseconds, the better of two. */
function timed(work) {
  const times = [1, 2].map(() => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return Math.min(...times)
}

async function one() {
  const { reporters } = await import('../dist/report/index.js')
  const { writeRendered } = await import('../dist/report/rendered.js')
  const report = reportOf(COUNT)
  const base = timed(() => JSON.stringify(report))
  const reporter = await reporters[format]()
  const file = path.join(folder, `report.${format}`)
  const ms = timed(() => writeRendered(reporter, report, (text) => writeFileSync(file, text, { flag: 'a' })))
  const peak = process.resourceUsage().maxRSS / 1024
  rmSync(file)
  writeRendered(reporter, report, (text) => writeFileSync(file, text, { flag: 'a' }))
  console.log(JSON.stringify({ ratio: ms / base, peak, size: statSync(file).size }))
}

async function openedInChromium(file) {
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  })
  const page = await browser.newPage()
  const start = performance.now()
  await page.goto(pathToFileURL(file).href, { waitUntil: 'load' })
  const ms = performance.now() - start
  await browser.close()
  return ms
}

if (format !== undefined) await one()
else {
  const { reporters } = await import('../dist/report/index.js')
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-bench-'))
  console.log(`${COUNT} findings: time against JSON.stringify (at most 5), peak memory (below 500 MB)`)
  for (const id of Object.keys(reporters)) {
    const { stdout, stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), id, dir], { encoding: 'utf8' })
    if (stdout === '') console.log(`${id}: ${stderr}`)
    else {
      const { ratio, peak, size } = JSON.parse(stdout)
      console.log(`${id.padEnd(10)} ${ratio.toFixed(1)} x  ${peak.toFixed(0)} MB  ${(size / 1e6).toFixed(1)} MB written`)
    }
  }
  if (existsSync('/usr/bin/chromium'))
    console.log(`html opens in Chromium in ${(await openedInChromium(path.join(dir, 'report.html'))).toFixed(0)} ms`)
  rmSync(dir, { recursive: true, force: true })
}
