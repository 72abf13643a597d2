import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'chai'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Finding, Report } from '#src/model/index.js'
import { reporters } from '#src/report/index.js'
import { thorough } from '../thorough.js'
import { reportWithRules } from './canonical-report.js'
import { openChromium } from './in-chromium.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Something of everything that the page can show. */
const full: Report = {
  ...reportWithRules,
  targets: reportWithRules.targets.map((target) => ({
    ...target,
    untaken: [{ file: 'src/a.mjs', line: 3, condition: "kind === 'gift'", never: 'true' as const }],
  })),
}

const many = (count: number): Report => ({
  ...reportWithRules,
  findings: Array.from({ length: count }, (_, i): Finding => {
    const finding = reportWithRules.findings[i % 3]!
    return { ...finding, title: `${finding.title} number ${i}`, fingerprint: String(i).padStart(64, '0') }
  }),
})

describe('the HTML report', function () {
  this.timeout(60_000)
  let browser: Browser
  let dir: string
  before(async function () {
    browser = await openChromium(this)
    dir = mkdtempSync(path.join(tmpdir(), 'eventfuzz-page-'))
  })
  after(async () => {
    await browser?.close()
    if (dir !== undefined) rmSync(dir, { recursive: true })
  })

  async function open(report: Report, options: BrowserContextOptions = {}): Promise<Page> {
    const file = path.join(dir, 'report.html')
    writeFileSync(file, (await reporters.html()).render(report))
    const page = await (await browser.newContext(options)).newPage()
    await page.goto(pathToFileURL(file).href)
    return page
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1200, 390]) {
      // One of each is enough to see that a colour or a width is wrong.
      const tell = (colorScheme === 'light') === (width === 1200) ? it : thorough
      tell(`gives axe nothing to complain about: ${colorScheme}, ${width} pixels wide`, async () => {
        // The page's own policy would keep axe out, as it keeps out everything.
        const page = await open(full, { bypassCSP: true, colorScheme, viewport: { width, height: 900 } })
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        await page.evaluate(AXE)
        const run =
          "axe.run().then(({ violations, passes }) => [violations.map(({ id, nodes }) => id + ' ' + nodes[0].html), passes.length])"
        const [violations, passed] = (await page.evaluate(run)) as [string[], number]
        expect(violations).to.deep.equal([])
        expect(passed).to.be.above(20)
        const [wide, seen] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as [number, number]
        expect(wide).to.be.at.most(seen)
        await page.context().close()
      })
    }
  }

  it('says everything without JavaScript, and on paper', async () => {
    const page = await open(full, { javaScriptEnabled: false })
    const text = await page.locator('main').textContent()
    for (const { title, replay, remediation } of full.findings) {
      for (const part of [title, replay, remediation]) expect(text).to.include(part)
    }
    expect(await page.locator('#filter').isVisible()).to.equal(false)
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('nav').isVisible()).to.equal(false)
    await page.context().close()
  })

  it('cuts nothing off on A4', async () => {
    const page = await open(full, { viewport: { width: 718, height: 1_000 } })
    await page.emulateMedia({ media: 'print' })
    const cut =
      "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.ariaLabel)"
    expect(await page.evaluate(cut)).to.deep.equal([])
    await page.context().close()
  })

  it('shows the way of an attack to its line, the trend, the classes, and a policy as a change', async () => {
    const page = await open(full)
    const article = page.locator('article.finding').first()
    expect(await article.locator('.path li').allTextContents()).to.have.lengthOf(4)
    expect(await article.locator('.source mark').textContent()).to.equal('37   await exec(command)')
    expect(await page.locator('svg.trend').getAttribute('aria-label')).to.equal('Open findings by run, oldest first: 3, 1')
    expect(await page.locator('.chart dt').allTextContents()).to.include.members(['S1 Injection', 'CWE-78'])
    await page.locator('#permissions details', { hasText: 'can be made narrower' }).locator('summary').click()
    expect(await page.locator('#permissions ins').allTextContents()).to.include(
      '+       "Resource": "arn:aws:s3:::shop-images/*"',
    )
    await page.context().close()
  })

  it('has no trend where there is only this run', async () => {
    const page = await open({ ...full, trend: full.trend!.slice(1) })
    expect(await page.locator('#trend').count()).to.equal(0)
    await page.context().close()
  })

  it('holds the worst findings in full, and finds all others', async () => {
    const page = await open(many(1_300))
    expect(await page.locator('article.finding').count()).to.equal(300)
    expect(await page.locator('tr.further').count()).to.equal(1_000)
    await page.fill('[type=search]', 'number 1299')
    expect(await page.locator('tr.further:visible').count()).to.equal(1)
    expect(await page.locator('output').textContent()).to.equal('1 of 1300 shown')
    await page.fill('[type=search]', '')
    expect(await page.locator('tr.further:visible').count()).to.equal(0)
    await page.context().close()
  })
})
