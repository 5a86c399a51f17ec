// A need from the resident's phone to the resident's word, on five phones: said, led, whistled for, done by a unit, looked at
// by a post, joined by the area leader who heard of it, too, answered, closed. Who reads large letters does so here.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { approvals, button, phone, pictures, visit } from './people'

const what = '门口的坡道裂了，轮椅过不去'
const tagged = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()
const picture = pictures('need', false)

/** Counts the taps on a page from now on, but for those into a field. */
async function taps(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const w = window as unknown as { taps: number }
    w.taps = 0
    document.addEventListener('click', (e) => { w.taps += (e.target as Element).closest('input, textarea') ? 0 : 1 }, true)
  })
  return () => page.evaluate(() => (window as unknown as { taps: number }).taps)
}

test('what a resident needs reaches the unit that can do it, and comes back for the last word', async () => {
  const elder = ['resident-2', 'area-leader']
  const people = await Promise.all(['resident-2', 'secretary', 'responder', 'grid', 'area-leader'].map((p) => phone(p, { elder: elder.includes(p) })))
  const [resident, secretary, responder, grid, leader] = people.map((p) => p.page) as [Page, Page, Page, Page, Page]

  await visit(resident, 'say')
  await button(resident, '送出').click()
  await resident.getByText('请选一类。').waitFor()
  const say = async (page: Page) => {
    await page.getByRole('radio', { name: '道路环境' }).click()
    await page.getByLabel('在哪里').fill('9 号楼门口')
    await page.getByLabel('是什么事').fill(what)
    await button(page, '送出').click()
  }
  const said = await taps(resident)
  await say(resident)
  await resident.getByText('收到了，编号', { exact: false }).waitFor()
  await tagged(resident, '等社区看')
  expect(1 + (await said())).toBeLessThanOrEqual(6) // with the one at home
  await picture(resident, 'said')

  await visit(secretary, 'needs?scope=desk')
  await secretary.getByRole('link').filter({ hasText: what }).click()
  await picture(secretary, 'to-lead')
  await button(secretary, '收下，我来牵头').click()
  const whistled = await taps(secretary)
  await button(secretary, '吹哨，请单位来').click()
  await secretary.getByRole('checkbox', { name: '县住房和城乡建设局' }).click()
  await picture(secretary, 'whistle')
  await button(secretary, '派出去').click()
  await tagged(secretary, '等对方接')
  expect(await whistled()).toBe(3)

  await visit(leader, 'say') // heard of it in the evening, too: it is not said twice
  await say(leader)
  await picture(leader, 'same')
  await button(leader, '就是这件').first().click()
  await tagged(leader, '在办')

  await visit(responder, 'home')
  await button(responder, '我的单子').click()
  await responder.getByRole('link').filter({ hasText: what }).click()
  await picture(responder, 'order')
  await button(responder, '接下这一单').click()
  await button(responder, '写办理情况').click()
  await responder.getByText('已经修好，现场看过。').click()
  await button(responder, '办完了').click()
  await tagged(responder, '说办完了，等核')

  await approvals(grid, /^派出的单子/) // who works there goes and looks
  await grid.getByText(what).first().click()
  await picture(grid, 'looks')
  await button(grid, '看过了，办好了').click()
  await tagged(grid, '核过了')
  await visit(secretary, 'needs?scope=desk')
  await secretary.getByRole('link').filter({ hasText: what }).click()
  await button(secretary, '答复居民').click()
  await secretary.getByRole('textbox', { name: '办得怎么样' }).fill('坡道重新铺过了，请走走看。')
  await button(secretary, '答复').click()
  await tagged(secretary, '等居民说一声')

  await visit(resident, 'needs')
  await resident.getByRole('link').filter({ hasText: what }).click()
  await resident.getByText('坡道重新铺过了，请走走看。').first().waitFor()
  await picture(resident, 'answered')
  await resident.getByRole('radio', { name: '解决了' }).click()
  await button(resident, '送出').click()
  await tagged(resident, '办好了')
  await picture(resident, 'closed')
  await visit(leader, 'inbox')
  await leader.getByText('您关注的“' + what, { exact: false }).first().waitFor()
  expect(people.flatMap((p) => p.faults)).toEqual([])
})
