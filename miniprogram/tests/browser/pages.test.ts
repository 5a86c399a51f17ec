// Every page in both views and two sizes: a picture of each, nothing too small, too faint, cut off or jumping, no serious
// fault of axe-core.
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { measure, watchJumps } from './measure'
import { open, phone, visit, type View } from './people'
import { known, places, type Place } from './places'

const artefacts = path.resolve(__dirname, '../../artefacts')
const axe = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser
let all: Place[]

beforeAll(async () => {
  mkdirSync(artefacts, { recursive: true })
  browser = await open()
  all = await places()
})
afterAll(() => browser.close())

const serious = async (page: Page) => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(o: object): Promise<{ violations: Violation[] }> } }
    interface Violation { id: string; impact: string; nodes: { html: string }[] }
    const { violations } = await axe.run({ exclude: ['.demo'], resultTypes: ['violations'] })
    return violations
      .filter((v) => v.impact === 'serious' || v.impact === 'critical')
      .map((v) => `${v.id}: ${v.nodes.length}× ${v.nodes[0]!.html.slice(0, 160)}`)
  })
}

/** Looks at the places of one person, one after the other, on one phone. */
async function look(persona: string, view: Required<View>): Promise<string[]> {
  const found: string[] = []
  const p = await phone(browser, persona, view)
  for (const { page: name, query } of all.filter((place) => place.persona === persona)) {
    const page = await p.context.newPage()
    await watchJumps(page)
    page.on('pageerror', (e) => found.push(`${persona}-${name}: ${e}`))
    await visit(page, name + (query ? '?' + new URLSearchParams(query) : ''))
    const faults = [...(await measure(page, view.elder)), ...(view.width === 390 ? await serious(page) : [])]
    found.push(...new Set(faults.map((f) => `${persona}-${name}: ${f}`)))
    await page.screenshot({ path: path.join(artefacts, `${persona}-${name}-${view.elder ? 'elder' : 'normal'}-${view.width}.png`) })
    await page.close()
  }
  await p.context.close()
  return found.concat(p.faults)
}

test('every page is looked at', () => {
  expect(new Set(all.map((p) => p.page))).toEqual(new Set(known()))
})

test('what is planted is found', async () => {
  const { page, context } = await phone(browser, 'resident', { elder: true })
  await watchJumps(page)
  await visit(page, 'places')
  expect(await measure(page, true)).toEqual([])
  await page.addStyleTag({ content: `
    .sub { width: 100px; color: #999; font-size: 17px; line-height: 1.2; height: 20px; overflow: hidden; }
    .nav .back { width: 40px; } .item { margin-left: 80px; width: 100vw; flex: none; } .rows { margin-top: 300px; }` })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const found = (await measure(page, true)).join('\n')
  for (const what of ['wider', 'sticks out', 'letters of 17', 'a contrast of 2', 'lines 1.20 apart', 'cut off', 'a target of 40', 'jumped']) {
    expect(found).toContain(what)
  }
  await context.close()
})

for (const elder of [false, true]) {
  for (const [width, height] of [[390, 844], [360, 640]] as const) {
    test(`${elder ? 'elder' : 'normal'} view at ${width}×${height}`, async () => {
      const people = [...new Set(all.map((p) => p.persona))]
      const found = await Promise.all(people.map((persona) => look(persona, { width, height, elder })))
      expect(found.flat()).toEqual([])
    })
  }
}
