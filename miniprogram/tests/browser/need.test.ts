// A need from the resident's phone to the resident's word, on three phones: said, led, whistled for, done by a unit, looked
// at by the sender, answered, closed.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { button, phone, visit } from './people'

const what = '门口的坡道裂了，轮椅过不去'
const tagged = (page: Page, word: string) => page.getByText(word, { exact: true }).first().waitFor()

test('what a resident needs reaches the unit that can do it, and comes back for the last word', async () => {
  const people = await Promise.all(['resident-2', 'secretary', 'responder'].map((p) => phone(p)))
  const [resident, secretary, responder] = people.map((p) => p.page) as [Page, Page, Page]

  await visit(resident, 'say')
  await button(resident, '送出').click()
  await resident.getByText('请选一类。').waitFor()
  await resident.getByRole('radio', { name: '道路环境' }).click()
  await resident.getByLabel('在哪里').fill('9 号楼门口')
  await resident.getByLabel('是什么事').fill(what)
  await button(resident, '送出').click()
  await resident.getByText('收到了，编号', { exact: false }).waitFor()
  await tagged(resident, '等社区看')

  await visit(secretary, 'needs?scope=desk')
  await secretary.getByRole('link').filter({ hasText: what }).click()
  await button(secretary, '收下，我来牵头').click()
  await button(secretary, '吹哨，请单位来').click()
  await secretary.getByRole('checkbox', { name: '县住房和城乡建设局' }).click()
  await button(secretary, '派出去').click()
  await tagged(secretary, '等对方接')

  await visit(responder, 'home')
  await button(responder, '我的单子').click()
  await responder.getByRole('link').filter({ hasText: what }).click()
  await button(responder, '接下这一单').click()
  await button(responder, '写办理情况').click()
  await responder.getByText('已经修好，现场看过。').click()
  await button(responder, '办完了').click()
  await tagged(responder, '说办完了，等核')

  await visit(secretary, 'orders?mine=sent')
  await secretary.getByRole('link').filter({ hasText: what }).first().click()
  await button(secretary, '看过了，办好了').click()
  await tagged(secretary, '核过了')
  await visit(secretary, 'needs?scope=desk')
  await secretary.getByRole('link').filter({ hasText: what }).click()
  await button(secretary, '答复居民').click()
  await secretary.getByRole('textbox', { name: '办得怎么样' }).fill('坡道重新铺过了，请走走看。')
  await button(secretary, '答复').click()
  await tagged(secretary, '等居民说一声')

  await visit(resident, 'needs')
  await resident.getByRole('link').filter({ hasText: what }).click()
  await resident.getByText('坡道重新铺过了，请走走看。').first().waitFor()
  await resident.getByRole('radio', { name: '解决了' }).click()
  await button(resident, '送出').click()
  await tagged(resident, '办好了')
  expect(people.flatMap((p) => p.faults)).toEqual([])
})
