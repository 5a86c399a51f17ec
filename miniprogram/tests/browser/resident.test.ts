// What a resident may rely on: few taps, nothing typed is lost, the last word, and who has read what.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { ask, button, idleMember, phone, send, settled, visit } from './people'
import { claimed } from './world'

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

/** What this phone keeps, all of it. */
const keeps = (page: Page) => page.evaluate(() => JSON.stringify(localStorage))

async function reach(page: Page, name = '刘秀兰'): Promise<void> {
  await page.getByLabel('怎么称呼').fill(name)
  await page.getByLabel('电话', { exact: true }).fill('13800001234')
  await page.getByLabel('住址', { exact: true }).fill('茂山新村 3 栋 2 单元 101')
}

test('a first wish takes eight taps with ready sentences, a second five; the contact is asked once and not kept on the phone', async () => {
  await send('resident', 'DELETE', 'me/contact')
  const { again: openAgain, close, page, faults } = await phone('resident')
  await visit(page, 'home')
  const first = await countTaps(page)
  await button(page, '许个心愿').click()
  await page.getByText('物品需求', { exact: true }).click()
  await button(page, '想要一副老花镜').click()
  await page.getByRole('radio', { name: '周末' }).click()
  await button(page, '下一步').click()
  await reach(page)
  await page.getByRole('checkbox').click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('收到了。').waitFor()
  await page.getByText('周末方便').waitFor()
  expect(await first()).toBeLessThanOrEqual(8)
  expect(await keeps(page)).not.toMatch(/13800001234|2 单元/)

  const again = await openAgain() // as after closing the program
  await visit(again, 'home')
  const second = await countTaps(again)
  await button(again, '许个心愿').click()
  await again.getByText('物品需求', { exact: true }).click()
  await button(again, '想要一个夜里起床用的小灯').click()
  await button(again, '下一步').click()
  await again.getByText('您同意过给来帮忙的人看').waitFor()
  await again.getByText('13800001234').waitFor()
  await button(again, '交给社区').click()
  await again.getByText('收到了。').waitFor()
  expect(await second()).toBeLessThanOrEqual(5)
  expect(await keeps(again)).not.toMatch(/13800001234|2 单元/)
  expect(faults).toEqual([])
  await close()
})

test('what was typed of a wish survives closing; a changed contact is kept on the server', async () => {
  await send('resident', 'DELETE', 'me/contact')
  const { again: openAgain, close, page } = await phone('resident')
  await visit(page, 'post')
  await words(page, '想要一双棉拖鞋')
  await button(page, '下一步').click()
  await reach(page, '刘大娘')
  await page.getByRole('checkbox').click()
  await button(page, '下一步').click()
  await page.getByText('看一看，对不对').waitFor()
  await page.close()
  const again = await openAgain()
  await visit(again, 'post')
  expect(await again.getByLabel('一句话说清').inputValue()).toBe('想要一双棉拖鞋')
  await button(again, '下一步').click()
  await again.getByText('刘大娘').waitFor()
  await again.getByRole('button', { name: '改联系方式' }).click()
  expect(await again.getByLabel('怎么称呼').inputValue()).toBe('刘大娘')
  await button(again, '不留着了，下次再填').click() // the consent is taken back
  await expect.poll(() => again.getByLabel('怎么称呼').inputValue()).toBe('')
  expect(await ask<{ contact?: object }>('resident', 'me/contact')).toEqual({})
  await close()
})

test('what the server finds wrong stands at its field, and what was typed stays', async () => {
  const { close, page } = await phone('resident')
  const said = '这个号码打不通，请换一个。'
  await page.route('**/api/v1/wishes', (route) => route.fulfill({
    status: 422, json: { reason: 'invalid', message: '有几处需要改一改。', requestId: '1', fields: [{ path: 'contact.phone', message: said }] },
  }))
  await send('resident', 'DELETE', 'me/contact')
  await visit(page, 'post')
  await words(page, '想要一把雨伞')
  await button(page, '下一步').click()
  await reach(page)
  await page.getByRole('checkbox').click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.locator('.field').filter({ has: page.getByLabel('电话', { exact: true }) }).getByText(said).waitFor()
  expect(await page.getByLabel('住址', { exact: true }).inputValue()).toBe('茂山新村 3 栋 2 单元 101')
  await close()
})

test('who read my contact is told; a wish not needed any more is withdrawn, and the member hears of it', async () => {
  const member = await idleMember()
  const { wish } = await claimed('想要一副防滑手套', member)
  await ask(member, `wishes/${wish}/contact`)
  const { close, page, faults } = await phone('resident')
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
  const other = await phone(member)
  await visit(other.page, 'inbox')
  await other.page.getByText('想要一副防滑手套').first().waitFor()
  expect([...faults, ...other.faults]).toEqual([])
  await Promise.all([close(), other.close()])
})

