// What staff do: many at once, with reasons; on behalf of who has no phone; a deputy for some days.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { ask, button, idleMember, open, phone, settled, visit } from './people'
import { submitted } from './world'

let browser: Browser
beforeAll(async () => void (browser = await open()))
afterAll(() => browser.close())

const status = async (wish: string) => (await ask<{ wish: { status: string } }>('secretary', 'wishes/' + wish)).wish.status

test('many are agreed to at once, and refused at once with a reason ready to pick', async () => {
  const titles = ['想要一个暖瓶', '想要一个脸盆', '想要一条毛巾', '想要一把梳子']
  const ids: string[] = []
  for (const title of titles) ids.push(await submitted(title))
  const { page, context, faults } = await phone(browser, 'secretary')
  await visit(page, 'approvals')
  for (const title of titles.slice(0, 2)) await page.getByRole('checkbox', { name: '选中：' + title }).click()
  await button(page, '同意 2 项').click()
  await page.getByText('办好了 2 项。').waitFor()
  for (const title of titles.slice(2)) await page.getByRole('checkbox', { name: '选中：' + title }).click()
  await button(page, '不同意').click()
  await button(page, '不同意，告诉他们').click()
  await page.getByText('请选一条理由').waitFor()
  await page.getByText('请补上住址，好上门。').click()
  await button(page, '不同意，告诉他们').click()
  await page.getByRole('checkbox', { name: '选中：' + titles[2] }).waitFor({ state: 'detached' })
  await settled(page)
  expect(await Promise.all(ids.map(status))).toEqual(['open', 'open', 'rejected', 'rejected'])
  expect(faults).toEqual([])
  await context.close()
})

test('a wish on behalf names the consent, and the answer is asked and written down', async () => {
  const grid = await phone(browser, 'grid')
  const page = grid.page
  await visit(page, 'post?behalf=1')
  await page.getByText('物品需求', { exact: true }).click()
  await page.getByLabel('一句话说清').fill('想要一个坐便椅')
  await page.getByLabel('再说几句').fill('腿脚不好，平时都在家。')
  await button(page, '下一步').click()
  await page.getByLabel('怎么称呼').fill('赵桂英')
  await page.getByLabel('电话', { exact: true }).fill('13800004321')
  await page.getByLabel('住址', { exact: true }).fill('茂山新村 6 栋 1 单元 101')
  await button(page, '下一步').click()
  await page.getByText('请先问过居民').first().waitFor()
  await page.getByText('请写什么时候问的').waitFor()
  await page.getByText('当面或电话里同意').click()
  await page.getByLabel('怎么问的').fill('上午在家里问的，女儿在场。')
  await button(page, '下一步').click()
  await button(page, '交给社区').click()
  await page.getByText('收到了。').waitFor()
  const id = /id=(\d+)/.exec(page.url())![1]!

  const member = await idleMember()
  await ask('secretary', `wishes/${id}/review`, { decision: 'publish' })
  const claim = await ask<{ id: string }>(member, `wishes/${id}/claims`, {})
  await ask('secretary', `claims/${claim.id}/review`, { decision: 'approve' })
  await ask(member, `claims/${claim.id}/delivery`, { note: '送到家里，试过了。' })
  const asked = await phone(browser, 'street') // who agreed to the claim does not record what the resident says
  await visit(asked.page, 'wish?id=' + id)
  await button(asked.page, '问过居民了，记下答复').click()
  await settled(asked.page)
  await button(asked.page, '居民说办好了').click()
  await asked.page.getByText('请选是怎样问的。').waitFor()
  await asked.page.getByText('上门问的').click()
  await asked.page.getByLabel('居民怎么说').fill('下午去看了，老人说正合适。')
  await button(asked.page, '居民说办好了').click()
  await asked.page.waitForURL(/approvals/)
  expect(await status(id)).toBe('fulfilled')
  expect([...grid.faults, ...asked.faults]).toEqual([])
  await Promise.all([grid.context.close(), asked.context.close()])
})

test('a deputy decides for a span of days, until the secretary is back', async () => {
  const { page, context, faults } = await phone(browser, 'secretary')
  await visit(page, 'deputy')
  await button(page, '替我办').click()
  await page.getByText('请选一位同事。').waitFor()
  const name = (await page.locator('.choice').first().innerText()).split('\n')[0]!
  await page.locator('.choice').first().click()
  await page.getByRole('radio', { name: '7 天' }).click()
  await button(page, '替我办').click()
  await page.getByText('正在替您办').waitFor()
  expect(await page.locator('.card').first().innerText()).toContain(name.slice(0, 2))
  await button(page, '我回来了，收回委托').click()
  await page.getByRole('radio', { name: '7 天' }).waitFor()
  expect(faults).toEqual([])
  await context.close()
})
