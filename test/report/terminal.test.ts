import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import type { Report } from '#src/model/index.js'
import { renderText } from '#src/report/text.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { canonicalReport } from './canonical-report.js'
import { withEveryString } from './with-every-string.js'

const ATTACKS = [...TERMINAL_ATTACKS, ...MARKUP_ATTACKS]
const END = 'end-of-what-was-printed'

/** A finding for each attack, in every field, and all of them in what there is once. */
const hostile: Report = {
  ...withEveryString(canonicalReport, ATTACKS.join(' ')),
  findings: ATTACKS.map((attack, i) => withEveryString(canonicalReport, attack).findings[i % 3]!),
}

/** What the terminal is after something was printed. */
interface Screen {
  readonly lines: readonly string[]
  /** Title, alternate screen, mouse, keypad, cursor, clipboard: all that a sequence may change. */
  readonly state: string
}

const FORMATS = [
  'pane_title',
  'alternate_on',
  'mouse_any_flag',
  'keypad_flag',
  'cursor_flag',
  'insert_flag',
  'origin_flag',
  'wrap_flag',
]
const ascii = (text: string): string => text.replace(/[^ -~]/g, '').trimEnd()

describe('the list in a terminal', function () {
  this.timeout(60_000)
  const dir = mkdtempSync(path.join(os.tmpdir(), 'eventfuzz-tmux-'))
  let server = 0
  const tmux = (...args: readonly string[]) =>
    spawnSync('tmux', ['-u', '-S', path.join(dir, `socket-${server}`), '-f', '/dev/null', ...args], { encoding: 'utf8' })

  before(function () {
    if (spawnSync('tmux', ['-V']).status === 0) return
    if (process.env['REQUIRE_ALL'] === '1') throw new Error('tmux is missing: apt-get install -y tmux')
    console.log('      skipped: tmux is missing (apt-get install -y tmux)')
    this.skip()
  })
  after(() => {
    tmux('kill-server')
    rmSync(dir, { recursive: true, force: true })
  })

  /** Runs a command in a terminal of its own. */
  async function screenOf(command: string): Promise<Screen> {
    tmux('kill-server')
    server++
    const start = ['start-server', ';', 'set', '-g', 'history-limit', '100000', ';', 'set', '-g', 'set-clipboard', 'on', ';']
    tmux(...start, 'new-session', '-d', '-x', '160', '-y', '50', `${command}; printf '\\n%s\\n' ${END}; sleep 60`)
    tmux('select-pane', '-T', 'ours')
    let text = ''
    while (!text.includes(`\n${END}`)) {
      await wait(50)
      text = tmux('capture-pane', '-p', '-J', '-S', '-').stdout
      if (tmux('has-session').status !== 0) throw new Error('the terminal went away')
    }
    const state = tmux('display-message', '-p', FORMATS.map((name) => `${name} #{${name}}`).join(', ')).stdout.trim()
    return { lines: text.split('\n').map(ascii), state: `${state}, clipboard ${tmux('show-buffer').stdout.length}` }
  }

  it(`shows ${ATTACKS.length} attacks in every field as what they are, and stays as it was`, async () => {
    const clean = await screenOf('true')
    writeFileSync(path.join(dir, 'report.json'), JSON.stringify(hostile))
    const script = `import { readFileSync } from 'node:fs'
import { renderText } from ${JSON.stringify(new URL('../../dist/report/text.js', import.meta.url).href)}
process.stdout.write(renderText(JSON.parse(readFileSync(${JSON.stringify(`${dir}/report.json`)}, 'utf8')), { color: true }))`
    writeFileSync(path.join(dir, 'print.mjs'), script)
    const { lines, state } = await screenOf(`'${process.execPath}' '${dir}/print.mjs'`)
    expect(state).to.equal(clean.state)
    const expected = renderText(hostile, { color: false }).split('\n').map(ascii)
    expect(lines.slice(0, lines.indexOf(END)).filter((line) => line !== '')).to.deep.equal(expected.filter((line) => line !== ''))
  })

  it('would show the damage of what is printed as it is', async () => {
    const clean = await screenOf('true')
    let changed = 0
    let torn = 0
    for (const [i, attack] of TERMINAL_ATTACKS.filter((text) => /[\u001b\b\r]/.test(text))
      .slice(0, 8)
      .entries()) {
      const file = path.join(dir, `raw-${i}`)
      writeFileSync(file, `before ${attack} after`)
      const { lines, state } = await screenOf(`cat '${file}'`)
      if (state !== clean.state) changed++
      if (lines[0] !== ascii(`before ${attack} after`)) torn++
    }
    expect(changed).to.be.above(0)
    expect(torn).to.be.above(3)
  })
})