test('a wish sent back is mended with what is known, and goes to the community again', async () => {
  const { page, close } = await phone('resident')
  const { items } = await ask<{ items: { id: string; title: string }[] }>('resident', 'wishes?mine=true&status=rejected')
  await visit(page, 'wish?id=' + items[0]!.id)
  await button(page, '改好，再交给社区').click()
  await settled(page)
  expect(await page.getByLabel('一句话说清').inputValue()).toBe(items[0]!.title)
  await page.getByLabel('再说几句').fill('补充：周末都在家。')
  await button(page, '下一步').click()
  await page.getByText('怎么找到您？').waitFor()
  const consent = page.getByRole('checkbox')
  if ((await consent.getAttribute('aria-checked')) !== 'true') await consent.click()
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('补充：周末都在家。').waitFor()
  await page.getByText('待核实').first().waitFor()
  await close()
})

/** Waits until the server has been told of what the page changes in its person. */
const known = (page: Page) => page.waitForResponse((r) => r.url().endsWith('/me') && r.request().method() !== 'GET')

test('the elder view is kept on this phone, and known on another', async () => {
  await send('resident-2', 'PATCH', 'me', { elderView: false })
  const { page, close } = await phone('resident-2', { elder: undefined })
  await visit(page, 'mine')
  const saved = known(page)
  await page.getByRole('switch', { name: '大字版' }).click()
  await page.locator('.view-elder').waitFor()
  await saved
  await visit(page, 'hall')
  await page.reload()
  await settled(page)
  expect(await page.locator('.view-elder').count()).toBe(1)
  const other = await phone('resident-2', { elder: undefined })
  await visit(other.page, 'home')
  await other.page.locator('.view-elder').waitFor()
  await visit(other.page, 'mine')
  const back = known(other.page)
  await other.page.getByRole('switch', { name: '大字版' }).click()
  await other.page.locator('.view-elder').waitFor({ state: 'detached' })
  await back
  await Promise.all([close(), other.close()])
})

test('the moment of 圆 is a page of its own: who helped, thanks and stars, and once the way back', async () => {
  const member = await idleMember()
  const { wish, claim } = await claimed('想要一顶毛线帽', member)
  await ask(member, `claims/${claim}/delivery`, { note: '送到了。' })
  const { displayName } = await ask<{ displayName: string }>(member, 'me')
  const points = async () => (await ask<{ balance: number }>(member, 'me/points')).balance
  const before = await points()
  const { page, close, faults } = await phone('resident')
  await visit(page, 'confirm?id=' + claim)
  await button(page, '办好了').click()
  await page.getByText(displayName + '帮您办好了').waitFor()
  await page.locator('.stamp.moment').waitFor()
  expect(await points()).toBe(before + 10)
  await button(page, /^点错了/).click()
  await button(page, '没点错').click()
  expect(await points()).toBe(before + 10) // a slip of the thumb costs nothing
  await button(page, /^点错了/).click()
  await button(page, '改回去').click()
  await page.getByText('改回来了，积分也收回了').waitFor()
  expect(await points()).toBe(before)
  await button(page, '说说办得怎么样').click()
  await button(page, '办好了').click()
  await page.getByText('帮了大忙，暖心。').click()
  await page.getByRole('radio', { name: '5 星，很满意' }).click()
  await button(page, '谢谢他们').click()
  const said = async () => (await ask<{ claim: { rating: number; comment: string } }>(member, 'wishes/' + wish)).claim
  await expect.poll(said).toMatchObject({ rating: 5, comment: '帮了大忙，暖心。' })
  await page.getByText('很满意').waitFor()
  expect(await button(page, /^点错了/).count()).toBe(0)
  expect(faults).toEqual([])
  await close()
})

test('nobody came: the community decides at once, and the page says so', async () => {
  const member = await idleMember()
  const { wish, claim } = await claimed('想要一个热水瓶', member)
  await ask(member, `claims/${claim}/delivery`, { note: '送到了。' })
  const { page, close, faults } = await phone('resident')
  await visit(page, 'confirm?id=' + claim)
  await button(page, '还没办好').click()
  await button(page, '没有人来过').click()
  await page.getByText('告诉社区了。社区会两边都问').waitFor()
  const { items } = await ask<{ items: { id: string }[] }>('secretary', 'approvals?kind=dispute&limit=100')
  expect(items.map((i) => i.id)).toContain(claim)
  const staff = await phone('secretary') // settles it where it waits
  await visit(staff.page, 'wish?id=' + wish)
  await button(staff.page, '换人来办').waitFor()
  await button(staff.page, '请认领人接着办').click()
  await staff.page.getByText('请党员接着办了，办好会再请居民确认。').waitFor()
  expect((await ask<{ claim: { status: string } }>(member, 'wishes/' + wish)).claim.status).toBe('approved')
  expect([...faults, ...staff.faults]).toEqual([])
  await Promise.all([close(), staff.close()])
})
