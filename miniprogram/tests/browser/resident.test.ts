// What a resident may rely on: few taps, nothing typed is lost, the last word, and who has read what.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { ask, button, idleMember, open, phone, settled, visit } from './people'
import { claimed } from './world'

let browser: Browser
beforeAll(async () => void (browser = await open()))
afterAll(() => browser.close())

/** Counts the taps on a page from now on. */
async function countTaps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const w = window as unknown as { taps: number }
    w.taps = 0
    // A tap into a field to type there is typing.
    document.addEventListener('click', (e) => { w.taps += (e.target as Element).closest('input, textarea') ? 0 : 1 }, true)
  })
  return () => page.evaluate(() => (window as unknown as { taps: number }).taps)
}

async function words(page: Page, title: string): Promise<void> {
  await page.getByText('物品需求', { exact: true }).click()
  await page.getByLabel('一句话说清').fill(title)
  await page.getByLabel('再说几句').fill('冬天脚冷，平时都在家。')
}

test('a wish takes six taps besides typing; a draft survives closing; the own contact is filled in once', async () => {
  const { context, page, faults } = await phone(browser, 'resident')
  await visit(page, 'home')
  const taps = await countTaps(page)
  await button(page, '许个心愿').click()
  await words(page, '想要一只热水袋')
  await button(page, '下一步').click()
  await page.getByLabel('怎么称呼').fill('刘秀兰')
  await page.getByLabel('电话', { exact: true }).fill('13800001234')
  await page.getByLabel('住址', { exact: true }).fill('茂山新村 3 栋 2 单元 101')
  await page.getByRole('checkbox').click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('收到了。').waitFor()
  expect(await taps()).toBeLessThanOrEqual(6)

  await visit(page, 'post')
  await words(page, '想要一双棉拖鞋')
  await button(page, '下一步').click()
  expect(await page.getByLabel('电话', { exact: true }).inputValue()).toBe('13800001234')
  await page.getByLabel('怎么称呼').fill('刘大娘')
  await page.close()
  const again = await context.newPage()
  await visit(again, 'post')
  expect(await again.getByLabel('一句话说清').inputValue()).toBe('想要一双棉拖鞋')
  await button(again, '下一步').click()
  expect(await again.getByLabel('怎么称呼').inputValue()).toBe('刘大娘')
  expect(faults).toEqual([])
  await context.close()
})

test('what the server finds wrong stands at its field, and what was typed stays', async () => {
  const { context, page } = await phone(browser, 'resident')
  const said = '这个号码打不通，请换一个。'
  await context.route('**/api/v1/wishes', (route) => route.fulfill({
    status: 422, json: { reason: 'invalid', message: '有几处需要改一改。', requestId: '1', fields: [{ path: 'contact.phone', message: said }] },
  }))
  await visit(page, 'post')
  await words(page, '想要一把雨伞')
  await button(page, '下一步').click()
  await page.getByLabel('怎么称呼').fill('刘秀兰')
  await page.getByLabel('电话', { exact: true }).fill('13800001234')
  await page.getByLabel('住址', { exact: true }).fill('茂山新村 3 栋')
  await page.getByRole('checkbox').click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.locator('.field').filter({ has: page.getByLabel('电话', { exact: true }) }).getByText(said).waitFor()
  expect(await page.getByLabel('住址', { exact: true }).inputValue()).toBe('茂山新村 3 栋')
  await context.close()
})

test('who read my contact is told; a wish not needed any more is withdrawn, and the member hears of it', async () => {
  const member = await idleMember()
  const { wish } = await claimed('想要一副防滑手套', member)
  await ask(member, `wishes/${wish}/contact`)
  const { context, page, faults } = await phone(browser, 'resident')
  await visit(page, 'wish?id=' + wish)
  await page.getByText('谁看过我的联系方式').click()
  await settled(page)
  const { displayName } = await ask<{ displayName: string }>(member, 'me')
  await page.getByText(displayName).first().waitFor()
  await visit(page, 'wish?id=' + wish)
  await button(page, '不需要了，撤回').click()
  await button(page, '撤回这个心愿').click()
  await page.getByText('已撤回').first().waitFor()
  const { items } = await ask<{ items: { claim: { status: string }; wish: { id: string } }[] }>(member, 'claims?mine=true')
  expect(items.find((c) => c.wish.id === wish)!.claim.status).toBe('cancelled')
  const other = await phone(browser, member)
  await visit(other.page, 'inbox')
  await other.page.getByText('想要一副防滑手套').first().waitFor()
  expect([...faults, ...other.faults]).toEqual([])
  await Promise.all([context.close(), other.context.close()])
})

test('a wish sent back is mended with what is known, and goes to the community again', async () => {
  const { page, context } = await phone(browser, 'resident')
  const { items } = await ask<{ items: { id: string; title: string }[] }>('resident', 'wishes?mine=true&status=rejected')
  await visit(page, 'wish?id=' + items[0]!.id)
  await button(page, '改好，再交给社区').click()
  await settled(page)
  expect(await page.getByLabel('一句话说清').inputValue()).toBe(items[0]!.title)
  await page.getByLabel('再说几句').fill('补充：周末都在家。')
  await button(page, '下一步').click()
  const consent = page.getByRole('checkbox')
  if ((await consent.getAttribute('aria-checked')) !== 'true') await consent.click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('补充：周末都在家。').waitFor()
  await page.getByText('待核实').first().waitFor()
  await context.close()
})

test('the elder view is kept on this phone, and known on another', async () => {
  const { page, context } = await phone(browser, 'resident-2', { elder: undefined })
  await visit(page, 'mine')
  const saved = page.waitForResponse((r) => r.url().endsWith('/me') && r.request().method() !== 'GET')
  await page.getByRole('switch', { name: '大字版' }).click()
  await page.locator('.view-elder').waitFor()
  await saved
  await visit(page, 'hall')
  await page.reload()
  await settled(page)
  expect(await page.locator('.view-elder').count()).toBe(1)
  const other = await phone(browser, 'resident-2', { elder: undefined })
  await visit(other.page, 'home')
  await other.page.locator('.view-elder').waitFor()
  await visit(other.page, 'mine')
  await other.page.getByRole('switch', { name: '大字版' }).click()
  await other.page.locator('.view-elder').waitFor({ state: 'detached' })
  await Promise.all([context.close(), other.context.close()])
})
