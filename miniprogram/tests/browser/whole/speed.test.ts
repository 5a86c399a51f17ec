// How much script the first page takes, which has a limit, and how long it is from page to page, which is told.
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { idleMember, ownPhone, phone, settled, visit } from '../people'


test('the first page takes less than 250 KB of script, packed', async () => {
  const { page, close } = await ownPhone('resident')
  const scripts: Promise<Buffer>[] = []
  page.on('response', (r) => r.url().endsWith('.js') && scripts.push(r.body()))
  const kept: string[] = [] // may be, for good: the next start of the program asks for the page alone
  page.on('response', (r) => (/immutable/.test(r.headers()['cache-control'] ?? '') ? kept.push(r.url()) : undefined))
  await visit(page, 'home')
  expect(kept.filter((url) => url.endsWith('.js')).length, 'scripts that may be kept').toBe(scripts.length)
  expect(kept.filter((url) => !/assets|media/.test(url)), 'of the rest only pictures are').toEqual([])
  const packed = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  console.log(`first page: ${Math.round(packed / 1000)} KB of script, packed`)
  expect(packed).toBeGreaterThan(20_000)
  expect(packed).toBeLessThan(250_000)
  await close()
})

/** Taps what says so, and tells the milliseconds until the next page's content is drawn. */
async function tap(page: Page, says: string): Promise<number> {
  const took = await page.evaluate(async (says) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    const visible = (e: Element) => e.getClientRects().length > 0
    const all = [...document.querySelectorAll<HTMLElement>('.xy [role=link], .xy [role=button]')].filter(visible)
    const target = all.find((e) => e.getAttribute('aria-label') === says || e.textContent!.includes(says))
    if (!target) throw new Error('nothing says ' + says)
    const page = () => [...document.querySelectorAll('.xy')].find(visible)
    const before = page()
    const begun = performance.now()
    target.click()
    const w = window as unknown as { asking: number }
    do await frame()
    while (!page() || page() === before || w.asking || [...document.querySelectorAll('.bones')].some(visible))
    return performance.now() - begun
  }, says)
  await settled(page)
  return took
}

test('from page to page', async () => {
  const { page, close, faults } = await phone(await idleMember())
  await visit(page, 'home')
  const round = [
    '心愿', '第 ', '我来认领', '返回', '返回', '消息', '我的', '我的认领', '返回', '我的服务记录', '返回', '首页',
  ]
  const took: Record<string, number[]> = {}
  for (let n = 0; n < 3; n++) for (const says of round) (took[says] ??= []).push(await tap(page, says))
  const middle = (list: number[]) => Math.round([...list].sort((a, b) => a - b)[list.length >> 1]!)
  const told = Object.entries(took).map(([says, list]) => `${says.trim()} ${Math.round(list[0]!)}/${middle(list)}`)
  console.log('page to page in milliseconds, first time/median: ' + told.join(', '))
  expect(faults).toEqual([])
  await close()
})
