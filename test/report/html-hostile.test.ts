import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, BrowserContext } from 'playwright-core'
import type { Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { visible } from '#src/report/visible.js'
import { MARKUP_ATTACKS, TERMINAL_ATTACKS } from './attack-strings.js'
import { reportWithRules } from './canonical-report.js'
import { openChromium } from './in-chromium.js'
import { withEveryString } from './with-every-string.js'

const ATTACKS = [...MARKUP_ATTACKS, ...TERMINAL_ATTACKS]

/** A page as someone might write it in a hurry: data between tags. */
const naiveMarkup = (report: Report): string =>
  `<!doctype html><meta charset="utf-8"><body>${report.findings.map(({ title, evidence }) => `<h3 title="${title}">${title}</h3><pre>${evidence}</pre>`).join('')}`

/** And as someone might write it who has heard of escaping: JSON in a script, innerHTML behind it. */
const naiveIsland = (report: Report): string =>
  `<!doctype html><meta charset="utf-8"><body><div id="out"></div><script>const report = ${JSON.stringify(report)}
for (const { title } of report.findings) document.getElementById('out').innerHTML += '<h3>' + title + '</h3>'</script>`

// Runs in the page, and so is text: the tests are not compiled with the types of a browser.
const READ_PAGE = `(async () => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const titles = all('h3').map((heading) => heading.textContent)
  const names = all('*').flatMap((one) => ['<' + one.localName + '>', ...one.getAttributeNames().map((name) => one.localName + ' ' + name)])
  for (const details of all('details')) details.open = true
  const search = document.querySelector('#filter input[type=search]')
  for (const text of search ? ['x', ''] : []) {
    search.value = text
    document.querySelector('#filter select').selectedIndex = text.length
    search.dispatchEvent(new Event('input', { bubbles: true }))
  }
  for (const one of all('a[href], button').slice(0, 40)) one.click()
  for (const key of ['j', 'k', '/']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
  dispatchEvent(new Event('beforeprint'))
  await new Promise((resolve) => setTimeout(resolve, 30))
  return { pwned: window.__pwn !== undefined, titles, names: [...new Set(names)] }
})()`

/** How many attacks share a page: a tab for each would take minutes. */
const BATCH = 14

/** Each attack has targets, findings and permissions of its own, all of it in every field; what there is only one of holds them all. */
function hostileReport(attacks: readonly string[]): Report {
  const reports = attacks.map((attack) => withEveryString(reportWithRules, attack))
  return {
    ...withEveryString(reportWithRules, attacks.join(' ')),
    targets: reports.flatMap(({ targets }) => targets),
    findings: reports.flatMap(({ findings }) => findings),
    permissions: reports.flatMap(({ permissions }) => permissions),
    suggestedPolicies: reports.flatMap(({ suggestedPolicies }) => suggestedPolicies),
    notTested: reports.flatMap(({ notTested }) => notTested),
  }
}

interface Seen {
  /** What a harmless page never does. */
  readonly harm: readonly string[]
  readonly titles: readonly string[]
  /** Names of elements and attributes: hostile text must not add one. */
  readonly names: readonly string[]
}

describe('report html in Chromium', () => {
  let browser: Browser
  let context: BrowserContext
  let folder: string
  let file: string
  let url: string

  before(async function () {
    browser = await openChromium(this)
    context = await browser.newContext()
    folder = mkdtempSync(path.join(tmpdir(), 'eventfuzz-html-'))
    file = path.join(folder, 'report.html')
    url = pathToFileURL(file).href
  })

  after(async () => {
    await browser?.close()
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  /** Opens the page in a tab of its own, then does what a reader does: unfolds, searches, chooses, follows links, presses keys, copies. */
  async function open(text: string): Promise<Seen> {
    writeFileSync(file, text)
    const page = await context.newPage()
    const harm: string[] = []
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url) harm.push(`requested ${request.url()}`)
    })
    try {
      await page.goto(url, { waitUntil: 'domcontentloaded' })
      const seen = (await page.evaluate(READ_PAGE)) as { pwned: boolean; titles: string[]; names: string[] }
      return { harm: seen.pwned ? [...harm, 'a script ran'] : harm, titles: seen.titles, names: seen.names }
    } catch (error) {
      // A page that is led elsewhere while it is read cannot be read.
      return { harm: [...harm, `left the page: ${error}`], titles: [], names: [] }
    } finally {
      await page.close()
    }
  }

  it('shows every finding of the canonical report', async () => {
    const { harm, titles } = await open((await reporters.html()).render(reportWithRules))
    expect(harm).to.deep.equal([])
    for (const { title } of reportWithRules.findings)
      expect(
        titles.some((one) => one.includes(title)),
        title,
      ).to.equal(true)
  })

  it('has at least 60 attacks to try', () => expect(new Set(MARKUP_ATTACKS).size).to.be.at.least(60))

  it(`runs nothing and asks for nothing with ${ATTACKS.length} attacks in every field`, async () => {
    const html = await reporters.html()
    const honest = await open(html.render(reportWithRules))
    for (let start = 0; start < ATTACKS.length; start += BATCH) {
      const attacks = ATTACKS.slice(start, start + BATCH)
      const { harm, titles, names } = await open(html.render(hostileReport(attacks)))
      expect(harm).to.deep.equal([])
      expect(
        names.filter((name) => !honest.names.includes(name)),
        'elements and attributes made by an attack',
      ).to.deep.equal([])
      for (const attack of attacks)
        expect(titles.filter((title) => title.startsWith(visible(attack))).length, attack).to.be.at.least(3)
    }
  })

  for (const [name, naive] of [
    ['data between tags', naiveMarkup],
    ['JSON in a script and innerHTML', naiveIsland],
  ] as const) {
    it(`catches a naive page: ${name}`, async () => {
      const attacks = MARKUP_ATTACKS.filter((_, i) => i % 6 === 1)
      let caught = 0
      for (const attack of attacks) {
        const { harm } = await open(naive(withEveryString(reportWithRules, attack)))
        if (harm.length > 0) caught += 1
      }
      expect(caught).to.be.at.least(attacks.length / 3)
    })
  }

  it('finds by text, severity and function, and shows a hidden finding that a link names', async () => {
    writeFileSync(file, (await reporters.html()).render(reportWithRules))
    const page = await context.newPage()
    await page.goto(url)
    const shown = async (): Promise<number> => await page.locator('article.finding:visible').count()
    expect(await shown()).to.equal(3)
    await page.keyboard.press('/')
    await page.keyboard.type('STACK trace')
    expect(await shown()).to.equal(1)
    await page.keyboard.press('Escape')
    await page.uncheck('[value=critical]')
    expect(await shown()).to.equal(2)
    await page.selectOption('[name=target]', 'order-worker')
    expect(await shown()).to.equal(1)
    await page.evaluate("location.hash = '#9f3c21ab5d7e'")
    await page.waitForFunction("document.querySelectorAll('article.finding:not([hidden])').length === 3")
    await page.close()
  })
})
