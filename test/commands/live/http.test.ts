import { once } from 'node:events'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { createAuthority } from '#src/aws/certificate.js'
import { reporters } from '#src/report/index.js'
import { flags, live, liveRun, OWNER, options, Project } from './live-run.js'

interface Api extends AsyncDisposable {
  readonly url: string
  readonly urls: string[]
}

/** A plain HTTP API as anybody might write one. */
async function api(route: (url: URL, request: IncomingMessage, response: ServerResponse) => void): Promise<Api> {
  const urls: string[] = []
  const server = http.createServer((request, response) => {
    urls.push(request.url ?? '')
    request.resume()
    let url: URL
    try {
      url = new URL(request.url ?? '/', 'http://api.invalid')
    } catch {
      return void response.writeHead(400).end('bad request')
    }
    route(url, request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    urls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const page = (response: ServerResponse, text: string) => {
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.end(`<!doctype html><p>${text}</p>`)
}
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const found = (url: URL) => decodeURIComponent(url.pathname.replace(/%(?![0-9a-f]{2})/gi, '%25'))

const run = (project: Project, url: string, changes = {}) =>
  liveRun(undefined, options(project.dir, { targets: [url], events: ['function-url'], live: { ...flags, ...changes } }))
const allow = (url: string) =>
  live({ urls: [url], budget: { invocations: 400, gbSeconds: 1_000, time: '5m', concurrency: 4, rate: 100_000 } })

describe('live runs over HTTP', () => {
  it('find markup in a page, and say whose leave there was', async () => {
    // The path is decoded and written into the page, as a "not found" page does.
    await using shop = await api((url, _request, response) => {
      try {
        page(response, `There is no ${found(url)}`)
      } catch {
        response.writeHead(400).end()
      }
    })
    using project = new Project(allow(shop.url))
    const { report, failure } = await run(project, `${shop.url}/`)
    expect(failure).to.equal(undefined)
    expect(report.findings.map(({ rule }) => rule)).to.deep.equal(['html-injection'])
    expect(report.run.live)
      .to.include({ owner: OWNER, account: null })
      .and.to.have.property('invocations')
      .equal(shop.urls.length)
    expect(report.notTested.map(({ what }) => what).join()).to.include('malformed-response')
    expect((await reporters.html()).render(report)).to.include(OWNER)
    expect((await reporters.list()).render(report)).to.include(OWNER)
  })

  it('find nothing in the same page when it escapes what it shows', async () => {
    await using shop = await api((url, _request, response) => {
      try {
        page(response, `There is no ${escaped(found(url))}`)
      } catch {
        response.writeHead(400).end()
      }
    })
    using project = new Project(allow(shop.url))
    const { report } = await run(project, `${shop.url}/`)
    expect(report.targets[0]?.status).to.equal('tested')
    expect(report.findings).to.deep.equal([])
  })

  it('send nothing to a URL that is not on the list', async () => {
    await using shop = await api((_url, _request, response) => response.end('ok'))
    using project = new Project(allow(`${shop.url}/sandbox`))
    const refused = await run(project, `${shop.url}/`).catch((error: Error) => error.message)
    expect(refused).to.include('live.urls')
    expect(shop.urls).to.deep.equal([])
    await run(project, `${shop.url}/sandbox`)
    expect(shop.urls.length).to.be.greaterThan(20)
    expect(shop.urls.filter((url) => !url.startsWith('/sandbox'))).to.deep.equal([])
  })

  it('end with one line and 2 for a certificate that nobody trusts', async () => {
    const server = https.createServer(createAuthority(new Date()).fallback, (_request, response) => response.end('ok'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
    using project = new Project(allow(url))
    const { failure, report } = await run(project, url)
    server.closeAllConnections()
    server.close()
    expect(failure?.exit).to.equal(2)
    expect(failure?.why)
      .to.match(/certificate that is not trusted \([A-Z_]+\)/)
      .and.not.include('\n')
    expect(report.findings).to.deep.equal([])
  })
})
